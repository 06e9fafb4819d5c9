import { type GuardedOperation, guardedOperation } from "../vaults/guardedOperations.js";
import type { Maybe } from "../vaults/ruleVault.js";
import type { DependencyFinding, DependencyRule } from "./dependency.js";
import type { Fact } from "./facts.js";
import { consentNeeded, howToAsk, isRequested } from "./guardConsent.js";
import { sources } from "./sources.js";
import { ended } from "./wording.js";

const guarded = (name: string): GuardedOperation => guardedOperation("BackupVault", `backupInstances/${name}`);

/**
 * What a resource guard can protect of what this package does to a backup instance. Its creation, and that its backup is
 * resumed, no guard protects: https://learn.microsoft.com/azure/backup/multi-user-authorization-concept (checked 2026-12)
 */
export const guardedOfInstance = {
  policy: guarded("write"),
  delete: guarded("delete"),
  stopProtectionRetainData: guarded("stopProtection/action"),
  suspend: guarded("suspendBackups/action"),
} as const;

/** A change that a resource guard may protect. */
export interface Guarded {
  /** The vault's resource guards, and what they leave unprotected. No ID: the vault has no guard. */
  guard: Fact<{ ids: readonly string[]; excludedOperations: readonly string[] }>;
  /** The requests that the program names. Absent: this package sends the one that is needed. */
  named?: Maybe<readonly Maybe<string>[]>;
  /** Whether the change is made at all is only known during `pulumi up`. */
  isOpen: boolean;
}

export interface GuardedInstance extends Guarded {
  what: keyof typeof guardedOfInstance;
}

export const instanceGuarded: DependencyRule<GuardedInstance> = {
  code: "backup-instance-guarded",
  title: "A resource guard protects the backup instances of the vault",
  summary:
    "Where a resource guard protects a vault, giving a backup instance another policy, stopping or suspending its backup and " +
    "deleting it need the consent of the guard's owner. For another policy, the program names the guard's request; for the others, " +
    "it is sent automatically, and only the consent is needed. A guard can exclude each of these operations.",
  remediation:
    "Add the guard's request, `{ARM ID of the guard}/dppModifyPolicy/default`, to `resourceGuardOperationRequests`. " +
    consentNeeded(undefined),
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.multiUserAuthorization,
  needs: ["guard"],
  judge: ({ what, ...found }) => judgeGuarded(guardedOfInstance[what], found),
};

/** What an operation needs of the guard's owner. */
export function judgeGuarded(
  { operation, requests }: Pick<GuardedOperation, "operation" | "requests">,
  { guard, named, isOpen }: Guarded,
): DependencyFinding[] {
  if ("unreadable" in guard) {
    const reason = `Whether the vault's resource guard has to allow it was not checked, because ${ended(guard.unreadable)}`;
    return [{ decision: "warn", reason, remediation: consentNeeded(undefined) }];
  }
  const { ids, excludedOperations } = guard.value;
  const isExcluded = excludedOperations.some((name) => name.toLowerCase() === operation.toLowerCase());
  const truth = named === undefined ? "no" : isRequested(requests, named);
  if (ids.length === 0 || isExcluded || truth === "yes") return [];
  const protects = `The vault's resource guard protects the operation ${operation}`;
  if (named === undefined) {
    const reason = `${protects}, which needs the consent of the guard's owner.`;
    return [{ decision: "warn", reason, remediation: consentNeeded(ids.length > 1 ? undefined : ids[0]) }];
  }
  const remediation = howToAsk(requests, ids);
  const finding: DependencyFinding = {
    decision: isOpen || truth !== "no" ? "undecided" : "refuse",
    reason: `${protects}, and the change includes no request for it.`,
    ...(remediation && { remediation }),
  };
  return [finding];
}
