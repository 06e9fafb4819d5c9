// Writes docs/rules.md. Run it after a build, whenever a rule changes; a test says when it is due.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { catalogue, controlsOfRule, factNouns } from "../dist/provider/rules/index.js";
import { root } from "./lib/root.mjs";
import { rulesPage } from "./lib/rulesPage.mjs";

writeFileSync(join(root, "docs/rules.md"), rulesPage(catalogue, factNouns, controlsOfRule));
