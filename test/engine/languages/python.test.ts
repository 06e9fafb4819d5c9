import { cpSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../../scripts/lib/root.mjs";
import { languages, usePythonSdk } from "./installSdk.js";
import { deploysTheQuickStart } from "./quickstart.js";

deploysTheQuickStart({
  ...languages.Python,
  async install(stack) {
    cpSync(join(root, "examples/python"), stack.directory, { recursive: true });
    await usePythonSdk(stack);
  },
});
