import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { cacheHome } from "../../scripts/lib/cacheHome.mjs";
import { generators, languageTools } from "../../scripts/lib/languageTools.mjs";
import { root } from "../../scripts/lib/root.mjs";
import { generateSdks } from "../../scripts/lib/sdks.mjs";

/** The generators of the SDKs, which are built with Go. */
export const sdkGenerators = generators.map(({ name }) => name);

/** The first of these programs that is not on PATH. */
export function missing(programs: string[]): string | undefined {
  const directories = (process.env.PATH ?? "").split(delimiter);
  return programs.find((name) => !directories.some((directory) => existsSync(join(directory, name))));
}

/** A test in one language. It is skipped, and says why, without what the language needs on PATH. */
export function needing({ name, needs }: { name: string; needs: string[] }) {
  const lacks = missing(needs);
  const suffix = lacks ? ` (skipped: it needs ${lacks})` : "";
  return (title: string, run: () => Promise<void>) => (lacks ? test.skip : test)(`${name}: ${title}${suffix}`, run);
}

/** The examples of the schema in one language, by what they are about. */
export function examplesIn(language: string): Record<string, string> {
  const examples: Record<string, Record<string, string>> = JSON.parse(
    readFileSync(join(root, "scripts/schema/examples.json"), "utf8"),
  );
  return Object.fromEntries(Object.entries(examples).map(([name, program]) => [name, program[language] ?? ""]));
}

/** A program in Pulumi's intermediate language PCL, as Pulumi's generators write it in each language that has an SDK. */
export function translated(program: string): Record<string, string> {
  const generator = join(languageTools(), sdkGenerators[0] ?? "");
  const input = JSON.stringify({ program });
  const output = execFileSync(generator, ["programs", join(root, "docs/schema.json")], { input, encoding: "utf8" });
  return JSON.parse(output).program;
}

/**
 * An SDK as `install` makes it of the generated one, in a directory that stays until the schema or the generators change:
 * the same in every run, outside the checkout.
 */
export async function installedSdk(
  language: string,
  install: (generated: string, installed: string) => unknown,
): Promise<string> {
  const digest = createHash("sha256")
    .update(languageTools())
    .update(readFileSync(join(root, "docs/schema.json")));
  const directory = join(cacheHome(), `sdk-${language}-${digest.digest("hex").slice(0, 12)}`);
  if (existsSync(directory)) return directory;
  mkdirSync(cacheHome(), { recursive: true });
  const unfinished = mkdtempSync(`${directory}.`);
  try {
    await generateSdks(join(unfinished, "generated"));
    const installed = join(unfinished, "installed");
    await install(join(unfinished, "generated", language), installed);
    // Another run may have been quicker.
    if (!existsSync(directory)) renameSync(installed, directory);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  return directory;
}
