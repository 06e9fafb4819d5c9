import { type GuardedOperation, guardedOperation, isAmong, requestOf } from "../vaults/guardedOperations.js";
import type { Maybe } from "../vaults/ruleVault.js";
import type { VaultKind } from "../vaults/vaultId.js";
import type { DependencyFinding, DependencyRule } from "./dependency.js";
import type { Fact } from "./facts.js";
import { consentNeeded, howToAsk, isRequested } from "./guardConsent.js";
import { sources } from "./sources.js";
import { ended } from "./wording.js";

/** What this package does to a backup instance or a protected item, and a resource guard can protect. */
export type GuardedDeed = "policy" | "delete" | "stopProtectionRetainData" | "suspend";

type GuardedDeeds = Record<GuardedDeed, GuardedOperation>;

const deeds = (kind: VaultKind, type: string, names: Record<GuardedDeed, string>): GuardedDeeds => {
  const of = (deed: GuardedDeed) => guardedOperation(kind, `${type}/${names[deed]}`);
  return {
    policy: of("policy"),
    delete: of("delete"),
    stopProtectionRetainData: of("stopProtectionRetainData"),
    suspend: of("suspend"),
  };
};

/**
 * Its creation, and that its backup is resumed, no guard protects:
 * https://learn.microsoft.com/azure/backup/multi-user-authorization-concept (checked 2026-12)
 */
export const guardedOfInstance: GuardedDeeds = deeds("BackupVault", "backupInstances", {
  policy: "write",
  delete: "delete",
  stopProtectionRetainData: "stopProtection/action",
  suspend: "suspendBackups/action",
});

export const guardedOfItem: GuardedDeeds = deeds(
  "RecoveryServicesVault",
  "backupFabrics/protectionContainers/protectedItems",
  {
    policy: "write",
    delete: "delete",
    stopProtectionRetainData: "write#stopProtectionWithRetainData",
    suspend: "write#suspendBackupsWithRetainData",
  },
);

/** A change that a resource guard may protect. */
export interface Guarded {
  /** The vault's resource guards, and what they leave unprotected. No ID: the vault has no guard. */
  guard: Fact<{ ids: readonly string[]; excludedOperations: readonly string[] }>;
  /** The requests that the program names. Absent: whoever makes the change sends the one that is needed. */
  named?: Maybe<readonly Maybe<string>[]>;
  /** Without `named`: another provider makes the change, and sends none. @default false: this package does */
  isSentByOthers?: boolean;
  /** Whether the change is made at all is only known during `pulumi up`. */
  isOpen: boolean;
}

export interface GuardedBackup extends Guarded {
  what: GuardedDeed;
}

export const instanceGuarded: DependencyRule<GuardedBackup> = {
  code: "backup-instance-guarded",
  title: "A resource guard protects the backup instances of the vault",
  summary:
    "Where a resource guard protects a vault, giving a backup instance another policy, stopping or suspending its backup and " +
    "deleting it need the consent of the guard's owner. For another policy, the program names the guard's request; for the others, " +
    "it is sent automatically, and only the consent is needed. A guard can exclude each of these operations.",
  remediation:
    `Add the guard's request, \`{ARM ID of the guard}/${guardedOfInstance.policy.requests}/default\`, to ` +
    `\`resourceGuardOperationRequests\`. ${consentNeeded(undefined)}`,
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.multiUserAuthorization,
  needs: ["guard"],
  judge: ({ what, ...found }) => judgeGuarded(guardedOfInstance[what], found),
};

export interface GuardedItem extends GuardedBackup {
  /**
   * For another policy: whether it keeps backups for less time. Only then it is protected. Unreadable: that is not known.
   *
   * @default true
   */
  isShorter?: Fact<boolean>;
}

export const itemGuarded: DependencyRule<GuardedItem> = {
  ...instanceGuarded,
  code: "rsv-protected-item-guarded",
  title: "A resource guard protects the protected items of the vault",
  summary:
    "Where a resource guard protects a Recovery Services vault, giving a protected item a policy that keeps backups for less time, " +
    "stopping its backup and deleting it need the consent of the guard's owner, and so does suspending its backup where the vault's " +
    "association with the guard lists it. For another policy, the program names the guard's request; for the others, it is sent " +
    "automatically, and only the consent is needed. A guard can exclude each of these operations.",
  remediation:
    `Add the guard's request, \`{ARM ID of the guard}/${guardedOfItem.policy.requests}/default\`, to ` +
    `\`resourceGuardOperationRequests\`. ${consentNeeded(undefined)}`,
  judge: ({ what, isShorter = { value: true }, ...found }) =>
    judgeItem(what, isShorter, found).map((finding) => ({ ...finding, vault: "RecoveryServicesVault" as const })),
};

function judgeItem(what: GuardedDeed, isShorter: Fact<boolean>, found: Guarded): DependencyFinding[] {
  if ("value" in isShorter) return isShorter.value ? judgeGuarded(guardedOfItem[what], found) : [];
  return judgeGuarded(guardedOfItem[what], found).map((finding) =>
    finding.decision === "warn"
      ? finding
      : {
          ...finding,
          decision: "undecided",
          reason:
            "The vault's resource guard protects giving a protected item a policy that keeps backups for less time, and the change " +
            `includes no request for it. Whether the new policy does so is not known: ${ended(isShorter.unreadable)}`,
        },
  );
}

/** What an operation needs of the guard's owner. */
export function judgeGuarded(
  { operation, requests }: Pick<GuardedOperation, "operation" | "requests">,
  { guard, named, isSentByOthers = false, isOpen }: Guarded,
): DependencyFinding[] {
  if ("unreadable" in guard) {
    const reason = `Whether the vault's resource guard has to allow it was not checked, because ${ended(guard.unreadable)}`;
    return [{ decision: "warn", reason, remediation: consentNeeded(undefined) }];
  }
  const { ids, excludedOperations } = guard.value;
  const truth = named === undefined ? "no" : isRequested(requests, named);
  if (ids.length === 0 || isAmong(excludedOperations, operation) || truth === "yes") return [];
  const protects = `The vault's resource guard protects the operation ${operation}`;
  if (named === undefined) {
    const [id] = ids.length > 1 ? [] : ids;
    const reason = `${protects}, which needs the consent of the guard's owner.`;
    return [
      { decision: "warn", reason, remediation: `${isSentByOthers ? toUnlock(requests, id) : ""}${consentNeeded(id)}` },
    ];
  }
  const remediation = howToAsk(requests, ids);
  const finding: DependencyFinding = {
    decision: isOpen || truth !== "no" ? "undecided" : "refuse",
    reason: `${protects}, and the change includes no request for it.`,
    ...(remediation && { remediation }),
  };
  return [finding];
}

/** https://learn.microsoft.com/rest/api/dataprotection/dpp-resource-guard-proxy/unlock-delete (checked 2026-12) */
const toUnlock = (requests: string, guardId = "{ARM ID of the guard}"): string =>
  "The provider that would delete it does not ask the guard, so Azure refuses the deletion until it is unlocked with the request " +
  `"${requestOf(guardId, requests)}" (unlockDelete), which lasts half an hour. `;
