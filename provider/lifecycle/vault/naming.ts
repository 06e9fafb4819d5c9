import { isPartialResource } from "../../host/serve.js";
import { messageOf } from "../messageOf.js";
import { calledById, nameIn } from "./wording.js";

/** Every failure says which vault it is about: one to sign in or to find the cloud does not know it. */
export async function naming<T>(id: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const message = messageOf(error);
    if (isPartialResource(error) || message.includes(nameIn(id))) throw error;
    // A new one: several vaults may wait for one token, and share its failure.
    throw new Error(`${calledById(id)}: ${message}`, { cause: error });
  }
}
