import { type DependencyRule, readVaults, type VaultName } from "./dependency.js";
import { vaultsNamed } from "./describe.js";
import { sources } from "./sources.js";
import { counted, ended, firstFew } from "./wording.js";

export interface SnapshotOwner {
  /** The backup instance. */
  name: string;
  vault: VaultName;
}

/** The backup instances that remain, and keep their snapshots in a resource group that is deleted. */
export interface SnapshotOwners {
  owners: readonly SnapshotOwner[];
  /** Instances of which it is not known. */
  perhaps: readonly SnapshotOwner[];
  /** Why there may be more that were not read. */
  unread?: string;
}

export const snapshotGroupDeleted: DependencyRule<SnapshotOwners> = {
  code: "snapshot-resource-group-deleted",
  title: "A resource group with the snapshots of backup instances is not deleted",
  summary:
    "Operational backups of managed disks and AKS clusters are snapshots in a resource group that the backup instance names, " +
    "outside the vault. Deleting this group deletes these backups, and backup fails from then on.",
  remediation: "Keep the resource group for as long as backup instances name it.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.snapshotGroup,
  needs: ["vaults", "protection"],
  judge({ owners, perhaps, unread }) {
    const [owner, open] = [owners[0], perhaps[0]];
    if (owner)
      return [
        {
          decision: "refuse",
          vault: owner.vault.kind,
          reason: `It contains the snapshots of ${named(owners)}. These backups would be deleted with it.`,
        },
      ];
    if (open) {
      const reason = `Whether it contains the snapshots of ${named(perhaps)} is not known.`;
      return [{ decision: "undecided", vault: open.vault.kind, reason, remediation: readVaults }];
    }
    if (unread === undefined) return [];
    const reason = `Whether it contains the snapshots of backup instances is not known: ${ended(unread)}`;
    return [{ decision: "undecided", reason, remediation: readVaults }];
  },
};

function named(owners: readonly SnapshotOwner[]): string {
  const texts = owners.map(({ name, vault }) => `${name} in ${vaultsNamed([vault])}`);
  return `${counted(owners.length, "backup instance")}: ${firstFew(texts.sort())}`;
}
