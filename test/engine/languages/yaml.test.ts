import { cpSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../../scripts/lib/root.mjs";
import { deploysTheQuickStart } from "./quickstart.js";

deploysTheQuickStart({
  name: "YAML",
  needs: ["pulumi-language-yaml"],
  install: (stack) => cpSync(join(root, "examples/yaml"), stack.directory, { recursive: true }),
  generatesCode: true,
});
