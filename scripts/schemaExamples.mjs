// Writes scripts/schema/examples.json: the examples of the schema in every language. Run it after `npm run sdk`, which builds
// Pulumi's generators, whenever an example or an argument in it changes; a test says when it is due.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./lib/root.mjs";
import { schemaExamples } from "./lib/schemaExamples.mjs";

const file = join(root, "scripts/schema/examples.json");
writeFileSync(file, JSON.stringify(schemaExamples()));
execFileSync(join(root, "node_modules/.bin/biome"), ["format", "--write", file]);
