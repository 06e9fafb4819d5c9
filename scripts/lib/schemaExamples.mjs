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
  const programs = Object.fromEntries(
    readdirSync(directory)
      .sort()
      .map((file) => [file.replace(/\.pp$/, ""), readFileSync(join(directory, file), "utf8")]),
  );
  const translations = generators.map(({ name }) => translated(join(languageTools(), name), programs));
  return Object.fromEntries(
    Object.keys(programs).map((name) => [name, Object.assign({}, ...translations.map((each) => each[name]))]),
  );
}

/**
 * @param {string} generator
 * @param {Record<string, string>} programs in PCL
 * @returns {Record<string, Record<string, string>>}
 */
function translated(generator, programs) {
  const schema = join(root, "docs", "schema.json");
  const input = JSON.stringify(programs);
  const { status, stdout, stderr, error } = spawnSync(generator, ["programs", schema], { input, encoding: "utf8" });
  if (status !== 0) throw error ?? new Error(`${stderr}\nAn example cannot be translated, see above.`);
  return JSON.parse(stdout);
}
