import { keyUri } from "../../vaults/encryption.js";
import { duration, guid } from "../../vaults/sharedSettings.js";
import { fields, oneOf, type Problem, parseFields } from "../../vaults/values.js";

/** Who may use which key. A leaf may be the engine's text for "not known yet". */
export type KeyAccessInputs = {
  keyUri: string;
  principalId: string;
  /** Where a role is given: at the key, or at its key vault or Managed HSM. */
  scope: "Key" | "KeyVault";
  timeouts?: { create?: string; delete?: string };
};

/** What was given, so that no more is taken away. */
export type Grant = {
  grantedBy: "RoleAssignment" | "AccessPolicy" | "LocalRoleAssignment" | "Nothing";
  /** Of the key vault or Managed HSM. */
  keyVaultId: string;
  roleAssignmentId?: string;
  keyPermissions?: string[];
  /** The answer to the giving was lost: the next `up` gives again. */
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

/** Rights are on a key, not on one of its versions. */
export const keyOf = (uri: string): string => uri.toLowerCase().split("/").slice(0, 5).join("/");
