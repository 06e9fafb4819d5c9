import { allGuardedOperations } from "../vaults/guardedOperations.js";
import type { VaultKind } from "../vaults/vaultId.js";
import type { DependencyRule, VaultName } from "./dependency.js";
import { vaultsNamed } from "./describe.js";
import type { ProtectedVaults } from "./removedProtection.js";
import { reports, sources } from "./sources.js";
import { ended, listed } from "./wording.js";

/** The rules about resource guards that this package manages, besides those about what is taken from vaults. */

const mandatoryNames = allGuardedOperations.filter(({ isMandatory }) => isMandatory).map(({ operation }) => operation);

const isMandatory = (name: string): boolean => mandatoryNames.some((each) => each.toLowerCase() === name.toLowerCase());

/** What a resource guard would exclude, by its ARM names. */
export const guardMandatory: DependencyRule<readonly string[]> = {
  code: "resource-guard-mandatory-operation",
  title: "A resource guard protects some operations always",
  summary:
    "Removing a vault's association with the guard and disabling soft delete cannot be excluded from a guard's protection: " +
    `${listed(mandatoryNames)}.`,
  remediation: "Remove them from `vaultCriticalOperationExclusionList`.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.multiUserAuthorization,
  needs: [],
  judge(excluded) {
    const mandatory = excluded.filter(isMandatory);
    if (mandatory.length === 0) return [];
    return [{ decision: "refuse", reason: `Azure does not allow excluding ${listed(mandatory)}.` }];
  },
};

/** The vaults that use a guard which is to be deleted. */
export const guardInUse: DependencyRule<ProtectedVaults> = {
  code: "resource-guard-in-use",
  title: "A resource guard that vaults use is not deleted",
  summary:
    "A vault's association with a guard can be removed only with a permission on this guard. If the guard is gone first, nobody " +
    "can be given that permission any more, nor one for another operation that it protects. Microsoft's own tool takes a " +
    "conflict at the deletion of a guard as a sign that vaults still use it; no recording shows what Azure answers.",
  remediation: "Remove these vaults' associations with the guard first, or protect them with another guard.",
  decision: "refuse",
  evidence: "community",
  overridable: false,
  source: reports.guardInUse,
  needs: ["vaults", "guards"],
  judge(vaults) {
    if ("unreadable" in vaults) {
      const reason = `Which vaults use it could not be read: ${ended(vaults.unreadable)}`;
      return [{ decision: "undecided", reason }];
    }
    const [first] = vaults.value;
    if (!first) return [];
    return [
      {
        decision: "refuse",
        vault: first.kind,
        reason: `It protects the critical operations of ${vaultsNamed(vaults.value)}.`,
      },
    ];
  },
};

export interface GuardedPair {
  vault: VaultName;
  /** The regions of the vault and the guard. Absent: not known. */
  regions: { vault?: string; guard?: string };
}

/** A vault that would get a guard. */
export const guardElsewhere: DependencyRule<GuardedPair> = {
  code: "resource-guard-other-region",
  title: "A vault and its resource guard are in the same region",
  summary:
    "A resource guard protects only vaults in its own Azure region. It may be in another subscription or tenant.",
  remediation: "Use a resource guard in the vault's region.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.configureMultiUserAuthorization,
  needs: [],
  judge({ vault, regions }) {
    if (regions.vault === undefined || regions.guard === undefined || regions.vault === regions.guard) return [];
    const reason = `The guard is in ${regions.guard}, and ${vaultsNamed([vault])} is in ${regions.vault}.`;
    return [{ decision: "refuse", vault: vault.kind, reason }];
  },
};

/** Whether whoever deploys can allow itself what the guard protects. */
export const guardSelfApproved: DependencyRule<{ kind: VaultKind; mayAct: boolean }> = {
  code: "resource-guard-self-approved",
  title: "A resource guard belongs to somebody else",
  summary:
    "A resource guard makes critical operations depend on somebody else's permission. If the identity that manages the vault has " +
    "the role Contributor, Backup MUA Admin or Backup MUA Operator on the guard, it depends on nobody else.",
  remediation:
    "Let a security administrator own the guard, in another subscription or tenant and in another stack, and keep only the " +
    "role Reader on it.",
  decision: "warn",
  evidence: "microsoft",
  overridable: false,
  source: sources.multiUserAuthorization,
  needs: [],
  judge: ({ kind, mayAct }) =>
    mayAct
      ? [
          {
            decision: "warn",
            vault: kind,
            reason:
              "The identity that runs this deployment manages the guard, or may itself perform what the guard protects.",
          },
        ]
      : [],
};
