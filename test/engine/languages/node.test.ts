import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../../../scripts/lib/root.mjs";
import { run } from "../../../scripts/lib/run.mjs";
import { examplesIn, needing } from "../../support/sdk.js";
import { installNodeSdk, languages, nodeSdk } from "./installSdk.js";
import { deploysTheQuickStart } from "./quickstart.js";

deploysTheQuickStart({
  ...languages.TypeScript,
  // The quick start itself, with the generated SDK in the place of the classes: both have the same names.
  async install(stack) {
    cpSync(join(root, "examples/quickstart"), stack.directory, { recursive: true });
    const program = join(stack.directory, "index.ts");
    writeFileSync(program, readFileSync(program, "utf8").replace('"pulumi-azure-backup"', `"${nodeSdk}"`));
    await installNodeSdk(stack.directory);
  },
});

needing(languages.TypeScript)("the schema's examples fit the SDK", async () => {
  const directory = mkdtempSync(join(tmpdir(), "typescript-examples-"));
  try {
    mkdirSync(join(directory, "node_modules"));
    for (const name of ["@pulumi", "@types"])
      symlinkSync(join(root, "node_modules", name), join(directory, "node_modules", name));
    await installNodeSdk(directory);
    const examples = Object.entries(examplesIn("typescript"));
    for (const [name, program] of examples) writeFileSync(join(directory, `${name}.ts`), program);
    const how = "--noEmit --strict --skipLibCheck --target es2022 --module nodenext --types node".split(" ");
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    const files = examples.map(([name]) => `${name}.ts`);
    expect(await run(process.execPath, [tsc, ...how, ...files], { cwd: directory })).toEqual({ code: 0, output: "" });
  } finally {
    rmSync(directory, { recursive: true });
  }
});
