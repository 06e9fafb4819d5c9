// Writes docs/schema.json. Run it after a build, whenever an argument changes; a test says when it is due.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stackSettings } from "../dist/provider/azure/index.js";
import { definitions } from "../dist/provider/vaults/definitions.js";
import { componentNames, resourceTypes } from "../dist/provider/vaults/resourceTypes.js";
import { root } from "./lib/root.mjs";
import { packageSchema } from "./schema/packageSchema.mjs";

const file = join(root, "docs/schema.json");
writeFileSync(file, JSON.stringify(packageSchema({ resourceTypes, componentNames, definitions, stackSettings })));
// Biome formats the repository's JSON, and `biome ci` holds it to that.
execFileSync(join(root, "node_modules/.bin/biome"), ["format", "--write", file]);
