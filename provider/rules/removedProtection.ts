import type { DependencyRule, VaultName } from "./dependency.js";
import { vaultsNamed } from "./describe.js";
import type { Fact } from "./facts.js";
import { sources } from "./sources.js";
import { ended } from "./wording.js";

/** The vaults that something protects or connects. `unreadable`: there may be some. */
export type ProtectedVaults = Fact<readonly VaultName[]>;

interface Row
  extends Pick<DependencyRule<ProtectedVaults>, "code" | "title" | "summary" | "remediation" | "source" | "evidence"> {
  needs?: DependencyRule<ProtectedVaults>["needs"];
  /** What it means for these vaults. */
  sentence: (vaults: string) => string;
}

/** Nothing is lost when it goes, so it is a warning. One that may be about no vault says so. */
const warningOf = ({ sentence, needs = ["vaults"], ...row }: Row): DependencyRule<ProtectedVaults> => ({
  ...row,
  decision: "warn",
  overridable: false,
  needs,
  judge(vaults) {
    if ("unreadable" in vaults) {
      const reason = `Which vaults it is for was not checked: ${ended(vaults.unreadable)}`;
      return [{ decision: "warn", reason }];
    }
    const [first] = vaults.value;
    return first ? [{ decision: "warn", vault: first.kind, reason: sentence(vaultsNamed(vaults.value)) }] : [];
  },
});

/** How what is said of a lock that is removed begins. A review says something else in its place where another lock follows. */
export const withoutLock = "Without it,";

export const lockRemoved = warningOf({
  code: "lock-removed",
  title: "A lock that protects a vault is removed",
  summary:
    "A lock prevents everybody from deleting a vault and, if it is on a vault, from deleting the backups in it. It can be on " +
    "the vault, its resource group or its subscription.",
  remediation: "Continue only if the vaults and their backups no longer need this protection.",
  sentence: (vaults) => `${withoutLock} ${vaults} can be deleted.`,
  evidence: "microsoft",
  source: sources.locks,
});

export const denySettingsRemoved = warningOf({
  code: "deny-settings-removed",
  title: "A deployment stack no longer protects a vault",
  summary:
    "The deny settings of a deployment stack prevent others from deleting or changing its resources, vaults among them, as a lock " +
    "does. They are weaker with another mode, with more principals or actions that are excluded, or if they no longer apply to what " +
    "is in a vault.",
  remediation: "Continue only if the vaults and their backups no longer need this protection.",
  sentence: (vaults) => `Others than the deployment stack could do more to ${vaults} or to what is in it.`,
  needs: [],
  evidence: "microsoft",
  source: sources.denySettings,
});

export const guardDeleted = warningOf({
  code: "resource-guard-deleted",
  title: "A resource guard that protects a vault is deleted",
  summary:
    "A resource guard makes critical operations of its vaults, such as disabling soft delete, depend on somebody else's " +
    "permission. Without it, they have no such protection.",
  remediation: "Protect the vaults with another resource guard first.",
  sentence: (vaults) => `It protects the critical operations of ${vaults}.`,
  needs: ["vaults", "guards"],
  evidence: "microsoft",
  source: sources.multiUserAuthorization,
});

export const guardWeakened = warningOf({
  code: "resource-guard-weakened",
  title: "A resource guard protects fewer operations",
  summary: "An operation that is excluded from a resource guard no longer depends on somebody else's permission.",
  remediation: "Continue only if the vaults no longer need this protection.",
  sentence: (vaults) => `Fewer critical operations of ${vaults} need an approval.`,
  needs: ["vaults", "guards"],
  evidence: "microsoft",
  source: sources.multiUserAuthorization,
});

export const guardUnlinked = warningOf({
  code: "resource-guard-unlinked",
  title: "A vault is no longer protected by a resource guard",
  summary:
    "Removing the association with a resource guard disables multi-user authorization for the vault: its critical " +
    "operations no longer depend on somebody else's permission. Azure requires that permission for the removal itself.",
  remediation: "Continue only if the vault no longer needs this protection, with the guard owner's approval.",
  sentence: (vaults) => `Critical operations of ${vaults} no longer need an approval.`,
  needs: [],
  evidence: "microsoft",
  source: sources.multiUserAuthorization,
});

export const endpointDeleted = warningOf({
  code: "vault-private-endpoint-deleted",
  title: "A private endpoint of a vault is deleted",
  summary:
    "Backups and restores over a private endpoint fail without it. If the vault denies public network access, nothing else " +
    "can reach it.",
  remediation: "Create another private endpoint first, or allow public network access to the vault.",
  sentence: (vaults) => `It connects a virtual network to ${vaults}. Backups and restores that use it would fail.`,
  needs: [],
  evidence: "microsoft",
  source: sources.privateEndpoints,
});
