import type { Instance } from "../facts.js";
import { factValue, undecided } from "../findings.js";
import type { Rule } from "../rule.js";
import { sources } from "../sources.js";
import { openFacts, unreadableText } from "../undecided.js";
import { named } from "./held.js";
import { wholeVault } from "./wholeVault.js";

/** https://learn.microsoft.com/azure/backup/secure-by-default (checked 2026-11) */
const operational = ["microsoft.compute/disks", "microsoft.storage/storageaccounts/blobservices"];

export const operationalBackupsLeft: Rule = {
  code: "operational-backups-left",
  resource: "BackupVault",
  title: "Operational backups stay behind",
  summary: "Operational backups of disks and blobs lie beside their source and are not deleted with the vault.",
  remediation: "Delete the snapshots and the blobs' point-in-time data by hand afterwards.",
  decision: "warn",
  evidence: "microsoft",
  overridable: false,
  source: sources.secureByDefault,
  needs: ["protection", "deleted"],
  judge({ operation, facts }) {
    if (operation !== "delete") return [];
    // Active instances are asked for by delete-with-instances.
    const open = openFacts(facts, ["deleted"]);
    if (open && facts.deleted === undefined) return [undecided(wholeVault, open)];
    if (open) {
      const reason = `Operational backups may stay behind, which was not checked: it depends on ${unreadableText(facts, ["deleted"])}`;
      return [{ decision: "warn", ...wholeVault, reason }];
    }
    const instances = [...(factValue(facts.protection) ?? []), ...(factValue(facts.deleted) ?? [])].filter(isLeft);
    if (instances.length === 0) return [];
    return [{ decision: "warn", ...wholeVault, reason: `Operational backups stay behind: ${named(instances)}.` }];
  },
};

const isLeft = ({ datasourceType, dataStoreTypes }: Instance): boolean =>
  operational.includes(datasourceType?.toLowerCase() ?? "") &&
  (dataStoreTypes === undefined || dataStoreTypes.some((type) => type.toLowerCase() === "operationalstore"));
