import { type Maybe, unknown } from "../../provider/vaults/ruleVault.js";
import type { VaultKind } from "../../provider/vaults/vaultId.js";
import type { Truth } from "./keyAddress.js";
import type { Knowledge } from "./known.js";
import type { Reading } from "./reading.js";
import { containerPaths } from "./selections.js";

/** Where the backups are. `account`: some of them are nowhere but in the storage account that they are of. */
export type Place = "account" | "vault" | "unknown";

/**
 * Only the policy says it, except that some sources are only backed up into the vault, and that a backup of blobs in the vault
 * names containers.
 *
 * @param instance as the preview has it
 */
export async function placeOf(
  known: Knowledge,
  kind: VaultKind,
  policyId: Maybe<string> | undefined,
  instance?: { reading: Reading; type: string },
): Promise<Place> {
  const { storesOfSource } = await import("./policies.js");
  const only = instance && kind === "BackupVault" ? storesOfSource(instance.reading, instance.type) : undefined;
  if (only) return placeIn(only, kind);
  const stores = await storesOfPolicy(known, kind, policyId);
  if (stores) return placeIn(stores, kind);
  if (kind === "RecoveryServicesVault" || !instance) return "unknown";
  const parts = instance.reading.value(...partPaths);
  const hasNone = parts === undefined || (Array.isArray(parts) && parts.length === 0);
  return parts !== unknown && hasNone ? "account" : "unknown";
}

/** Which parts a backup in the vault is of. One that is only next to its source is of the whole account. */
const partPaths = [
  ...containerPaths,
  "autoProtectionSettings",
  "properties.policyInfo.policyParameters.backupDatasourceParametersList",
];

/** Snapshots of a share that are copied into the vault are kept there. Continuous backup of blobs is a backup of its own. */
export function placeIn(stores: readonly string[], kind: VaultKind): Place {
  const isIn = (name: string) => stores.some((store) => store.toLowerCase() === name);
  if (kind === "BackupVault") return isIn("operationalstore") ? "account" : "vault";
  return isIn("vaultstore") ? "vault" : "account";
}

/**
 * Whether vaulted backups of blobs are made, which object replication copies into the vault. Those of Data Lake Storage are made in
 * another way.
 *
 * @param containers those that the instance names, which only vaulted backups do
 */
export async function isReplicated(
  known: Knowledge,
  policyId: Maybe<string> | undefined,
  { reading, type }: { reading: Reading; type: string },
  containers: Maybe<readonly string[]> | undefined,
): Promise<Truth> {
  const { dataSourceIn } = await import("./policies.js");
  if (dataSourceIn(reading, type) === "AzureDataLakeStorage") return "no";
  const stores = await storesOfPolicy(known, "BackupVault", policyId);
  if (stores) return includesVault(stores);
  return containers === undefined ? "no" : containers === unknown ? "unknown" : "yes";
}

/** Where a policy keeps backups, as the preview or Azure has it. Undefined: not known. */
export async function storesOfPolicy(
  known: Knowledge,
  kind: VaultKind,
  policyId: Maybe<string> | undefined,
): Promise<string[] | undefined> {
  if (policyId === undefined) return undefined;
  const { policyAt } = await import("./otherPolicy.js");
  const policy = await policyAt(known, kind, policyId, "old");
  return "value" in policy ? policy.value.kept.map(({ store }) => store) : undefined;
}

export const includesVault = (stores: readonly string[]): Truth =>
  stores.some((store) => /^VaultStore$/i.test(store)) ? "yes" : "no";
