import { type Maybe, unknown, type Vault } from "../../vaults/ruleVault.js";
import { factValue, fromTo, undecided, when } from "../findings.js";
import type { Change, Finding, Rule } from "../rule.js";
import { sources } from "../sources.js";
import { all, not, type Truth, truthOf } from "../truth.js";
import { openFacts, unreadableText } from "../undecided.js";
import { encryption, encryptionDiffers, keyEnds } from "./encryption.js";
import { immutability } from "./immutabilityLocked.js";
import { softDelete } from "./softDeleteAlwaysOn.js";

export interface Guarded {
  /** As a resource guard names it in its exclusion list. */
  operation: string;
  /** As a request for it is named. */
  request: string;
  fromTo: (change: Change) => Pick<Finding, "property" | "from" | "to">;
  isTouched: (before: Vault, after: Vault) => Truth;
}

/** https://learn.microsoft.com/azure/backup/multi-user-authorization-concept (checked 2026-11) */
const guarded: Guarded[] = [
  {
    operation: "Microsoft.DataProtection/backupVaults/write#reduceImmutabilityState",
    request: "dppReduceImmutabilityStateRequests",
    fromTo: (change) => fromTo(immutability, change),
    isTouched: lowered(immutability.read, "Unlocked", "Disabled", immutability.whenAbsent),
  },
  {
    operation: "Microsoft.DataProtection/backupVaults/write#reduceSoftDeleteSecurity",
    request: "dppReduceSoftDeleteSecurityRequests",
    fromTo: (change) => fromTo(softDelete, change),
    isTouched: lowered(softDelete.read, "On", "Off", softDelete.whenAbsent),
  },
  {
    operation: "Microsoft.DataProtection/backupVaults/write#modifyEncryptionSettings",
    request: "dppModifyEncryptionSettingsRequests",
    fromTo: keyOrEncryptionEnds,
    isTouched: encryptionDiffers,
  },
];

export const resourceGuardRequired: Rule = {
  code: "resource-guard-required",
  resource: "BackupVault",
  title: "A resource guard protects the vault",
  summary:
    "Where a resource guard protects a vault, lowering its immutability or soft delete and changing its encryption need " +
    "a request that the guard's owner allows. A guard may exclude an operation from its protection.",
  remediation: "Name the guard's request in resourceGuardOperationRequests, and have its owner allow it.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.multiUserAuthorization,
  needs: ["vault", "guard"],
  judge: (change) => judgeGuarded(guarded, change),
};

/** What a vault's resource guard may have to allow first. */
export function judgeGuarded(guarded: readonly Guarded[], change: Change): Finding[] {
  const { operation, before, after, facts } = change;
  if (operation !== "change" || !before || !after || !before.isProtectedByResourceGuard) return [];
  const isGuarded: Truth = before.isProtectedByResourceGuard === unknown ? "before" : "yes";
  return guarded.flatMap((each) => {
    const truth = all(isGuarded, each.isTouched(before, after), not(isRequested(each.request, after)));
    if (truth === "no") return [];
    const where = each.fromTo(change);
    const open = openFacts(facts, ["guard"]);
    if (open && facts.guard === undefined) return [undecided(where, open)];
    if (open) {
      const reason = `The vault's resource guard may have to allow it, which was not checked: it depends on ${unreadableText(facts, ["guard"])}`;
      return [{ decision: "warn", ...where, reason } as Finding];
    }
    const excluded = factValue(facts.guard)?.excludedOperations ?? [];
    if (excluded.some((name) => name.toLowerCase() === each.operation.toLowerCase())) return [];
    const reason = `The vault's resource guard protects it against ${each.operation.split("#")[1]}, and no request names that.`;
    return when(truth, { decision: "refuse", ...where, reason }, change);
  });
}

export function keyOrEncryptionEnds(change: Change): Pick<Finding, "property" | "from" | "to"> {
  return isKeyNamed(change) ? keyEnds(change) : fromTo(encryption, change);
}

const isKeyNamed = ({ before, after }: Change): boolean =>
  before?.encryption?.keyUri !== undefined && after?.encryption?.keyUri !== undefined;

/** From one state to a weaker one. What is weaker still is refused by the setting's own rule. */
export function lowered(
  read: (vault: Vault) => Maybe<string> | undefined,
  high: string,
  low: string,
  whenAbsent: string,
) {
  const is = (vault: Vault, state: string, side: "before" | "after"): Truth => {
    const value = read(vault) ?? whenAbsent;
    return value === unknown ? side : truthOf(value.toLowerCase() === state.toLowerCase());
  };
  return (before: Vault, after: Vault): Truth => all(is(before, high, "before"), is(after, low, "after"));
}

const segmentsOf = (id: string): string[] => id.toLowerCase().split("/");

/** Requests are ids such as `{guard}/dppReduceImmutabilityStateRequests/default` or `{guard}/modifyEncryptionSettings/default`. */
function isRequested(request: string, { resourceGuardOperationRequests: requests }: Vault): Truth {
  if (requests === unknown) return "after";
  const given = requests ?? [];
  const isNamed = given.some((id) => id !== unknown && segmentsOf(id).includes(request.toLowerCase()));
  if (isNamed) return "yes";
  return given.includes(unknown) ? "after" : "no";
}
