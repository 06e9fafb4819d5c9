import type { Instance, ProtectedItem } from "../../provider/rules/index.js";
import type { DependencyChange } from "./change.js";
import { sameId, type VaultRef } from "./reading.js";

/** How Azure has an instance or item, which somebody may have changed since the state was written. */
export type BackupInAzure = Pick<Instance, "policyId" | "state" | "containers" | "dataStoreTypes"> | ProtectedItem;

/** Undefined: Azure cannot be read, or has none. */
export async function backupInAzure(
  { known, old }: Pick<DependencyChange, "known" | "old">,
  ref: VaultRef | undefined,
): Promise<BackupInAzure | undefined> {
  if (!ref) return undefined;
  const name = ref.kind === "BackupVault" ? "protection" : "protectedItems";
  const fact = (await known.contents(ref, [name]))[name];
  const all: readonly (Instance | ProtectedItem)[] = fact && "value" in fact ? fact.value : [];
  return all.find((each) => sameId(each.id, old.id) && !("isSoftDeleted" in each && each.isSoftDeleted));
}
