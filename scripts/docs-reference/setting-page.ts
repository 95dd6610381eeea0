import { defaultLimits } from '../../src/core/settings.js'
import { interfaceTable } from './interface-table.js'
import { code, pageOf, table } from './markdown.js'
import type { Source } from './source.js'

/** What a host may set: the options of `createOrderManagement`, its settings and its limits. */
export const settingPage = (source: Source): Promise<string> =>
  pageOf('Settings', [
    '## settings',
    'Given as `createOrderManagement({ settings })`. Everything has a default. A number must be whole and at least 1, or `createOrderManagement` throws an error with the code `configuration`.',
    interfaceTable(source, 'src/app/settings.ts', 'SettingsInput'),
    '## settings.limits',
    'An input beyond a limit is refused as `limit_exceeded`, or as `validation_failed` where one field is too long. Nothing is ever unlimited.',
    table(
      ['limit', 'default'],
      Object.entries(defaultLimits).map(([name, most]) => [code(name), most.toLocaleString('en-US')]),
    ),
  ])
