import type { VaultKind } from "../vaults/vaultId.js";
import { type Contents, containersText, contents, instances, items } from "./contents.js";
import { type DependencyRule, readVaults, type VaultName } from "./dependency.js";
import { vaultsNamed } from "./describe.js";
import type { Fact, Facts } from "./facts.js";
import { factValue } from "./findings.js";
import { sources } from "./sources.js";
import { ended } from "./wording.js";

/** A vault in a resource group that is deleted, without a step of its own that deletes it. */
export interface VaultInGroup extends VaultName {
  /** What it holds. Absent: not read. */
  holds?: Contents;
}

/** The vaults that a resource group deletes. */
export type DeletedGroup = Fact<VaultInGroup[]>;

export const groupDeleted: DependencyRule<DeletedGroup> = {
  code: "resource-group-deleted",
  title: "A resource group is deleted with its vaults",
  summary:
    "Deleting a resource group deletes every resource in it, whether or not the program manages it. An empty vault is " +
    "deleted; a vault that still holds backups makes the deletion fail after other resources are gone.",
  remediation: "Keep the resource group, or delete or move the vaults in it first.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.deleteResourceGroup,
  needs: ["vaults", "protection", "deleted", "protectedItems", "containers"],
  judge(vaults) {
    if ("unreadable" in vaults) {
      const reason = `The vaults in the resource group could not be read: ${ended(vaults.unreadable)}`;
      return [{ decision: "undecided", reason, remediation: readVaults }];
    }
    const [first] = vaults.value;
    if (!first) return [];
    const full = vaults.value.filter(({ holds }) => holds?.is === "full");
    if (full.length > 0) {
      const each = full.map((vault) => `${vaultsNamed([vault])} (${vault.holds?.is === "full" && vault.holds.text})`);
      return [{ decision: "refuse", vault: full[0]?.kind, reason: `It contains ${each.sort().join(", ")}.` }];
    }
    const open = vaults.value.find(({ holds }) => holds?.is !== "empty");
    if (open) {
      const why = open.holds?.is === "open" ? ` ${open.holds.open.reason}` : "";
      const reason = `It contains ${vaultsNamed(vaults.value)}, whose contents are not known.${why}`;
      return [{ decision: "undecided", vault: open.kind, reason, remediation: readVaults }];
    }
    const reason = `It contains ${vaultsNamed(vaults.value)}, which would be deleted with it. No backups are in the vault.`;
    return [{ decision: "warn", vault: first.kind, reason }];
  },
};

/** What a vault holds that a deletion of its resource group would fail for, or lose. */
export function holdings(kind: VaultKind, facts: Facts): Contents {
  if (kind === "BackupVault") return instances(facts);
  const containers = factValue(facts.containers) ?? [];
  const backedUp = items(facts, { withSoftDeleted: true });
  if (backedUp.is !== "empty" || containers.length === 0)
    return contents(facts, textsOf(backedUp), ["protectedItems", "containers"]);
  return { is: "full", text: containersText(containers) };
}

const textsOf = (found: Contents): string[] => (found.is === "full" ? [found.text] : []);

/** The facts about what vaults of each kind hold. */
export const holdingFacts = {
  BackupVault: ["protection", "deleted"],
  RecoveryServicesVault: ["protectedItems", "containers"],
} as const;
