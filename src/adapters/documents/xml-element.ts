/** An element that was read. Names are without their prefix; children and attributes stand in lists and maps, whatever they are called. */
export interface XmlElement {
  readonly name: string
  readonly namespace: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly XmlElement[]
  /** Its own text, without blank space around it. */
  readonly text: string
}

/** All children that a path of names leads to. */
export const all = (element: XmlElement | undefined, ...path: readonly string[]): readonly XmlElement[] =>
  path.reduce<readonly XmlElement[]>(
    (found, name) => found.flatMap(({ children }) => children.filter((child) => child.name === name)),
    element === undefined ? [] : [element],
  )

/** The first child that a path of names leads to. */
export const one = (element: XmlElement | undefined, ...path: readonly string[]): XmlElement | undefined =>
  all(element, ...path)[0]

/** The text of the first child that a path of names leads to; an empty one counts as none. */
export const textOf = (element: XmlElement | undefined, ...path: readonly string[]): string | undefined => {
  const value = one(element, ...path)?.text
  return value === '' ? undefined : value
}

/** A member for an object, and none where there is no value. */
export const member = <Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { readonly [Key in Name]?: Value } =>
  (value === undefined ? {} : { [name]: value }) as { readonly [Key in Name]?: Value }

/** The same for a list, which is absent where it would be empty. */
export const members = <Name extends string, Value>(
  name: Name,
  values: readonly Value[],
): { readonly [Key in Name]?: readonly Value[] } => member(name, values.length === 0 ? undefined : values)

/** An object, unless it says nothing. */
export const unlessEmpty = <Value extends object>(value: Value): Value | undefined =>
  Object.keys(value).length === 0 ? undefined : value
