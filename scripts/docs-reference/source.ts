import path from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

export const projectFolder = fileURLToPath(new URL('../..', import.meta.url))

/** The sources under src as the compiler understands them. */
export interface Source {
  readonly checker: ts.TypeChecker
  readonly files: readonly ts.SourceFile[]
  /** The initializer of an exported constant, as `commands` of `src/app/commands.ts`. */
  constant(file: string, name: string): ts.Expression
  /** The exported type or interface of a file. */
  type(file: string, name: string): ts.Type
}

export const readSource = (): Source => {
  const config = ts.getParsedCommandLineOfConfigFile(
    path.join(projectFolder, 'tsconfig.json'),
    {},
    {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic: (diagnostic) => {
        throw new Error(ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'))
      },
    },
  )
  if (config === undefined) throw new Error('tsconfig.json cannot be read')
  const sources = path.join(projectFolder, 'src')
  const program = ts.createProgram(
    config.fileNames.filter((file) => file.startsWith(sources)),
    config.options,
  )
  const checker = program.getTypeChecker()
  const files = program.getSourceFiles().filter((file) => file.fileName.startsWith(sources))
  const exported = (file: string, name: string): ts.Symbol => {
    const source = program.getSourceFile(path.join(projectFolder, file))
    const module = source === undefined ? undefined : checker.getSymbolAtLocation(source)
    const found = module?.exports?.get(ts.escapeLeadingUnderscores(name))
    if (found === undefined) throw new Error(`${file} exports no ${name}`)
    return found
  }
  return {
    checker,
    files,
    constant: (file, name) => {
      const initializer = initializerOf(exported(file, name))
      if (initializer === undefined) throw new Error(`${name} of ${file} is no constant`)
      return initializer
    },
    type: (file, name) => checker.getDeclaredTypeOfSymbol(exported(file, name)),
  }
}

/** What a name stands for, past the import that brought it here. */
export const symbolAt = (checker: ts.TypeChecker, node: ts.Node): ts.Symbol | undefined => {
  const symbol = ts.isShorthandPropertyAssignment(node.parent)
    ? checker.getShorthandAssignmentValueSymbol(node.parent)
    : checker.getSymbolAtLocation(node)
  return symbol !== undefined && (symbol.flags & ts.SymbolFlags.Alias) !== 0
    ? checker.getAliasedSymbol(symbol)
    : symbol
}

/** What a constant was set to, without the brackets and type words around it. */
export const initializerOf = (symbol: ts.Symbol | undefined): ts.Expression | undefined => {
  const declaration = symbol?.valueDeclaration
  return declaration !== undefined &&
    ts.isVariableDeclaration(declaration) &&
    declaration.initializer !== undefined
    ? bare(declaration.initializer)
    : undefined
}

export const bare = (expression: ts.Expression): ts.Expression =>
  ts.isAsExpression(expression) ||
  ts.isSatisfiesExpression(expression) ||
  ts.isParenthesizedExpression(expression)
    ? bare(expression.expression)
    : expression

/** The docstring in one line, or an empty text. */
export const docOf = (source: Pick<Source, 'checker'>, symbol: ts.Symbol | undefined): string =>
  symbol === undefined ? '' : oneLine(ts.displayPartsToString(symbol.getDocumentationComment(source.checker)))

export const oneLine = (text: string): string => text.trim().replaceAll(/\s*\n\s*/g, ' ')

export const symbolOfProperty = (
  source: Source,
  property: ts.ObjectLiteralElementLike,
): ts.Symbol | undefined =>
  property.name === undefined ? undefined : source.checker.getSymbolAtLocation(property.name)

/** The properties of an object literal, those it spreads in from other constants included. */
export const propertiesOf = (
  source: Source,
  literal: ts.ObjectLiteralExpression,
): readonly (ts.PropertyAssignment | ts.ShorthandPropertyAssignment)[] =>
  literal.properties.flatMap((property) => {
    if (ts.isPropertyAssignment(property) || ts.isShorthandPropertyAssignment(property)) return [property]
    if (!ts.isSpreadAssignment(property)) return []
    const spread = valueOf(source, property.expression)
    return ts.isObjectLiteralExpression(spread) ? propertiesOf(source, spread) : []
  })

/** Follows a name to the constant it stands for; any other expression is itself. */
export const valueOf = (source: Pick<Source, 'checker'>, expression: ts.Expression): ts.Expression => {
  const known = bare(expression)
  if (!ts.isIdentifier(known)) return known
  const initializer = initializerOf(symbolAt(source.checker, known))
  return initializer === undefined ? known : valueOf(source, initializer)
}

/** What a property of an object literal is set to. */
export const propertyValue = (
  source: Source,
  property: ts.PropertyAssignment | ts.ShorthandPropertyAssignment,
): ts.Expression => valueOf(source, ts.isPropertyAssignment(property) ? property.initializer : property.name)

export const nameOf = (property: ts.ObjectLiteralElementLike): string =>
  property.name !== undefined && (ts.isIdentifier(property.name) || ts.isStringLiteral(property.name))
    ? property.name.text
    : ''

/** Everything a host can import from the package, whichever of its doors it stands behind. */
export const publishedNames = (source: Source): readonly ts.Symbol[] => {
  const doors = source.files.filter(({ fileName }) => fileName.endsWith('/index.ts'))
  const names = doors.flatMap((door) => {
    const module = source.checker.getSymbolAtLocation(door)
    return module === undefined ? [] : source.checker.getExportsOfModule(module)
  })
  return [...new Set(names.map((name) => originOf(source, name)))]
}

const originOf = (source: Source, symbol: ts.Symbol): ts.Symbol =>
  (symbol.flags & ts.SymbolFlags.Alias) !== 0 ? source.checker.getAliasedSymbol(symbol) : symbol
