import { isMap } from "node:util/types";
import { keyAt } from "../keyVault/key.js";
import { type KeyUse, mayUseKey } from "../keyVault/rights.js";
import type { KeyRecord } from "../state/keyRecords.js";
import type { ArmResource } from "../state/records.js";
import type { World } from "../state/world.js";
import { recordsOf } from "./contentsView.js";
import { keyUriOf } from "./vaultView.js";

export interface KeyStoreView {
  id: string;
  name: string;
  type: string;
  keys: KeyView[];
}

interface KeyView {
  name: string;
  /** Such as `RSA 2048`. */
  kind: string;
  enabled: boolean;
  versions: number;
  /** The vaults that are encrypted with it. */
  usedBy: string[];
  /** Who may use it now. */
  users: { principalId: string; name: string; may: KeyUse[] }[];
}

const uses: readonly KeyUse[] = ["get", "wrapKey", "unwrapKey"];

/** More is no use to eyes. */
const shownKeys = 50;

/** A key vault or an HSM. */
export function isKeyStore({ body, keys }: ArmResource): boolean {
  return body !== undefined && isMap(keys);
}

/** Key vaults and HSMs, without anything of a key that is secret. */
export function keyStores(world: World, stores: readonly ArmResource[]): KeyStoreView[] {
  const names = principalNames(world);
  const encrypted = [world.vaults, world.recoveryServicesVaults].flatMap((vaults) =>
    [...vaults.values()].flatMap(({ body }) => ({
      vault: body.name,
      keyUri: keyUriOf(body)?.replace(":443/", "/") ?? "",
    })),
  );
  return stores.map((store) => {
    const { id, name, type } = store.body;
    const principals = [...granted(world, store)];
    const keys = [...(store.keys as Map<string, KeyRecord>).values()].slice(0, shownKeys).map((key): KeyView => {
      const keyUri = `${addressOf(store.body)}/keys/${key.name}`.toLowerCase();
      const newest = key.versions.at(-1);
      const found = keyAt(world, keyUri);
      const users = principals.map((principalId) => ({
        principalId,
        name: names.get(principalId) ?? principalId,
        may: uses.filter((use) => found !== undefined && mayUseKey(world, found, principalId, use)),
      }));
      return {
        name: key.name,
        kind: [newest?.kty, newest?.keySize ?? newest?.curveName].filter(Boolean).join(" "),
        enabled: newest?.attributes.enabled ?? false,
        versions: key.versions.length,
        usedBy: encrypted
          .filter((each) => `${each.keyUri.toLowerCase()}/`.startsWith(`${keyUri}/`))
          .map(({ vault }) => vault),
        users: users.filter(({ may }) => may.length > 0),
      };
    });
    return { id, name, type, keys };
  });
}

function addressOf({ name, type }: ArmResource): string {
  return `https://${name}.${/managedHsms$/i.test(type) ? "managedhsm" : "vault"}.azure.net`;
}

/** Everybody who was granted anything that could be about this store. */
function granted(world: World, store: ArmResource): Set<string> {
  const assignments = [...recordsOf(world.roleAssignments), ...recordsOf(store.roleAssignments)];
  const policies: ArmResource[] = store.body.properties.accessPolicies ?? [];
  return new Set([
    ...assignments.map(({ body }) => String(body.properties.principalId)),
    ...policies.map(({ objectId }) => String(objectId)),
  ]);
}

/** Whose the principals are: identities of their own, those of vaults, and the one that clients sign in as. */
export function principalNames(world: World): Map<string, string> {
  const names = new Map([[world.application.objectId, "the application that clients use to sign in"]]);
  for (const { name, properties } of world.userAssignedIdentities.values()) names.set(properties.principalId, name);
  for (const vaults of [world.vaults, world.recoveryServicesVaults]) {
    for (const { body } of vaults.values()) {
      if (body.identity?.principalId) names.set(body.identity.principalId, `${body.name} (system-assigned)`);
    }
  }
  return names;
}
