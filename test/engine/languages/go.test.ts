import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { examplesIn, needing } from "../../support/sdk.js";
import { buildWithGoSdk, compileGoProgram, installGoExample, languages } from "./installSdk.js";
import { deploysTheQuickStart } from "./quickstart.js";

deploysTheQuickStart({
  ...languages.Go,
  async install(stack) {
    await installGoExample(stack.directory);
    await compileGoProgram(stack);
  },
});

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
    await promisify(execFile)("go", [...buildWithGoSdk, "./..."], { cwd: directory });
  } finally {
    rmSync(directory, { recursive: true });
  }
});
