import { ArmError } from "../../arm/armError.js";
import { page } from "../../arm/list.js";
import type { Call, EmulatorRequest, Reply } from "../../arm/operation.js";
import { requestBody } from "../../arm/requestBody.js";
import type { Shape } from "../../arm/shape.js";
import type { KeyRecord, KeyVersion, ManagedHsmRecord } from "../../state/keyRecords.js";
import type { ArmResource } from "../../state/records.js";
import type { World } from "../../state/world.js";
import { keyIn, keyNotFound, newest } from "../key.js";
import { type Store, storeAt } from "../stores.js";

/** The key vault or Managed HSM that a request is for. A port is closed as soon as its own is gone. */
export function requireStoreAt(world: World, { host = "" }: EmulatorRequest): Store {
  const store = storeAt(world, host);
  if (store !== undefined) return store;
  throw new Error(`There is no key vault or Managed HSM ${host}.`);
}

export const storeOf = (call: Call<never>): Store => requireStoreAt(call.world, call.request);

/** For operations that only Managed HSMs have. */
export const hsmOf = (call: Call<never>): ManagedHsmRecord => storeOf(call) as ManagedHsmRecord;

export const keyPath = "/keys/{keyName}";

/** With a version, and without: that is the newest. */
export const versionPaths = [
  "/keys/{keyName}",
  "/keys/{keyName}/{keyVersion}",
] as readonly "/keys/{keyName}/{keyVersion}"[];

export interface RequiredKey {
  store: Store;
  key: KeyRecord;
  version: KeyVersion;
}

export function requireKey(call: Call<"keyName">): RequiredKey;
export function requireKey(call: Call<"keyName" | "keyVersion">): RequiredKey;
export function requireKey(call: Call<"keyName"> & { params: { keyVersion?: string } }): RequiredKey {
  const store = storeOf(call);
  const { keyName, keyVersion } = call.params;
  const key = keyIn(store, keyName);
  const version = keyVersion ? key.versions.find((each) => each.version === keyVersion) : newest(key);
  if (version === undefined) throw keyNotFound(`${keyName}/${keyVersion}`);
  return { store, key, version };
}

/** https://learn.microsoft.com/rest/api/keyvault/keys/get-keys: pages are 25 items long, or as long as is asked for. */
export function keyPage<Item>(call: Call<never>, items: Item[], show: (item: Item) => unknown): Reply {
  const wanted = Number(call.request.query.get("maxresults") ?? 25) || 25;
  const settings = { ...call.settings, pageSize: Math.min(wanted, 25, call.settings.pageSize) };
  return page({ ...call, settings }, items, show);
}

export const attributesShape = { enabled: "boolean", nbf: "number", exp: "number" } as const satisfies Shape;

/** Data planes have one code for whatever is wrong with a request. */
export function keyBody(request: EmulatorRequest, shape: Shape): ArmResource {
  try {
    return requestBody(request, shape);
  } catch (error) {
    if (error instanceof ArmError && error.status === 400) throw badParameter(error.message);
    throw error;
  }
}

export function badParameter(message: string): ArmError {
  return new ArmError(400, "BadParameter", message);
}

/** What of the given attributes is the client's to choose. */
export function attributesOf({ enabled, nbf, exp }: ArmResource = {}): ArmResource {
  return Object.fromEntries(Object.entries({ enabled, nbf, exp }).filter(([, value]) => value !== undefined));
}

/** Scopes inside a Managed HSM are `/`, `/keys` and `/keys/<name>`: the first one is an empty path. */
export const atScopes = <Path extends string>(path: Path) =>
  [
    `/providers/Microsoft.Authorization/${path}`,
    `/{scope}/providers/Microsoft.Authorization/${path}`,
  ] as readonly `/{scope}/providers/Microsoft.Authorization/${Path}`[];

export function localScope({ scope = "" }: { scope?: string }): string {
  return `/${scope.replace(/^\/+|\/+$/g, "")}`;
}
