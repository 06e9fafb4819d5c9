import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../scripts/lib/root.mjs";
import type { Stack } from "./stack.js";

const path = "plugins:\n  providers:\n    - name: azure-backup\n      path: node_modules/.bin\n";

/** The plugin as `npm install` puts it there, for the program in the stack's directory, whose project is renamed to the stack's. */
export function installPlugin(stack: Stack): void {
  const project = join(stack.directory, "Pulumi.yaml");
  const text = readFileSync(project, "utf8").replace(/^name: .*/, "name: vaults");
  writeFileSync(project, text.includes("plugins:") ? text : `${text}${path}`);
  const bin = join(stack.directory, "node_modules/.bin");
  mkdirSync(bin, { recursive: true });
  const plugin = "pulumi-resource-azure-backup";
  symlinkSync(join(root, "plugin", plugin), join(bin, plugin));
}
