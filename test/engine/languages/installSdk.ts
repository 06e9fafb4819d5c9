import { execFile, execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { goBuild } from "../../../scripts/lib/goBuild.mjs";
import { languageTools } from "../../../scripts/lib/languageTools.mjs";
import { pythonTools } from "../../../scripts/lib/pythonTools.mjs";
import { root } from "../../../scripts/lib/root.mjs";
import { compileNodeSdk } from "../../../scripts/lib/sdks.mjs";
import { installedSdk, sdkGenerators } from "../../support/sdk.js";
import type { Stack } from "../../support/stack.js";

// The generated SDK of each language, in the place of the published one.

const python = pythonTools();

export const languages = {
  TypeScript: { name: "TypeScript", needs: [...sdkGenerators, "pulumi-language-nodejs"] },
  Python: { name: "Python", needs: [...sdkGenerators, "pulumi-language-python", ...(python ? [] : ["python3"])] },
  Go: { name: "Go", needs: [...sdkGenerators, "go", "pulumi-language-go"] },
};

export const nodeSdk = "pulumi-azure-backup-sdk";

export async function installNodeSdk(directory: string): Promise<void> {
  const compiled = await installedSdk("nodejs", async (generated, installed) => {
    await compileNodeSdk(generated);
    cpSync(join(generated, "bin"), installed, { recursive: true });
  });
  cpSync(compiled, join(directory, "node_modules", nodeSdk), { recursive: true });
}

export async function usePythonSdk(stack: Stack): Promise<void> {
  const packages = await installedSdk("python", (generated, installed) =>
    execFileSync(join(python ?? "", "python"), [
      ..."-m pip install --quiet --no-deps --no-build-isolation --target".split(" "),
      installed,
      generated,
    ]),
  );
  Object.assign(stack.env, { PYTHONPATH: packages, PATH: [python, process.env.PATH].join(delimiter) });
}

const goSdk = "github.com/pulumi-azure-backup/pulumi-azure-backup/sdk/go";

/** With the example's go.mod, whose program is to be replaced. */
export async function installGoExample(directory: string): Promise<void> {
  cpSync(join(root, "examples/go"), directory, { recursive: true });
  const sdk = await installedSdk("go", (generated, installed) => cpSync(generated, installed, { recursive: true }));
  execFileSync("go", ["mod", "edit", `-replace=${goSdk}=${sdk}`], { cwd: directory });
}

/** Without inlining in the SDK, which is compiled anew when the schema changes: two fifths less work. */
export const buildWithGoSdk = [...goBuild, `-gcflags=${goSdk}/...=-l`];

/** Compiles the program in the stack's directory once, not in each command. */
export async function compileGoProgram(stack: Stack): Promise<void> {
  await promisify(execFile)("go", [...buildWithGoSdk, "-ldflags=-s -w", "-o", "program", "."], {
    cwd: stack.directory,
  });
  const project = join(stack.directory, "Pulumi.yaml");
  const binary = "runtime:\n  name: go\n  options: { binary: program }";
  writeFileSync(project, readFileSync(project, "utf8").replace("runtime: go", binary));
  // The host that is built from the Go modules is older than the way in which the engine hands over this option.
  const host = join(languageTools(), "pulumi-language-go");
  if (!existsSync(host)) return;
  const bin = join(stack.directory, "bin");
  mkdirSync(bin);
  writeFileSync(join(bin, "pulumi-language-go"), `#!/bin/sh\nexec '${host}' -binary program "$@"\n`, { mode: 0o755 });
  stack.env.PATH = [bin, process.env.PATH].join(delimiter);
}
