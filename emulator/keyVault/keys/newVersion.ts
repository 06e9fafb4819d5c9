import type { ArmResource } from "../../armResource.js";
import { ArmError } from "../../http/armError.js";
import { guid } from "../../world.js";
import type { KeyVersion } from "../records.js";
import { isManagedHsm, type Store } from "../stores/types.js";

const ofVaults = ["RSA", "RSA-HSM", "EC", "EC-HSM"];
const ofManagedHsms = ["RSA-HSM", "EC-HSM"];
const rsaOps = ["encrypt", "decrypt", "sign", "verify", "wrapKey", "unwrapKey"];

/** What a new version of a key is, whichever way it is asked for. The key itself is made when it is first used. */
export function newVersion(store: Store, given: ArmResource, now: number): KeyVersion {
  const { kty, keySize, curveName, keyOps, attributes = {}, tags = {} } = given;
  const known = isManagedHsm(store) ? ofManagedHsms : ofVaults;
  if (!known.includes(kty)) {
    throw new ArmError(400, "BadParameter", `The key type '${kty}' is not one of ${known.join(", ")}.`);
  }
  const isRsa = kty.startsWith("RSA");
  const seconds = Math.floor(now / 1000);
  return {
    version: guid().replaceAll("-", ""),
    kty,
    ...(isRsa ? { keySize: keySize ?? 2048 } : { curveName: curveName ?? "P-256" }),
    keyOps: keyOps ?? (isRsa ? rsaOps : ["sign", "verify"]),
    attributes: { enabled: true, ...attributes, created: seconds, updated: seconds },
    tags,
  };
}

/** A deleted key holds its name until it is recovered or purged. */
export function refuseDeletedName(store: Store, name: string): void {
  if (!store.deletedKeys.has(name.toLowerCase())) return;
  const message =
    `Key ${name} is currently in a deleted but recoverable state, and its name cannot be reused; in this state, the ` +
    "key can only be recovered or purged.";
  throw new ArmError(409, "Conflict", message, { error: { innererror: { code: "ObjectIsDeletedButRecoverable" } } });
}
