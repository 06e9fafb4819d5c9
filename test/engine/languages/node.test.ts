import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../../scripts/lib/root.mjs";
import { compileNodeSdk } from "../../../scripts/lib/sdks.mjs";
import { installedSdk, sdkGenerators } from "../../support/sdk.js";
import { deploysTheQuickStart } from "./quickstart.js";

deploysTheQuickStart({
  name: "TypeScript",
  needs: [...sdkGenerators, "pulumi-language-nodejs"],
  // The quick start itself, with the generated SDK in the place of the classes: both have the same names.
  async install(stack) {
    cpSync(join(root, "examples/quickstart"), stack.directory, { recursive: true });
    const program = join(stack.directory, "index.ts");
    const sdk = "pulumi-azure-backup-sdk";
    writeFileSync(program, readFileSync(program, "utf8").replace('"pulumi-azure-backup"', `"${sdk}"`));
    const compiled = await installedSdk("nodejs", async (generated, installed) => {
      await compileNodeSdk(generated);
      cpSync(join(generated, "bin"), installed, { recursive: true });
    });
    cpSync(compiled, join(stack.directory, "node_modules", sdk), { recursive: true });
  },
});
