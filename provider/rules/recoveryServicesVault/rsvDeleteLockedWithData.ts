import { unknown } from "../../vaults/ruleVault.js";
import { deleteLockedWithData } from "../backupVault/deleteLockedWithData.js";
import { wholeVault } from "../backupVault/wholeVault.js";
import { openValue, undecided } from "../findings.js";
import type { Rule } from "../rule.js";
import { sources } from "../sources.js";
import { stateOf } from "../stateMachine.js";
import { items } from "./registered.js";
import { immutability } from "./rsvImmutabilityLocked.js";

export const rsvDeleteLockedWithData: Rule = {
  ...deleteLockedWithData,
  code: "rsv-delete-locked-with-data",
  resource: "RecoveryServicesVault",
  summary:
    "In an immutable vault, backup data cannot be deleted before its recovery points expire, so the vault cannot be " +
    "emptied and not be deleted. An empty vault can, locked or not.",
  source: sources.immutability,
  needs: ["vault", "protectedItems"],
  judge(change) {
    const { operation, before, facts } = change;
    if (operation !== "delete" || !before) return [];
    const state = stateOf(immutability, before);
    if (state === "Disabled") return [];
    const holds = items(facts, { withSoftDeleted: false });
    if (holds.is === "empty") return [];
    if (holds.is === "open") return [undecided(wholeVault, holds.open)];
    if (state === unknown) return [undecided(wholeVault, openValue("before", immutability.property, change))];
    const reason = `Its immutability is ${state}, and recovery points that have not expired cannot be deleted: it has ${holds.text}.`;
    if (state === "Locked") return [{ decision: "refuse", ...wholeVault, reason }];
    if (state === "Unlocked") {
      const remediation = "Set immutability to Disabled first; that is still possible.";
      return [{ decision: "refuse", ...wholeVault, reason, remediation }];
    }
    return [
      undecided(wholeVault, {
        reason: `This version does not know immutability ${state}.`,
        remediation: this.remediation,
      }),
    ];
  },
};
