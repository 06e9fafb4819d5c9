import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { generators, languageTools } from "./languageTools.mjs";
import { root } from "./root.mjs";

const directory = join(root, "scripts", "schema", "examples");

/**
 * The examples of `scripts/schema/examples`, each in every language: Pulumi's own generators translate them.
 * @returns {Record<string, Record<string, string>>} by the name of what they are about, and by language
 */
export function schemaExamples() {
  return Object.fromEntries(
    readdirSync(directory)
      .sort()
      .map((file) => [file.replace(/\.pp$/, ""), inEveryLanguage(readFileSync(join(directory, file), "utf8"))]),
  );
}

/** @param {string} program in PCL */
export function inEveryLanguage(program) {
  return Object.assign({}, ...generators.map(({ name }) => translated(join(languageTools(), name), program)));
}

/**
 * @param {string} generator
 * @param {string} program
 */
function translated(generator, program) {
  const schema = join(root, "docs", "schema.json");
  const { status, stdout, stderr, error } = spawnSync(generator, ["programs", schema], {
    input: program,
    encoding: "utf8",
  });
  if (status !== 0) throw error ?? new Error(`${stderr}\nThis example cannot be translated, see above:\n${program}`);
  return JSON.parse(stdout);
}
