/** Text that is HTML already. Only `html` makes it, so nothing from the data gets into the page unescaped. */
export interface Markup {
  readonly markup: string
}

type Part = Markup | string | number | bigint | readonly Part[]

/** A template whose values are escaped, unless they are markup themselves. */
export const html = (texts: TemplateStringsArray, ...parts: readonly Part[]): Markup => ({
  markup: texts.reduce((whole, text, index) => {
    const part = parts[index]
    return whole + text + (part === undefined ? '' : written(part))
  }, ''),
})

export const nothing: Markup = html``

const written = (part: Part): string => {
  if (typeof part === 'string') return escaped(part)
  if (typeof part === 'number' || typeof part === 'bigint') return part.toString()
  return 'markup' in part ? part.markup : part.map(written).join('')
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? '')
