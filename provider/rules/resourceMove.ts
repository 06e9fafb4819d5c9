import { unknown } from "../vaults/ruleVault.js";
import type { VaultKind } from "../vaults/vaultId.js";
import { type Contents, instances, items } from "./contents.js";
import { isEncrypted } from "./encryption.js";
import { openValue, undecided, when } from "./findings.js";
import { isOther } from "./replacement.js";
import { type Change, type Finding, ofBothKinds, type RulesByKind } from "./rule.js";
import { sources } from "./sources.js";
import { shown } from "./wording.js";

const whileKeyReason =
  "Azure does not move a vault with a customer-managed key to another resource group or subscription.";

const whileKey = ofBothKinds({
  code: "move-while-cmk",
  topic: "move",
  title: "A vault with a customer-managed key does not move",
  summary: `${whileKeyReason} A vault that holds data therefore stays where it is; an empty one can be replaced.`,
  remediation:
    "Keep the vault where it is, and create another vault in the other resource group or subscription for new backups.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.cmk,
  needs: { BackupVault: ["vault", "protection", "deleted"], RecoveryServicesVault: ["vault", "protectedItems"] },
  judge: {
    BackupVault: (change) => judgeWhileKey(change, () => instances(change.facts)),
    RecoveryServicesVault: (change) => judgeWhileKey(change, () => items(change.facts, { withSoftDeleted: true })),
  },
});

function judgeWhileKey(change: Change, contents: () => Contents): Finding[] {
  const { operation, before, after } = change;
  // While it is open what the vault holds, vault-replaced says so.
  if (operation !== "replace" || !before || !after || contents().is !== "full") return [];
  return (["resourceGroupName", "subscriptionId"] as const)
    .filter((property) => isOther(property, before, after) === "yes")
    .flatMap((property) => {
      const where = { property, from: shown(before[property]), to: shown(after[property]) };
      const finding = { decision: "refuse", ...where, reason: whileKeyReason } as const;
      return when(isEncrypted(before, "unknownCurrent"), finding, change);
    });
}

const endedOnBoth = [
  "Unknown",
  "PrepareFailed",
  "CommitFailed",
  "PrepareTimedout",
  "CommitTimedout",
  "CriticalFailure",
  "PartialSuccess",
  "MoveSucceeded",
];

/** Azure's name for the state of a move, and its states when no move is under way or one has ended. */
const moves: Record<VaultKind, { property: string; ended: readonly string[] }> = {
  // https://learn.microsoft.com/rest/api/dataprotection/backup-vaults/create-or-update (checked 2026-11)
  BackupVault: { property: "resourceMoveState", ended: [...endedOnBoth, "Failed"] },
  // https://learn.microsoft.com/rest/api/recoveryservices/vaults/create-or-update (checked 2026-11)
  RecoveryServicesVault: { property: "moveState", ended: [...endedOnBoth, "Failure"] },
};

const whileMoving = ofBothKinds({
  code: "update-while-moving",
  topic: "move",
  title: "A vault that is being moved is not written",
  summary: {
    BackupVault: "While Azure moves a vault to another resource group or subscription, it refuses every write to it.",
    RecoveryServicesVault:
      "While Azure moves a vault to another resource group or subscription, both groups are locked: nothing in them is " +
      "created, updated or deleted.",
  },
  remediation: "Wait until the move is complete, then run the command again.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: { BackupVault: sources.manage, RecoveryServicesVault: sources.moveResources },
  needs: ["vault"],
  judge: {
    BackupVault: (change) => judgeWhileMoving("BackupVault", change),
    RecoveryServicesVault: (change) => judgeWhileMoving("RecoveryServicesVault", change),
  },
});

/** Whatever is written, a change of tags too. */
function judgeWhileMoving(kind: VaultKind, change: Change): Finding[] {
  const { operation, before, writes } = change;
  const { property, ended } = moves[kind];
  const state = before?.resourceMoveState ?? undefined;
  // A replacement deletes the vault, and is judged as that too.
  if (operation === "replace" || !writes || state === undefined) return [];
  if (state === unknown) {
    const where = { property, from: "not known", to: "not known" };
    return [undecided(where, openValue("unknownCurrent", property, change))];
  }
  if (ended.some((each) => each.toLowerCase() === state.toLowerCase())) return [];
  const where = { property, from: state, to: state };
  if (state.toLowerCase() === "inprogress") {
    const reason = "Azure is moving the vault, and refuses every write until the move is complete.";
    return [{ decision: "refuse", ...where, reason }];
  }
  const reason = `This version does not recognize ${state} as a ${property}, so the move may still be under way.`;
  return [undecided(where, { reason })];
}

export const moveRules: RulesByKind = {
  BackupVault: [whileKey.BackupVault, whileMoving.BackupVault],
  RecoveryServicesVault: [whileKey.RecoveryServicesVault, whileMoving.RecoveryServicesVault],
};
