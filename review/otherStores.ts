import { textAt } from "../provider/vaults/body.js";
import { unknown, type Vault } from "../provider/vaults/ruleVault.js";
import type { Value } from "./values.js";

type Store = Pick<Vault, "datastoreType" | "redundancy">;

/**
 * The vault with each of its other datastores in the place of the main one, which alone is in the rules' form. A datastore
 * that is added takes nothing away.
 *
 * @param lists all datastores, as in ARM's `storageSettings`. Undefined if the provider has only one
 */
export function withOtherStores(
  vaults: { before: Vault; after: Vault },
  lists: { before: Value; after: Value },
): { before: Vault; after: Vault }[] {
  const [had, wanted] = [storesIn(lists.before), storesIn(lists.after)];
  if (wanted.length === 0) return [];
  const main = [typeOf(vaults.before), typeOf(vaults.after)];
  return had
    .filter((store) => !main.includes(typeOf(store)))
    .map((store) => ({
      before: { ...vaults.before, ...store },
      after: {
        ...vaults.after,
        ...store,
        redundancy: wanted.find((each) => typeOf(each) === typeOf(store))?.redundancy,
      },
    }));
}

function storesIn(list: Value): Store[] {
  if (!Array.isArray(list)) return [];
  return list.map((store) => ({
    datastoreType: textAt(store, "datastoreType") ?? unknown,
    redundancy: textAt(store, "type"),
  }));
}

const typeOf = ({ datastoreType = "VaultStore" }: Store): string => String(datastoreType?.toString()).toLowerCase();
