import type { AccessPolicies, AccessPolicy } from "../../azure/index.js";
import { type Azure, isArmError } from "../../azure/index.js";
import { pause } from "../deadlines.js";
import type { Grant } from "./inputs.js";
import type { Way } from "./way.js";
import { orUnsure } from "./way.js";
import { stillGranted } from "./wording.js";

// The portal's steps select List too: https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault
const needed = ["get", "list", "wrapKey", "unwrapKey"];

/**
 * A policy has no name. So the same request adds a second policy with the granted permissions, which nobody can use: it is
 * for the same principal through this application, which does not exist. It records what KeyAccess granted.
 * See decisions/access-policies.md.
 */
export const markApplicationId = "4b0e11ef-889c-50a7-8783-2c9ca7fd1899";

/** With a key vault's access policies. */
export const policies: Way = {
  async grant({ keyRights: { accessPolicies } }, { principalId }, { storeId, tenantId }, deadline) {
    const { own, marked } = await keysOf(accessPolicies, storeId, principalId, deadline);
    const missing = needed.filter((name) => !includes(own, name) && !includes(own, "all"));
    const ours = needed.filter((name) => missing.includes(name) || includes(marked, name));
    if (ours.length === 0) return { grantedBy: "Nothing", keyVaultId: storeId };
    const given: Grant = { grantedBy: "AccessPolicy", keyVaultId: storeId, keyPermissions: ours };
    if (missing.length === 0) return given;
    const policy = { objectId: principalId, keys: missing };
    const mark = { objectId: principalId, applicationId: markApplicationId, keys: missing };
    const add = (all: AccessPolicy[]) => accessPolicies.add(storeId, tenantId, all, { deadline });
    return orUnsure(given, async () => {
      try {
        await add([policy, mark]);
      } catch (error) {
        // If a key vault begins to check the application, the access is granted without the mark.
        if (!isArmError(error) || error.status !== 400) throw error;
        await add([policy]);
      }
    });
  },

  async found({ accessPolicies }, { principalId }, { storeId }, deadline) {
    const { marked } = await keysOf(accessPolicies, storeId, principalId, deadline);
    const keyPermissions = needed.filter((name) => includes(marked, name));
    return marked.length > 0 ? { grantedBy: "AccessPolicy", keyVaultId: storeId, keyPermissions } : undefined;
  },

  async revokeFromGone(azure, { storeId }, principalId, deadline) {
    const { marked } = await keysOf(azure.keyRights.accessPolicies, storeId, principalId, deadline);
    if (marked.length > 0) await revokePolicy(azure, storeId, principalId, marked, deadline);
  },
};

/**
 * Removes these permissions and the mark. One request names only them, so the principal keeps its other permissions
 * whatever happens. It is sent whatever the read before it shows, because that may be out of date.
 */
export async function revokePolicy(
  { keyRights: { accessPolicies } }: Azure,
  storeId: string,
  principalId: string,
  keyPermissions: string[],
  deadline: number,
): Promise<void> {
  for (let isFirst = true; ; isFirst = false) {
    const found = await accessPolicies.of(storeId, principalId, { deadline });
    if (!found) return;
    const { own, marked } = split(found.policies);
    const ours = own.filter((name) => includes(keyPermissions, name) || includes(marked, name));
    if (!isFirst && ours.length + marked.length === 0) return;
    if (Date.now() > deadline) throw new Error(stillGranted(storeId, ours));
    if (!isFirst) await pause(1_000);
    // Azure removes only what is spelled as in the policy.
    const spelled = (names: string[]) => [...new Set([...names, ...keyPermissions])];
    const policy = { objectId: principalId, keys: spelled(ours) };
    const mark = { objectId: principalId, applicationId: markApplicationId, keys: spelled(marked) };
    await accessPolicies.remove(storeId, found.tenantId, [policy, mark], { deadline });
  }
}

async function keysOf(accessPolicies: AccessPolicies, storeId: string, principalId: string, deadline: number) {
  return split((await accessPolicies.of(storeId, principalId, { deadline }))?.policies ?? []);
}

function split(all: AccessPolicy[]): { own: string[]; marked: string[] } {
  const keys = (wanted: string | undefined) =>
    all.filter((each) => each.applicationId?.toLowerCase() === wanted).flatMap((each) => each.keys);
  return { own: keys(undefined), marked: keys(markApplicationId) };
}

const includes = (names: string[], name: string) => names.some((each) => each.toLowerCase() === name.toLowerCase());
