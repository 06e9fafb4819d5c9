import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { root } from "../../scripts/lib/root.mjs";

export const pipelines = join(root, "examples", "pipelines");

/** The documents of one of the examples, as its platform would read them. */
// biome-ignore lint/suspicious/noExplicitAny: each platform has a schema of its own, which its linter checks.
export function documents(file: string): any[] {
  return parseAllDocuments(readFileSync(join(pipelines, file), "utf8")).map((document) => {
    const [error] = [...document.errors, ...document.warnings];
    if (error) throw new Error(`${file}: ${error.message}`);
    return document.toJS();
  });
}

interface Step {
  name?: string;
  displayName?: string;
  run?: string;
  bash?: string;
  inputs?: { inlineScript?: string };
}

/** What the step of that name has the shell do. */
export function shellOf(steps: Step[], name: string): string {
  const step = steps.find((each) => each.name === name || each.displayName === name);
  const shell = step?.run ?? step?.bash ?? step?.inputs?.inlineScript;
  if (shell === undefined) throw new Error(`There is no step "${name}" with a script.`);
  return shell;
}
