import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const room = join(__dirname, "../../provider/azure");

/** The packages that a file loads as it is loaded itself, wherever its statements break their lines. */
function packagesLoadedBy(source: string): string[] {
  const { statements } = ts.createSourceFile("module.ts", source, ts.ScriptTarget.Latest, true);
  const modules = statements.flatMap((statement) => [moduleOf(statement) ?? [], requiredBy(statement)].flat());
  return modules.filter((name) => !/^(node:|\.)/.test(name));
}

/** What is required at once, and not when a function is called. */
function requiredBy(node: ts.Node): string[] {
  if (ts.isFunctionLike(node)) return [];
  const inside: string[] = [];
  ts.forEachChild(node, (child) => void inside.push(...requiredBy(child)));
  const [name] = ts.isCallExpression(node) && ts.isIdentifier(node.expression) ? node.arguments : [];
  return name && (node as ts.CallExpression).expression.getText() === "require" ? [textOf(name), ...inside] : inside;
}

/** Undefined for what is gone once it is compiled, and for what is no import. */
function moduleOf(statement: ts.Statement): string | undefined {
  if (ts.isImportDeclaration(statement)) {
    const isType = statement.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
    return isType ? undefined : textOf(statement.moduleSpecifier);
  }
  if (ts.isExportDeclaration(statement) && statement.moduleSpecifier)
    return statement.isTypeOnly ? undefined : textOf(statement.moduleSpecifier);
  if (ts.isImportEqualsDeclaration(statement) && ts.isExternalModuleReference(statement.moduleReference))
    return statement.isTypeOnly ? undefined : textOf(statement.moduleReference.expression);
  return undefined;
}

const textOf = (expression: ts.Expression) => (ts.isStringLiteral(expression) ? expression.text : "not a literal");

test("importing the gateway loads no library of Azure's", () => {
  const files = readdirSync(room, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
  expect(files.length).toBeGreaterThan(30);
  const eager = files.flatMap((name) =>
    packagesLoadedBy(readFileSync(join(room, name), "utf8")).map((found) => `${name}: ${found}`),
  );
  expect(eager).toEqual([]);
});

test.each([
  'import { createPipelineFromOptions } from "@azure/core-rest-pipeline";',
  'import {\n  type Pipeline,\n  createPipelineFromOptions,\n} from "@azure/core-rest-pipeline";',
  'import { type Pipeline } from "@azure/core-rest-pipeline";',
  'import * as core\n  from "@azure/core-rest-pipeline";',
  'import "@azure/core-rest-pipeline";',
  'export {\n  RestError,\n} from "@azure/core-rest-pipeline";',
  'export * from "@azure/core-rest-pipeline";',
  'import core = require("@azure/core-rest-pipeline");',
  'const { createPipelineFromOptions } = require("@azure/core-rest-pipeline");',
])("an import that loads a library is seen: %j", (statement) => {
  expect(packagesLoadedBy(`const one = 1;\n${statement}\n`)).toEqual(["@azure/core-rest-pipeline"]);
});

test.each([
  'import type {\n  Pipeline,\n} from "@azure/core-rest-pipeline";',
  'export type { Pipeline } from "@azure/core-rest-pipeline";',
  'const load = () => import("@azure/core-rest-pipeline");',
  'const load = once(() => require("@azure/core-rest-pipeline"));',
  'import { createHash } from "node:crypto";',
  'import { text } from "./shapes.js";',
])("what loads none is let be: %j", (statement) => {
  expect(packagesLoadedBy(statement)).toEqual([]);
});
