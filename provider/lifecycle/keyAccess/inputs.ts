import { keyUri } from "../../vaults/encryption.js";
import { duration, guid } from "../../vaults/sharedSettings.js";
import { fields, oneOf, type Problem, parseFields } from "../../vaults/values.js";
import { noAccessId } from "./wording.js";

/** The key and the principal that may use it. Any value may be the engine's text for "not known yet". */
export type KeyAccessInputs = {
  keyUri: string;
  principalId: string;
  /** The scope of the role assignment: the key, or its key vault or Managed HSM. */
  scope: "Key" | "KeyVault";
  timeouts?: { create?: string; delete?: string };
};

/** What was granted, so that no more than that is revoked. */
export type Grant = {
  grantedBy: "RoleAssignment" | "AccessPolicy" | "LocalRoleAssignment" | "Nothing";
  /** Of the key vault or Managed HSM. */
  keyVaultId: string;
  roleAssignmentId?: string;
  keyPermissions?: string[];
  /** The response to the grant was lost. The next `up` grants again. */
  isUnfinished?: boolean;
};

const accessArguments = fields(
  {
    keyUri,
    principalId: guid,
    scope: oneOf("Key", "KeyVault"),
    timeouts: fields({ create: duration, delete: duration }),
  },
  ["keyUri", "principalId"],
);

export function parseKeyAccess(news: Record<string, unknown>): { inputs: KeyAccessInputs; problems: Problem[] } {
  const problems: Problem[] = [];
  const parsed = parseFields(accessArguments, news, "", problems) as KeyAccessInputs;
  return { inputs: { ...parsed, scope: parsed.scope ?? "Key" }, problems };
}

/** From the ID `{key URI}#{principal ID}`, of which nothing is recorded. */
export function accessIn(id: string): KeyAccessInputs {
  const [keyUri, principalId, ...rest] = id.split("#");
  const { inputs, problems } = parseKeyAccess({ keyUri, principalId });
  if (problems.length + rest.length > 0) throw new Error(noAccessId(id));
  return inputs;
}

/** Permissions apply to a key, not to one of its versions. */
export const keyOf = (uri: string): string => uri.toLowerCase().split("/").slice(0, 5).join("/");
