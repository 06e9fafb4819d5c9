import { type GuardedOperation, guardedOperation } from "../vaults/guardedOperations.js";
import { unknown } from "../vaults/ruleVault.js";
import type { VaultKind } from "../vaults/vaultId.js";
import { encryptionDiffers, encryptionStates, keyFromTo } from "./encryption.js";
import { type FromTo, factValue, fromTo, undecided, when } from "./findings.js";
import { consentNeeded, howToAsk, isRequested } from "./guardConsent.js";
import { immutability } from "./immutability.js";
import { type Change, type Finding, ofBothKinds, type RulesByKind } from "./rule.js";
import { softDelete } from "./softDelete.js";
import { sources } from "./sources.js";
import type { StateMachine } from "./stateMachine.js";
import type { AnyVault } from "./transition.js";
import { all, not, type OpenValue, type Truth, truthOf } from "./truth.js";
import { openFacts, unreadableText } from "./undecided.js";

interface Guarded extends Pick<GuardedOperation, "operation" | "requests"> {
  fromTo: (change: Change) => FromTo;
  isTouched: (before: AnyVault, after: AnyVault) => Truth;
}

const ofImmutability = lowered(immutability.BackupVault, "Unlocked", "Disabled");
const ofEncryption = {
  fromTo: (change: Change) => (isKeyNamed(change) ? keyFromTo(change) : fromTo(encryptionStates, change)),
  isTouched: encryptionDiffers,
};

/** What a guard protects of the vault itself: https://learn.microsoft.com/azure/backup/multi-user-authorization-concept (checked 2026-12) */
const guarded: Record<VaultKind, Guarded[]> = {
  BackupVault: [
    { ...guardedOperation("BackupVault", "write#reduceImmutabilityState"), ...ofImmutability },
    {
      ...guardedOperation("BackupVault", "write#reduceSoftDeleteSecurity"),
      ...lowered(softDelete.BackupVault, "On", "Off"),
    },
    { ...guardedOperation("BackupVault", "write#modifyEncryptionSettings"), ...ofEncryption },
  ],
  // Disabling soft delete is guarded too, and never gets so far: it is refused for every vault.
  RecoveryServicesVault: [
    { ...guardedOperation("RecoveryServicesVault", "write#reduceImmutabilityState"), ...ofImmutability },
    { ...guardedOperation("RecoveryServicesVault", "write#modifyEncryptionSettings"), ...ofEncryption },
  ],
};

const excluded = "A guard can exclude an operation from its protection.";

const requestMissing = ofBothKinds({
  code: "resource-guard-required",
  topic: "resourceGuard",
  title: "A resource guard protects the vault",
  summary: {
    BackupVault:
      "Where a resource guard protects a vault, lowering its immutability or soft delete and changing its encryption need " +
      `a request that the guard's owner approves. ${excluded}`,
    RecoveryServicesVault:
      "Where a resource guard protects a vault, lowering its immutability and changing its encryption need a request that " +
      `the guard's owner approves. ${excluded}`,
  },
  remediation:
    "Add the guard's request, `{ARM ID of the guard}/{requests}/default`, to `resourceGuardOperationRequests`. " +
    consentNeeded(undefined),
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.multiUserAuthorization,
  needs: ["vault", "guard"],
  judge: {
    BackupVault: (change) => judgeGuarded(guarded.BackupVault, change),
    RecoveryServicesVault: (change) => judgeGuarded(guarded.RecoveryServicesVault, change),
  },
});

/** What a vault's resource guard may have to allow first. */
function judgeGuarded(guarded: readonly Guarded[], change: Change): Finding[] {
  const { operation, before, after, facts } = change;
  if (operation !== "change" || !before || !after || !before.isProtectedByResourceGuard) return [];
  const isGuarded: Truth = before.isProtectedByResourceGuard === unknown ? "unknownCurrent" : "yes";
  return guarded.flatMap((each): Finding[] => {
    const truth = all(
      isGuarded,
      each.isTouched(before, after),
      not(isRequested(each.requests, after.resourceGuardOperationRequests)),
    );
    if (truth === "no") return [];
    const where = each.fromTo(change);
    const open = openFacts(facts, ["guard"]);
    if (open && facts.guard === undefined) return [undecided(where, open)];
    if (open) {
      const reason = `Whether the vault's resource guard has to allow it was not checked, because ${unreadableText(facts, ["guard"])}`;
      return [{ decision: "warn", ...where, reason }];
    }
    const excluded = factValue(facts.guard)?.excludedOperations ?? [];
    if (excluded.some((name) => name.toLowerCase() === each.operation.toLowerCase())) return [];
    const reason = `The vault's resource guard protects the operation ${each.operation.split("#")[1]}, and the change includes no request for it.`;
    const remediation = howToAsk(each.requests, factValue(facts.guard)?.ids ?? []);
    return when(truth, { decision: "refuse", ...where, reason, ...(remediation && { remediation }) }, change);
  });
}

const isKeyNamed = ({ before, after }: Change): boolean =>
  before?.encryption?.keyUri !== undefined && after?.encryption?.keyUri !== undefined;

/** From one state to a weaker one. What is weaker still is refused by the setting's own rule. */
function lowered(machine: StateMachine, high: string, low: string): Pick<Guarded, "fromTo" | "isTouched"> {
  const is = (vault: AnyVault, state: string, open: OpenValue): Truth => {
    const value = machine.read(vault) ?? machine.whenAbsent;
    return value === unknown ? open : truthOf(value.toLowerCase() === state.toLowerCase());
  };
  return {
    fromTo: (change) => fromTo(machine, change),
    isTouched: (before, after) => all(is(before, high, "unknownCurrent"), is(after, low, "unknownDesired")),
  };
}

export const resourceGuardRules: RulesByKind = {
  BackupVault: [requestMissing.BackupVault],
  RecoveryServicesVault: [requestMissing.RecoveryServicesVault],
};
