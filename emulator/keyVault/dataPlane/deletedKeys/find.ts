import { ArmError } from "../../../http/armError.js";
import type { Call } from "../../../http/operation.js";
import type { DeletedKey } from "../../records.js";
import type { Store } from "../../stores/types.js";
import { storeOf } from "../storeOf.js";

export const deletedKeyPath = "/deletedkeys/{keyName}";

export function requireDeletedKey(call: Call<"keyName">): { store: Store; deleted: DeletedKey } {
  const store = storeOf(call);
  const { keyName } = call.params;
  const deleted = store.deletedKeys.get(keyName.toLowerCase());
  if (deleted !== undefined) return { store, deleted };
  throw new ArmError(404, "KeyNotFound", `Deleted Key not found: ${keyName}`);
}
