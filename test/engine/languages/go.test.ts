import { execFile, execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { languageTools } from "../../../scripts/lib/languageTools.mjs";
import { examplesIn, needing } from "../../support/sdk.js";
import type { Stack } from "../../support/stack.js";
import { goBuild, installGoExample, languages } from "./installSdk.js";
import { deploysTheQuickStart } from "./quickstart.js";

deploysTheQuickStart({
  ...languages.Go,
  async install(stack) {
    await installGoExample(stack.directory);
    // Compiled once, not in each command.
    execFileSync("go", [...goBuild, "-ldflags=-s -w", "-o", "program", "."], { cwd: stack.directory });
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

needing(languages.Go)("the schema's examples fit the SDK", async () => {
  const directory = mkdtempSync(join(tmpdir(), "go-examples-"));
  try {
    await installGoExample(directory);
    for (const [name, program] of Object.entries(examplesIn("go"))) {
      const at = join(directory, name.toLowerCase());
      mkdirSync(at);
      // Not a program, so that nothing is linked.
      writeFileSync(join(at, "main.go"), program.replace("package main", "package example"));
    }
    await promisify(execFile)("go", [...goBuild, "./..."], { cwd: directory });
  } finally {
    rmSync(directory, { recursive: true });
  }
});
