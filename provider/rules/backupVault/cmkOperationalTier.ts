import { when } from "../findings.js";
import type { Rule } from "../rule.js";
import { sources } from "../sources.js";
import { stateOf } from "../stateMachine.js";
import { datastoreType } from "./datastoreSnapshotStore.js";
import { becomesEncrypted, keyEnds } from "./encryption.js";

const reason = "The key encrypts the vault tier and the archive tier, and this vault has only the operational tier.";

export const cmkOperationalTier: Rule = {
  code: "cmk-operational-tier",
  resource: "BackupVault",
  title: "The key does not encrypt the operational tier",
  summary: "A customer-managed key encrypts the vault tier and the archive tier, not the operational tier.",
  remediation: "Encrypt the snapshots where they lie, or do without the key.",
  decision: "warn",
  evidence: "microsoft",
  overridable: false,
  source: sources.cmk,
  needs: [],
  judge(change) {
    const { operation, before, after } = change;
    if (!after || operation === "replace" || stateOf(datastoreType, after) !== "OperationalStore") return [];
    return when(becomesEncrypted(before, after), { decision: "warn", ...keyEnds(change), reason }, change);
  },
};
