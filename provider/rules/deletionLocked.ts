import { unknown } from "../vaults/ruleVault.js";
import type { VaultKind } from "../vaults/vaultId.js";
import { type Contents, items, named } from "./contents.js";
import type { FactsOf, Instance } from "./facts.js";
import { factValue, openValue, undecided, wholeVault } from "./findings.js";
import { immutability } from "./immutability.js";
import { type Change, type Finding, ofBothKinds } from "./rule.js";
import { sources } from "./sources.js";
import { stateOf } from "./stateMachine.js";
import { openFacts } from "./undecided.js";

const summary =
  "In an immutable vault, backup data cannot be deleted before its recovery points expire, so the vault can be neither " +
  "emptied nor deleted.";

export const lockedWithData = ofBothKinds({
  code: "delete-locked-with-data",
  topic: "deletion",
  title: "An immutable vault keeps its data",
  summary: {
    BackupVault: `${summary} Operational backups are exempt. An empty vault can be deleted, locked or not.`,
    RecoveryServicesVault: `${summary} An empty vault can be deleted, locked or not.`,
  },
  remediation: "Stop protection, keep the vault until the recovery points have expired, and delete it then.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.immutability,
  needs: { BackupVault: ["vault", "protection"], RecoveryServicesVault: ["vault", "protectedItems"] },
  judge: {
    BackupVault: (change) => judgeLocked("BackupVault", change, () => keptInstances(change.facts)),
    RecoveryServicesVault: (change) =>
      judgeLocked("RecoveryServicesVault", change, () => items(change.facts, { withSoftDeleted: false })),
  },
});

function judgeLocked(kind: VaultKind, change: Change, contentsOf: () => Contents): Finding[] {
  const { operation, before } = change;
  if (operation !== "delete" || !before) return [];
  const { property } = immutability[kind];
  const state = stateOf(immutability[kind], before);
  if (state === "Disabled") return [];
  const holds = contentsOf();
  if (holds.is === "empty") return [];
  if (holds.is === "open") return [undecided(wholeVault, holds.open)];
  if (state === unknown) return [undecided(wholeVault, openValue("unknownCurrent", property, change))];
  const reason = `Its immutability is ${state}, so recovery points that have not expired cannot be deleted. It holds ${holds.text}.`;
  const finding: Finding = { decision: "refuse", ...wholeVault, reason };
  if (state === "Locked") return [finding];
  if (state === "Unlocked") {
    return [{ ...finding, remediation: "Set `immutability` to Disabled first, which is still possible." }];
  }
  return [undecided(wholeVault, { reason: `This version does not recognize ${state} as a value of \`${property}\`.` })];
}

function keptInstances(facts: FactsOf<"BackupVault">): Contents {
  const open = openFacts(facts, ["protection"]);
  if (open) return { is: "open", open };
  const kept = (factValue(facts.protection) ?? []).filter(liesInVault);
  return kept.length === 0 ? { is: "empty" } : { is: "full", text: named(kept) };
}

/** What is not known to be operational only lies in the vault. */
const liesInVault = ({ dataStoreTypes }: Instance): boolean =>
  dataStoreTypes === undefined ||
  dataStoreTypes.length === 0 ||
  dataStoreTypes.some((type) => type.toLowerCase() !== "operationalstore");
