import type * as fastXmlParser from 'fast-xml-parser'
import { ConfigurationError } from '../../core/ports/errors.js'

export type FastXmlParser = typeof fastXmlParser

/** fast-xml-parser is an optional peer: a host that only writes documents does without it. */
export const loadXmlParser = (): Promise<FastXmlParser> =>
  import('fast-xml-parser').catch(() => {
    throw new ConfigurationError('reading XML needs fast-xml-parser 5: npm install fast-xml-parser')
  })
