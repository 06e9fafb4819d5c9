import { isPartialResource } from "../../host/partialResource.js";
import { messageOf } from "../messageOf.js";
import { partsOf } from "./vaultId.js";

/** Every failure says which vault it is about: one to sign in or to find the cloud does not know it. */
export async function naming<T>(id: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const message = messageOf(error);
    const { vaultName } = partsOf(id);
    if (isPartialResource(error) || message.includes(vaultName)) throw error;
    // A new one: several vaults may wait for one token, and share its failure.
    throw new Error(`Backup vault "${vaultName}": ${message}`, { cause: error });
  }
}
