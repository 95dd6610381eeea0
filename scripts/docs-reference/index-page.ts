import { pageOf } from './markdown.js'

export const indexPage = (): Promise<string> =>
  pageOf('Reference', [
    'Read from the source, so it says what the code does.',
    [
      '- [createOrderManagement and oms](./order-management.md): how it is put together, who calls, relay and sweep.',
      '- [Commands](./commands/index.md): everything that changes something, with input, answer, messages and refusals.',
      '- [Queries](./queries/index.md): everything that can be asked.',
      '- [Forms of input fields](./forms.md): what an id, a quantity, an amount or a date looks like.',
      '- [Errors](./errors.md): every code with its HTTP status and what a caller can do.',
      '- [Rules of input](./rules.md): what the issues of a refused input name.',
      '- [Messages](./messages.md): every topic and its fields.',
      '- [Record kinds](./records.md): what is stored, what it is found by, which events it has.',
      '- [Settings](./settings.md): everything a host may set, with defaults and limits.',
      '- [Lifecycles](./machines/index.md): every status and what leads from one to the next.',
    ].join('\n'),
  ])
