import { interfaceTable } from './interface-table.js'
import { code, pageOf, withoutRuleNumbers } from './markdown.js'
import { docOf, type Source } from './source.js'

/** The object a host works with: how it is put together, and what it does beside commands and queries. */
export const managementPage = (source: Source): Promise<string> =>
  pageOf('createOrderManagement and oms', [
    '`createOrderManagement(options)` answers `oms`. It opens nothing and starts nothing.',
    '## Options',
    interfaceTable(source, 'src/create-order-management.ts', 'OrderManagementOptions'),
    ...source
      .type('src/app/order-management.ts', 'OrderManagement')
      .getProperties()
      .map((method) => methodText(source, method.name, withoutRuleNumbers(docOf(source, method)))),
  ])

const methodText = (source: Source, name: string, words: string): string =>
  [
    `## oms.${name}`,
    words,
    ...(tablesOf[name] ?? []).map(({ file, type, label }) =>
      [`${label} (${code(type)}):`, interfaceTable(source, file, type)].join('\n\n'),
    ),
  ].join('\n\n')

interface Part {
  readonly file: string
  readonly type: string
  readonly label: string
}

const tablesOf: Readonly<Record<string, readonly Part[]>> = {
  as: [
    { file: 'src/app/caller.ts', type: 'CallerInput', label: 'Who calls' },
    { file: 'src/app/run.ts', type: 'CommandOptions', label: 'Options of every command' },
  ],
  relay: [
    { file: 'src/app/relay.ts', type: 'RelayOptions', label: 'Options' },
    { file: 'src/app/relay.ts', type: 'RelayReport', label: 'Answer' },
  ],
  releaseParked: [{ file: 'src/app/order-management.ts', type: 'ReleaseParkedInput', label: 'Input' }],
  sweep: [{ file: 'src/app/sweep.ts', type: 'SweepReport', label: 'Answer' }],
  start: [
    { file: 'src/app/start.ts', type: 'StartOptions', label: 'Options' },
    { file: 'src/app/start.ts', type: 'Running', label: 'Answer' },
  ],
}
