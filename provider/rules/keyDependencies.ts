import {
  changedAfterDeletion,
  type DependencyFinding,
  type DependencyRule,
  readVaults,
  type VaultName,
} from "./dependency.js";
import { vaultsNamed } from "./describe.js";
import { sources } from "./sources.js";
import { ended } from "./wording.js";

/** The vaults whose encryption depends on something, once everything else in the run is done. */
export interface KeyUsers {
  users: readonly VaultName[];
  /** Vaults of which it is not known, because a new value is known only at `pulumi up`. */
  perhaps?: readonly VaultName[];
  /** Vaults to which the run gives the same again, perhaps only afterwards, or in a write that this one takes back. */
  again?: readonly VaultName[];
  /** Vaults that depend on it until the run changes that, perhaps only after the deletion. */
  moved?: readonly VaultName[];
  /** Why there may be more vaults that were not read. Absent: there are none, or nothing points to any. */
  unread?: string;
}

const encrypts = (vaults: string) => `Its key encrypts ${vaults}.`;

const withoutKey =
  "Without its key, backup, restore and expiry in the vault fail, and Microsoft does not support its deletion.";

const needMayBeUnread = (unread: string): DependencyFinding => ({
  decision: "undecided",
  reason: `Whether a vault's encryption needs it is not known: ${ended(unread)}`,
  remediation: readVaults,
});

const givenAgain = {
  reason:
    "The run grants the same access again, but the preview does not show that this is in effect before the removal and " +
    "remains after it.",
  remediation:
    "Grant the identity the permissions by another role assignment or access policy first, and make this change in the next run.",
};

interface Row extends Pick<DependencyRule<KeyUsers>, "code" | "title" | "summary"> {
  /** What it is to these vaults. */
  sentence?: (vaults: string) => string;
  remediation?: string;
}

const wayOut = "Set another key or identity in the vault's encryption first, or delete the vault first.";

function keyRule({ sentence = encrypts, remediation = wayOut, ...row }: Row): DependencyRule<KeyUsers> {
  return {
    ...row,
    remediation,
    decision: "refuse",
    evidence: "microsoft",
    overridable: false,
    source: sources.cmk.BackupVault,
    needs: ["vaults"],
    judge({ users, again = [], perhaps = [], moved = [], unread }) {
      const [user, regaining, open, leaving] = [users[0], again[0], perhaps[0], moved[0]];
      const about = ({ kind }: VaultName) => ({ vault: kind, source: sources.cmk[kind] });
      if (user)
        return [
          { decision: "refuse", ...about(user), reason: `${sentence(vaultsNamed(users))} ${withoutKey}` },
        ] satisfies DependencyFinding[];
      if (leaving) {
        const { reason, remediation: wait } = changedAfterDeletion;
        const said = `${sentence(vaultsNamed(moved))} ${reason}`;
        return [{ decision: "undecided", ...about(leaving), reason: said, remediation: wait }];
      }
      if (regaining) {
        const reason = `${sentence(vaultsNamed(again))} ${givenAgain.reason}`;
        return [{ decision: "undecided", ...about(regaining), reason, remediation: givenAgain.remediation }];
      }
      if (open) {
        const reason = `Whether ${vaultsNamed(perhaps)} needs it is not known until \`pulumi up\`, or could not be read.`;
        return [{ decision: "undecided", ...about(open), reason, remediation: readVaults }];
      }
      return unread === undefined ? [] : [needMayBeUnread(unread)];
    },
  };
}

export const keyDeleted = keyRule({
  code: "key-in-use-deleted",
  title: "A key that encrypts a vault is not deleted",
  summary: `A vault with a customer-managed key needs the key for as long as it exists. ${withoutKey}`,
});

export const keyDisabled = keyRule({
  code: "key-in-use-disabled",
  title: "A key that encrypts a vault stays usable",
  summary:
    "A key that is disabled, has expired, is not active yet or may no longer wrap and unwrap cannot be used by the vaults " +
    "that it encrypts. " +
    withoutKey,
  remediation: "Keep the key enabled, and set another key in the vault's encryption first.",
});

export const keyVaultDeleted = keyRule({
  code: "key-vault-in-use-deleted",
  title: "A key vault with a vault's key is not deleted",
  summary: `Deleting a key vault or Managed HSM deletes its keys, also those that encrypt vaults. ${withoutKey}`,
  sentence: (vaults) => `It contains the key of ${vaults}.`,
});

