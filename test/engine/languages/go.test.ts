import { execFile, execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { languageTools } from "../../../scripts/lib/languageTools.mjs";
import { root } from "../../../scripts/lib/root.mjs";
import { examplesIn, installedSdk, needing, sdkGenerators } from "../../support/sdk.js";
import type { Stack } from "../../support/stack.js";
import { deploysTheQuickStart } from "./quickstart.js";

const language = { name: "Go", needs: [...sdkGenerators, "go", "pulumi-language-go"] };
const options = ["-trimpath", "-buildvcs=false"];

/** The example, with the generated SDK in the place of the published one. */
async function installExample(directory: string): Promise<void> {
  cpSync(join(root, "examples/go"), directory, { recursive: true });
  const sdk = await installedSdk("go", (generated, installed) => cpSync(generated, installed, { recursive: true }));
  const module = "github.com/pulumi-azure-backup/pulumi-azure-backup/sdk/go";
  execFileSync("go", ["mod", "edit", `-replace=${module}=${sdk}`], { cwd: directory });
}

deploysTheQuickStart({
  ...language,
  async install(stack) {
    await installExample(stack.directory);
    // Compiled once, not in each command.
    execFileSync("go", ["build", ...options, "-ldflags=-s -w", "-o", "program", "."], { cwd: stack.directory });
    startCompiled(stack);
  },
});

function startCompiled(stack: Stack): void {
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

needing(language)("the schema's examples fit the SDK", async () => {
  const directory = mkdtempSync(join(tmpdir(), "go-examples-"));
  try {
    await installExample(directory);
    for (const [name, program] of Object.entries(examplesIn("go"))) {
      const at = join(directory, name.toLowerCase());
      mkdirSync(at);
      // Not a program, so that nothing is linked.
      writeFileSync(join(at, "main.go"), program.replace("package main", "package example"));
    }
    await promisify(execFile)("go", ["build", ...options, "./..."], { cwd: directory });
  } finally {
    rmSync(directory, { recursive: true });
  }
});
