import { type Facts, factValue, type Key } from "../rules/index.js";
import type { EncryptionOverview, KeyOverview } from "./vaultOverview.js";

/** What was read of the vault's current key. */
export function keyFacts({ oldKey, oldKeyVault, oldAccess }: Facts, now = Date.now()): Partial<EncryptionOverview> {
  const [key, keyVault, access] = [factValue(oldKey), factValue(oldKeyVault), factValue(oldAccess)];
  return {
    ...(key && { key: keyOverview(key, now / 1000) }),
    ...(keyVault && { keyVault: keyVault === "missing" ? keyVault : settingsOf(keyVault) }),
    ...(access && { access: { get: access.get, wrap: access.wrap, unwrap: access.unwrap } }),
  };
}

const settingsOf = <T extends { kind: string }>({ kind: _, ...settings }: T) => settings;

function keyOverview(key: Key | "missing", now: number): KeyOverview {
  if (key === "missing") return { status: "missing" };
  const { type, size, notBefore, expires } = key;
  return {
    status: statusOf(key, now),
    type,
    ...(size !== undefined && { size }),
    ...(notBefore !== undefined && { notBefore: dateOf(notBefore) }),
    ...(expires !== undefined && { expires: dateOf(expires) }),
  };
}

function statusOf({ enabled, notBefore, expires }: Key, now: number): KeyOverview["status"] {
  if (!enabled) return "disabled";
  if (expires !== undefined && expires <= now) return "expired";
  return notBefore !== undefined && notBefore > now ? "not valid yet" : "usable";
}

function dateOf(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? String(seconds) : date.toISOString();
}
