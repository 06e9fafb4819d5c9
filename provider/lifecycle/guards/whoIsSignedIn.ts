import type { Context } from "../../host/context.js";

/** Who needs the consent of a guard's owner, as messages call it. Undefined: the token does not say. */
export async function whoIsSignedIn(context: Context, deadline: number): Promise<string | undefined> {
  const who = await context
    .azure()
    .signIn({ deadline })
    .catch(() => undefined);
  if (who?.userName) return who.userName;
  return who?.objectId === undefined ? undefined : `The identity with the object ID ${who.objectId}`;
}
