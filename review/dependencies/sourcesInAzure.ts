import type { FactName, Instance, ProtectedItem } from "../../provider/rules/index.js";
import { unknown } from "../../provider/vaults/ruleVault.js";
import type { VaultKind } from "../../provider/vaults/vaultId.js";
import { includesVault, placeIn, placeOf } from "./backupPlace.js";
import { isStopped } from "./changedBackups.js";
import { clusterIn } from "./clusterStorage.js";
import type { Truth } from "./keyAddress.js";
import type { Knowledge, KnownVault } from "./known.js";
import { type Found, intoStorage, type Source } from "./source.js";
import { accountIn } from "./storageAccounts.js";

/** What vaults in Azure back up, as far as they can be read. */
export async function liveIn(
  known: Knowledge,
  vaults: readonly KnownVault[],
): Promise<{ found: Found[]; unread: string | undefined }> {
  const read = vaults.map(async ({ kind, name, id }) => {
    if (id === undefined) return [];
    const vault = { kind, name, id };
    const { protection, protectedItems } = await known.contents(vault, [contentsOf[kind]]);
    const contents = protection ?? protectedItems;
    if (!contents || "unreadable" in contents) return [contents ?? { unreadable: "what is backed up is not known." }];
    const instances = (protection && "value" in protection && protection.value) || [];
    const items = (protectedItems && "value" in protectedItems && protectedItems.value) || [];
    return [
      ...(await Promise.all(instances.map((each) => foundInInstance(known, vault, each)))),
      ...items.map((each) => foundInItem(known, vault, each)),
    ];
  });
  const all = (await Promise.all(read)).flat().filter((each) => each !== undefined);
  const unread = all.find((each) => "unreadable" in each)?.unreadable;
  return { found: all.filter((each) => "accountId" in each), unread };
}

const contentsOf: Record<VaultKind, FactName> = { BackupVault: "protection", RecoveryServicesVault: "protectedItems" };

type Unread = { unreadable: string };

async function foundInInstance(
  known: Knowledge,
  vault: Source["vault"],
  { name, id = "", dataSourceId, datasourceType = "", dataStoreTypes, containers, state }: Instance,
): Promise<Found | Unread | undefined> {
  const clusterId = clusterIn(dataSourceId);
  if (clusterId !== undefined) {
    const storage = await known.clusterStorage(clusterId);
    const cluster = "value" in storage ? storage.value : undefined;
    const found = { name, id, vault, isStopped: isStopped(state), ...intoStorage(cluster, clusterId) };
    return "unreadable" in storage ? { ...found, ...storage } : found;
  }
  const accountId = accountIn(dataSourceId);
  if (accountId === undefined) return undefined;
  const isInVault = /adlsBlobServices/i.test(datasourceType);
  const place = isInVault ? "vault" : dataStoreTypes && placeIn(dataStoreTypes, vault.kind);
  const of: Pick<Found, "containers"> = containers
    ? { containers: containers === "byRule" ? unknown : containers }
    : {};
  const replicated: Truth = dataStoreTypes ? includesVault(dataStoreTypes) : containers ? "yes" : "unknown";
  return {
    ...{ name, id, vault, accountId, isStopped: isStopped(state), ...of },
    isReplicated: async () => (isInVault ? "no" : replicated),
    placed: () => place ?? "unknown",
  };
}

function foundInItem(
  known: Knowledge,
  vault: Source["vault"],
  { name, share = name, id = "", sourceResourceId, policyId, isSoftDeleted, state }: ProtectedItem,
): Found | undefined {
  const accountId = isSoftDeleted ? undefined : accountIn(sourceResourceId);
  return accountId === undefined
    ? undefined
    : {
        ...{ name, share, id, vault, accountId, isStopped: isStopped(state) },
        placed: () => placeOf(known, vault.kind, policyId),
      };
}
