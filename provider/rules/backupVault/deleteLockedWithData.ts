import { unknown } from "../../vaults/ruleVault.js";
import type { Instance } from "../facts.js";
import { factValue, openValue, undecided } from "../findings.js";
import type { Finding, Rule } from "../rule.js";
import { sources } from "../sources.js";
import { stateOf } from "../stateMachine.js";
import { openFacts } from "../undecided.js";
import { named } from "./held.js";
import { immutability } from "./immutabilityLocked.js";
import { wholeVault } from "./wholeVault.js";

export const deleteLockedWithData: Rule = {
  code: "delete-locked-with-data",
  resource: "BackupVault",
  title: "An immutable vault keeps its data",
  summary:
    "In an immutable vault, backup data cannot be deleted before its recovery points expire, so the vault cannot be " +
    "emptied and not be deleted. Operational backups are exempt, and so is an empty vault, locked or not.",
  remediation: "Stop protection, keep the vault until the recovery points have expired, and delete it then.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.immutability,
  needs: ["vault", "protection"],
  judge(change) {
    const { operation, before, facts } = change;
    if (operation !== "delete" || !before) return [];
    const state = stateOf(immutability, before);
    if (state === "Disabled") return [];
    const open = openFacts(facts, ["protection"]);
    if (open) return [undecided(wholeVault, open)];
    const kept = (factValue(facts.protection) ?? []).filter(liesInVault);
    if (kept.length === 0) return [];
    if (state === unknown) return [undecided(wholeVault, openValue("before", immutability.property, change))];
    const reason = `Its immutability is ${state}, and recovery points that have not expired cannot be deleted: ${named(kept)}.`;
    const finding: Finding = { decision: "refuse", ...wholeVault, reason };
    if (state === "Locked") return [finding];
    if (state === "Unlocked")
      return [{ ...finding, remediation: "Set immutability to Disabled first; that is still possible." }];
    return [
      undecided(wholeVault, {
        reason: `This version does not know immutability ${state}.`,
        remediation: this.remediation,
      }),
    ];
  },
};

/** What is not known to be operational only lies in the vault. */
const liesInVault = ({ dataStoreTypes }: Instance): boolean =>
  dataStoreTypes === undefined ||
  dataStoreTypes.length === 0 ||
  dataStoreTypes.some((type) => type.toLowerCase() !== "operationalstore");
