// Writes docs/backup-policies.md. Run it after a build, whenever a table of data sources changes; a test says when it is due.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { dataSources } from "../dist/provider/policies/dataSources.js";
import { workloads } from "../dist/provider/policies/recoveryServices/workloads.js";
import { policiesPage } from "./lib/policiesPage.mjs";
import { root } from "./lib/root.mjs";

writeFileSync(join(root, "docs/backup-policies.md"), policiesPage(dataSources, workloads));
