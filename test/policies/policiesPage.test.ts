import { readFileSync } from "node:fs";
import { join } from "node:path";
import { dataSources } from "../../provider/policies/dataSources.js";
import { workloads } from "../../provider/policies/recoveryServices/workloads.js";
import { policiesPage } from "../../scripts/lib/policiesPage.mjs";
import { root } from "../../scripts/lib/root.mjs";

test("docs/backup-policies.md is what the tables say; `node scripts/policiesDoc.mjs` after a build writes it", () => {
  expect(readFileSync(join(root, "docs/backup-policies.md"), "utf8")).toBe(policiesPage(dataSources, workloads));
});
