import { ok, operation } from "../../arm/operation.js";
import type { ArmResource } from "../../state/records.js";
import { newVersion } from "../key.js";
import { hostOf } from "../stores.js";
import { badParameter, keyBody, keyPath, type RequiredKey, requireKey } from "./request.js";
import { showKey } from "./showKey.js";

const rotationPolicyPath = `${keyPath}/rotationpolicy` as const;

/** A key without a policy of its own has this one. */
const byDefault = {
  lifetimeActions: [{ trigger: { timeBeforeExpiry: "P30D" }, action: { type: "Notify" } }],
  attributes: {},
};

function showRotationPolicy({ store, key }: RequiredKey): ArmResource {
  return { id: `https://${hostOf(store)}/keys/${key.name}/rotationpolicy`, ...(key.rotationPolicy ?? byDefault) };
}

/** By hand: the emulator does not rotate keys by itself when their time has come. */
export const rotate = operation({
  name: "RotateKey",
  method: "POST",
  path: `${keyPath}/rotate`,
  answer(call) {
    const { store, key, version: before } = requireKey(call);
    const exp = expiryAfter(key.rotationPolicy?.attributes?.expiryTime, call.now);
    const { kty, keySize, curveName, keyOps, tags } = before;
    const attributes = { enabled: true, ...(exp !== undefined && { exp }) };
    const version = newVersion(store, { kty, keySize, curveName, keyOps, tags, attributes }, call.now);
    key.versions.push(version);
    return ok(showKey(store, key, version));
  },
});

export const getRotationPolicy = operation({
  name: "GetKeyRotationPolicy",
  method: "GET",
  path: rotationPolicyPath,
  answer: (call) => ok(showRotationPolicy(requireKey(call))),
});

const shape = {
  attributes: { expiryTime: "string" },
  lifetimeActions: [{ trigger: { timeAfterCreate: "string", timeBeforeExpiry: "string" }, action: { type: "string" } }],
} as const;

/** https://learn.microsoft.com/azure/key-vault/keys/how-to-configure-key-rotation */
export const updateRotationPolicy = operation({
  name: "UpdateKeyRotationPolicy",
  method: "PUT",
  path: rotationPolicyPath,
  answer(call) {
    const found = requireKey(call);
    const { attributes = {}, lifetimeActions = [] } = keyBody(call.request, shape);
    const durations: string[] = [attributes, ...lifetimeActions.map(({ trigger }: ArmResource) => trigger ?? {})]
      .flatMap(({ expiryTime, timeAfterCreate, timeBeforeExpiry }) => [expiryTime, timeAfterCreate, timeBeforeExpiry])
      .filter((text) => text !== undefined);
    const wrong = durations.find((text) => !isDuration(text));
    if (wrong !== undefined) throw badParameter(`'${wrong}' is not an ISO 8601 duration in days, months and years.`);
    const seconds = Math.floor(call.now / 1000);
    const created = found.key.rotationPolicy?.attributes.created ?? seconds;
    const { expiryTime } = attributes;
    found.key.rotationPolicy = {
      lifetimeActions,
      attributes: { ...(expiryTime && { expiryTime }), created, updated: seconds },
    };
    return ok(showRotationPolicy(found));
  },
});

const pattern = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?$/i;

/** An ISO 8601 duration in whole days, months and years, as rotation policies have them. */
function isDuration(text: string): boolean {
  return text.length > 1 && pattern.test(text);
}

/** Unix seconds at which a key expires that is made now. */
function expiryAfter(duration: string | undefined, now: number): number | undefined {
  if (!duration) return undefined;
  const [years = 0, months = 0, days = 0] = (pattern.exec(duration) ?? []).slice(1).map((part) => Number(part ?? 0));
  const date = new Date(now);
  date.setUTCFullYear(date.getUTCFullYear() + years, date.getUTCMonth() + months, date.getUTCDate() + days);
  return Math.floor(date.getTime() / 1000);
}
