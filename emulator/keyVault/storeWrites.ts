import { ArmError } from "../arm/armError.js";
import type { Shape } from "../arm/shape.js";
import type { ArmResource } from "../state/records.js";
import type { World } from "../state/world.js";
import { inDeletedState } from "./deletedStores.js";
import { deletedStoresOf, isNameTaken, type Store, type StoreType, storesOf } from "./stores.js";

/**
 * A PUT to an id that no store has: it makes one, unless the name is taken, or brings the deleted one back.
 * https://learn.microsoft.com/azure/key-vault/general/key-vault-recovery
 */
export function recoverOrRefuse(
  world: World,
  type: StoreType,
  name: string,
  id: string,
  createMode: unknown,
): Store | undefined {
  const wantsRecovery = String(createMode ?? "default").toLowerCase() === "recover";
  const deleted = deletedStoresOf(world, type).get(name.toLowerCase());
  if (wantsRecovery && deleted?.record.body.id.toLowerCase() === id.toLowerCase()) {
    deletedStoresOf(world, type).delete(name.toLowerCase());
    storesOf(world, type).set(id.toLowerCase(), deleted.record);
    return deleted.record;
  }
  if (wantsRecovery) {
    throw new ArmError(404, "EmulatorUnverifiedNothingToRecover", `There is no deleted '${name}' to recover here.`);
  }
  if (deleted !== undefined) throw inDeletedState(type);
  if (isNameTaken(world, type, name)) {
    throw new ArmError(409, "VaultAlreadyExists", `The vault name '${name}' is already in use.`);
  }
  return undefined;
}

export const networkAclsShape = {
  bypass: "string",
  defaultAction: "string",
  ipRules: "any",
  virtualNetworkRules: "any",
} as const satisfies Shape;

/** https://learn.microsoft.com/azure/key-vault/general/network-security */
export function networkRules(given: ArmResource, before?: ArmResource): ArmResource {
  return {
    ...(given.networkAcls && {
      networkAcls: {
        bypass: "AzureServices",
        defaultAction: "Allow",
        ipRules: [],
        virtualNetworkRules: [],
        ...given.networkAcls,
      },
    }),
    publicNetworkAccess: given.publicNetworkAccess ?? before?.publicNetworkAccess ?? "Enabled",
  };
}

export function irreversible(property: string): ArmError {
  const message = `The property "${property}" cannot be set to false. Enabling it is an irreversible action.`;
  return new ArmError(400, "BadRequest", message);
}

/** https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates */
export function isVaultName(name: string): boolean {
  return /^[a-z][a-z0-9-]{1,22}[a-z0-9]$/i.test(name) && !name.includes("--");
}
