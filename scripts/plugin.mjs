// The archives from which `pulumi plugin install` installs the plugin, for a release.
import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { writePluginArchives } from "./lib/pluginArchive.mjs";
import { step } from "./lib/progress.mjs";
import { root } from "./lib/root.mjs";

const directory = join(root, "dist", "plugin");
const names = await step("Packing the plugin", () => writePluginArchives(directory));

const [first = ""] = names.map((name) => join(directory, name));
const sum = createHash("sha256").update(readFileSync(first)).digest("hex");
console.log(`In dist/plugin, the same content for each platform, ${(statSync(first).size / 1e6).toFixed(1)} MB:`);
for (const name of names) console.log(`  ${name}`);
console.log(`SHA-256: ${sum}`);
