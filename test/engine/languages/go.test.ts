import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { languageTools } from "../../../scripts/lib/languageTools.mjs";
import { root } from "../../../scripts/lib/root.mjs";
import { installedSdk, sdkGenerators } from "../../support/sdk.js";
import type { Stack } from "../../support/stack.js";
import { deploysTheQuickStart } from "./quickstart.js";

deploysTheQuickStart({
  name: "Go",
  needs: [...sdkGenerators, "go", "pulumi-language-go"],
  async install(stack) {
    cpSync(join(root, "examples/go"), stack.directory, { recursive: true });
    const sdk = await installedSdk("go", (generated, installed) => cpSync(generated, installed, { recursive: true }));
    const module = "github.com/pulumi-azure-backup/pulumi-azure-backup/sdk/go";
    const go = (...args: string[]) => execFileSync("go", args, { cwd: stack.directory, stdio: "pipe" });
    go("mod", "edit", `-replace=${module}=${sdk}`);
    // Compiled once, not in each command.
    go("build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w", "-o", "program", ".");
    startCompiled(stack);
  },
});

function startCompiled(stack: Stack): void {
  const project = join(stack.directory, "Pulumi.yaml");
  const options = "runtime:\n  name: go\n  options: { binary: program }";
  writeFileSync(project, readFileSync(project, "utf8").replace("runtime: go", options));
  // The host that is built from the Go modules is older than the way in which the engine hands over this option.
  const host = join(languageTools(), "pulumi-language-go");
  if (!existsSync(host)) return;
  const bin = join(stack.directory, "bin");
  mkdirSync(bin);
  writeFileSync(join(bin, "pulumi-language-go"), `#!/bin/sh\nexec '${host}' -binary program "$@"\n`, { mode: 0o755 });
  stack.env.PATH = [bin, process.env.PATH].join(delimiter);
}
