import { isPartialResource } from "../../host/serve.js";
import { messageOf } from "./facts.js";

/**
 * Names what failed in every error: a failure to sign in or to find the cloud does not name it by itself.
 *
 * @param name begins the message
 * @param sought what a message contains that names it already
 */
export async function withNameInError<T>(name: string, work: () => Promise<T>, sought = name): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const message = messageOf(error);
    if (isPartialResource(error) || message.includes(sought)) throw error;
    // A new error: several resources may wait for one token, and share its failure.
    throw new Error(`${name}: ${message}`, { cause: error });
  }
}
