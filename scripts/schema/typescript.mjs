import { readFileSync } from "node:fs";
import ts from "typescript";

/**
 * The public declarations of a directory, and how Pulumi's schema spells their types. Reading the source keeps the
 * docstrings, and gives every language the types that TypeScript programs have.
 *
 * @param {string[]} files
 */
export function declarations(files) {
  const named = new Map();
  for (const file of files) {
    const { statements } = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
    for (const statement of statements.filter(isNamed)) {
      const name = statement.name.text;
      // The schema has one type of a name: another one would silently take its place.
      const other = named.get(name);
      if (other && isExported(other) && isExported(statement)) throw new Error(`${file} declares ${name} once more.`);
      if (!other || isExported(statement)) named.set(name, statement);
    }
  }
  return named;
}

const isExported = ({ modifiers = [] }) => modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);

const isNamed = (statement) =>
  ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement) || ts.isClassDeclaration(statement);

/** The members of an interface, of the interfaces that it extends, or of a class: name, type, documentation, optional. */
export function membersOf(declaration, named) {
  const inherited = (declaration.heritageClauses ?? [])
    .flatMap(({ types }) => types)
    .flatMap(({ expression, typeArguments }) => {
      const [from, names] = typeArguments ?? [];
      const base = named.get(from ? lastName(from) : expression.getText());
      if (!base || !ts.isInterfaceDeclaration(base)) return [];
      const listed = names && literalsOf(names, named);
      const takes = { Pick: (name) => listed.includes(name), Omit: (name) => !listed.includes(name) };
      return membersOf(base, named).filter(({ name }) => takes[expression.getText()]?.(name) ?? true);
    });
  const own = declaration.members
    .filter((member) => ts.isPropertySignature(member) || ts.isPropertyDeclaration(member))
    .map((member) => ({
      name: member.name.getText(),
      type: member.type,
      isOptional: member.questionToken !== undefined,
      ...documentation(member),
    }));
  return [...inherited, ...own];
}

/** Of a union of literals, also by the names of such unions. */
export function literalsOf(type, named) {
  const { literals } = plainType(type);
  if (literals) return literals;
  const alias = ts.isTypeReferenceNode(type) ? named.get(lastName(type)) : undefined;
  const parts = ts.isUnionTypeNode(type)
    ? [...type.types]
    : alias && ts.isTypeAliasDeclaration(alias)
      ? [alias.type]
      : [];
  const all = parts.map((part) => literalsOf(part, named));
  return all.length > 0 && all.every((each) => each) ? all.flat() : undefined;
}

/** The docstring, and what its tags say. */
export function documentation(node) {
  const [doc] = ts.getJSDocCommentsAndTags(node);
  const text = (comment) =>
    ts
      .getTextOfJSDocComment(comment)
      ?.replace(/\s*\n\s*/g, " ")
      .trim();
  const tags = Object.fromEntries(
    ts.getJSDocTags(node).map((tag) => [tag.tagName.text, ts.getTextOfJSDocComment(tag.comment)?.trim()]),
  );
  return {
    description: text(doc?.comment),
    standard: tags.default?.replace(/\s*\n\s*/g, " "),
    deprecated: tags.deprecated,
  };
}

/** Without what only TypeScript programs need: inputs that come later, resources in the place of IDs, `undefined`. */
export function plainType(node) {
  if (ts.isParenthesizedTypeNode(node)) return plainType(node.type);
  if (ts.isTypeReferenceNode(node) && ["Input", "Output"].includes(lastName(node)))
    return plainType(node.typeArguments[0]);
  if (!ts.isUnionTypeNode(node)) return { node, isOptional: false };
  const parts = node.types.map(plainType);
  const isUndefined = ({ node: each }) => each.kind === ts.SyntaxKind.UndefinedKeyword;
  const rest = parts.filter((part) => !isUndefined(part));
  if (rest.every(({ node: each }) => each && ts.isLiteralTypeNode(each)))
    return { literals: rest.map(literalOf), isOptional: rest.length < parts.length };
  const isOptional = rest.length < parts.length;
  const text = rest.find(({ node: each }) => each?.kind === ts.SyntaxKind.StringKeyword);
  const [only, other] = text ? [text] : rest;
  return other ? { node, isOptional } : { ...only, isOptional };
}

const literalOf = ({ node }) => node.literal.text;

/** `types.Redundancy` is `Redundancy`. */
export function lastName(node) {
  return node.typeName.getText().split(".").at(-1);
}

export { ts };
