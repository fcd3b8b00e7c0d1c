// What a reader wants to know of a function: which values go in and which comes out. Needs, and nulls that come from the
// arguments, are the same for all, and left out.
import ts from "typescript-6.0";

export type Callable = ts.FunctionDeclaration | ts.MethodSignature;
/** Names that stand for other types: type parameters for their constraints, and what the file calls by a name of its own. */
type Names = ReadonlyMap<string, ts.TypeNode | undefined>;

/** `replace(of: Expr<string>, find: string | Expr<string>, by: string | Expr<string>): Expr<string>`. */
export function signatureOf(declaration: Callable): string {
  const { name, typeParameters, parameters, type } = declaration;
  const known = new Map([
    ...aliasesIn(declaration.getSourceFile()),
    ...(typeParameters?.map((one) => [one.name.text, one.constraint] as const) ?? []),
  ]);
  const given = parameters.map((one) => parameterText(one, known));
  return `${name?.getText()}(${given.join(", ")}): ${type === undefined ? "void" : text(type, known)}`;
}

function aliasesIn(file: ts.SourceFile): (readonly [string, ts.TypeNode])[] {
  const aliases = file.statements.filter(ts.isTypeAliasDeclaration);
  const plain = aliases.filter((one) => one.typeParameters === undefined && !ts.isIntersectionTypeNode(one.type));
  return plain.map((one) => [one.name.text, one.type] as const);
}

function parameterText(parameter: ts.ParameterDeclaration, known: Names): string {
  const { name, dotDotDotToken, questionToken, initializer, type } = parameter;
  const mark = questionToken !== undefined || initializer !== undefined ? "?" : "";
  const given = type === undefined ? "number" : text(type, known, "argument");
  return `${dotDotDotToken === undefined ? "" : "..."}${name.getText()}${mark}: ${given}`;
}

/** No argument is null; what comes out may be. */
type Place = "argument" | "result";

function text(type: ts.TypeNode, known: Names, place: Place = "result"): string {
  return union(members(type, known, place));
}

/** The members of a union, those that readers need not see left out. */
function members(type: ts.TypeNode, known: Names, place: Place): readonly string[] {
  const of = (node: ts.TypeNode): readonly string[] => members(node, known, place);
  if (ts.isUnionTypeNode(type)) return type.types.flatMap(of);
  if (ts.isParenthesizedTypeNode(type) || ts.isTypeOperatorNode(type)) return of(type.type);
  if (ts.isArrayTypeNode(type)) return [list(of(type.elementType))];
  if (ts.isTupleTypeNode(type)) return [list(type.elements.flatMap((one) => membersOfElement(one, of)))];
  if (ts.isTypeReferenceNode(type)) return membersOfReference(type, known, place);
  if (ts.isIntersectionTypeNode(type)) {
    // `T & null`: null where the argument is.
    return type.types.some(isNull) ? [] : of(type.types[0] as ts.TypeNode);
  }
  if (isNull(type)) return place === "argument" ? [] : ["null"];
  return type.kind === ts.SyntaxKind.NeverKeyword ? [] : [type.getText().replace(/\s+/g, " ")];
}

function membersOfElement(element: ts.TypeNode, of: (node: ts.TypeNode) => readonly string[]): readonly string[] {
  if (!ts.isRestTypeNode(element)) return of(element);
  return of(element.type).map((one) => one.replace(/^\((.*)\)\[\]$|\[\]$/, "$1") || one.slice(0, -2));
}

function membersOfReference(type: ts.TypeReferenceNode, known: Names, place: Place): readonly string[] {
  const name = type.typeName.getText();
  const first = type.typeArguments?.[0];
  const ofFirst = (): readonly string[] => (first === undefined ? [] : members(first, known, place));
  switch (name) {
    case "NonNullable":
    case "NoInfer":
    case "Strict":
      return ofFirst();
    case "Arg":
    case "NumberOther":
      return [...ofFirst(), generic("Expr", ofFirst())];
    case "TextOther":
      return ["string", "Expr<string>"];
    case "ConditionOther":
    case "Cond":
      return ["Expr<boolean>"];
    case "AnyExpr":
    case "Expr":
    case "ExprOf":
      return [generic("Expr", ofFirst())];
    case "Aggregate":
    case "WindowFunction":
      return [generic(name, ofFirst())];
    case "ColOf":
      return [generic("Column", ofFirst())];
    case "Statement":
    case "Order":
      return [name];
    default:
      break;
  }
  const meant = known.get(name);
  // A null that an argument may be makes the result null, which is so of all.
  if (meant !== undefined && meant.kind !== ts.SyntaxKind.AnyKeyword) return members(meant, known, "argument");
  return [(type.typeArguments?.length ?? 0) > 2 ? name : type.getText().replace(/NonNullable<(\w+)>/g, "$1")];
}

function generic(name: string, argument: readonly string[]): string {
  const of = union(argument);
  return of === "any" || of === "" ? name : `${name}<${of}>`;
}

function list(element: readonly string[]): string {
  const of = union(element);
  return of.includes(" | ") ? `(${of})[]` : `${of}[]`;
}

function union(types: readonly string[]): string {
  const isExpression = (type: string): boolean => type.startsWith("Expr");
  return [...new Set(types)].sort((a, b) => Number(isExpression(a)) - Number(isExpression(b))).join(" | ");
}

function isNull(type: ts.TypeNode): boolean {
  return ts.isLiteralTypeNode(type) && type.literal.kind === ts.SyntaxKind.NullKeyword;
}