export const keyVaultRestricted = keyRule({
  code: "key-vault-in-use-restricted",
  title: "A key vault with a vault's key stays reachable",
  summary:
    "A key vault whose firewall does not let trusted Microsoft services in cannot be reached by Azure Backup. With a " +
    "user-assigned identity, a vault does not support a key vault that is limited to specific networks at all.",
  sentence: (vaults) => `It contains the key of ${vaults}, which could not reach it any more.`,
  remediation:
    "Allow trusted Microsoft services, and use the vault's system-assigned identity for a key vault with a firewall.",
});

type UsersOfStore = Pick<KeyUsers, "users" | "unread">;

/** A change of a key vault that nothing says enough about. */
function openFor({ users, unread }: UsersOfStore, why: string): DependencyFinding[] {
  const [first] = users;
  if (!first) return unread === undefined ? [] : [needMayBeUnread(unread)];
  return [{ decision: "undecided", vault: first.kind, reason: `It contains the key of ${vaultsNamed(users)}. ${why}` }];
}

const otherModel =
  "With another permission model, a key vault ignores the permissions of the current one: its access policies, or the role " +
  "assignments.";

/** The vaults that no access of the new model in the program serves. */
export const permissionModelChanged: DependencyRule<UsersOfStore> = {
  code: "key-vault-permission-model-changed",
  title: "A key vault with a vault's key keeps its permission model",
  summary: `${otherModel} A vault whose identity has no permissions in the new one loses access to its key. ${withoutKey}`,
  remediation:
    "Grant the identity of each vault the permissions of the new model in the same program or beforehand. If they exist " +
    "already, accept what could not be determined.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: "https://learn.microsoft.com/azure/key-vault/general/rbac-migration",
  needs: ["vaults"],
  judge: (found) => openFor(found, `${otherModel} Whether the identity has the new ones is not known.`),
};

const otherTenant =
  "A key vault lets in only identities of its own tenant, and its access policies and role assignments are for those.";

/** The vaults with a key in it. Whether their identities are of the old tenant or of the new one, nothing says. */
export const keyVaultTenantChanged: DependencyRule<UsersOfStore> = {
  code: "key-vault-tenant-changed",
  title: "A key vault with a vault's key keeps its tenant",
  summary:
    `${otherTenant} With another tenant ID, a vault whose identity is in the former tenant loses access to its key. ` +
    `${withoutKey} Microsoft asks for another tenant ID only after a move of the subscription to another tenant.`,
  remediation:
    "Keep the tenant ID. If the subscription was moved to this tenant, make sure that the identity of each vault is in it and has " +
    "permissions on the key, and accept what could not be determined.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: "https://learn.microsoft.com/azure/key-vault/general/move-subscription",
  needs: ["vaults"],
  judge: (found) => openFor(found, `${otherTenant} Whether the identity is in the new tenant is not known.`),
};

export const identityDeleted = keyRule({
  code: "identity-in-use-deleted",
  title: "An identity that accesses a vault's key is not deleted",
  summary:
    "A vault accesses its customer-managed key with one identity, which must not be disabled even for a short time. " +
    withoutKey,
  sentence: (vaults) => `With this identity, its key is accessed by ${vaults}.`,
});

export const accessRemoved = keyRule({
  code: "key-access-in-use-removed",
  title: "The permissions on a vault's key are not removed",
  summary:
    "The identity that a vault uses for its key needs to read, wrap and unwrap it, by a role assignment or an access " +
    `policy. A custom role that loses these data actions takes them from everyone who has it. ${withoutKey}`,
  sentence: (vaults) => `These permissions let ${vaults} use its key.`,
  remediation: `Grant the same permissions in another way first. ${wayOut}`,
});

/** A user-assigned identity that is on vaults, but does not access their keys. */
export const identityOnVault: DependencyRule<readonly VaultName[]> = {
  code: "vault-identity-deleted",
  title: "An identity that is on a vault is deleted",
  summary:
    "A backup instance can use a user-assigned identity of its vault to reach its data source. Without it, its backups fail.",
  remediation: "Remove the identity from the vault first, and make sure that no backup instance uses it.",
  decision: "warn",
  evidence: "community",
  overridable: false,
  source: sources.specification,
  needs: ["vaults"],
  judge: (vaults) =>
    vaults.length === 0
      ? []
      : [
          {
            decision: "warn",
            vault: vaults[0]?.kind,
            reason: `It is assigned to ${vaultsNamed(vaults)}. Backups that use it would fail.`,
          },
        ],
};
