/** Who a token of Resource Manager is for. Every part may be absent: only Azure has to understand its tokens. */
export interface SignedIn {
  /** The directory's id of the user, the application or the managed identity. */
  objectId?: string;
  tenantId?: string;
  applicationId?: string;
  /** Of a user, such as `anna@contoso.com`. */
  userName?: string;
}

/** Reads a token without proving it: nothing but a message depends on it. */
export function signedInWith(token: string): SignedIn {
  try {
    const claims = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8"));
    const text = (...names: string[]) => names.map((name) => claims[name]).find((value) => typeof value === "string");
    const userName = text("upn", "unique_name", "preferred_username");
    return {
      objectId: text("oid"),
      tenantId: text("tid"),
      // A user's token names the program that the user signed in with.
      applicationId: userName ? undefined : text("appid", "azp"),
      userName,
    };
  } catch {
    return {};
  }
}
