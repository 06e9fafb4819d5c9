import { judgeReplacement } from "../backupVault/vaultReplaced.js";
import type { Rule } from "../rule.js";
import { sources } from "../sources.js";
import { items } from "./registered.js";

export const rsvVaultReplaced: Rule = {
  code: "rsv-vault-replaced",
  resource: "RecoveryServicesVault",
  title: "Another name, group or region means another vault",
  summary:
    "An update cannot give a vault another name, resource group, subscription or location. Such a change deletes the " +
    "vault and creates another one. It is announced for a vault that backs up nothing and refused for one that does: " +
    "soft-deleted items would go with the vault.",
  remediation: "Leave this vault as it is, and add another one to the program for new backups.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.recoveryServicesUpdate,
  needs: ["protectedItems", "vault"],
  judge: (change) => judgeReplacement(change, items(change.facts, { withSoftDeleted: true }), "protected item"),
};
