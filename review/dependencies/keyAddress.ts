import type { Maybe } from "../../provider/vaults/ruleVault.js";

export type Truth = "yes" | "no" | "unknown";

/** Where a key is, by the names in its URI or in an ARM ID. Names of key vaults are unique in Azure. */
export interface KeyAddress {
  store: string;
  isHsm: boolean;
  /** Absent: every key of the store. */
  key?: string;
}

// The key of a certificate has its name.
const uri = /^https:\/\/([^./]+)\.([^/:]+)(?::\d+)?\/(?:(?:keys|certificates)\/([^/]+))?/i;
const armId = /\/providers\/Microsoft\.KeyVault\/(vaults|managedHSMs)\/([^/]+)(?:\/(?:keys|certificates)\/([^/]+))?/i;

/** From the first of these texts that is the URI of a key, a certificate or a store, or an ARM ID. */
export function keyAddress(...texts: (Maybe<string> | undefined)[]): KeyAddress | undefined {
  for (const text of texts) {
    if (typeof text !== "string") continue;
    const [, host, domain = "", key] = uri.exec(text) ?? [];
    if (host) return addressOf(host, /^managedhsm\./i.test(domain), key);
    const [, type = "", name, armKey] = armId.exec(text) ?? [];
    if (name) return addressOf(name, /^managedHSMs$/i.test(type), armKey);
  }
  return undefined;
}

const addressOf = (store: string, isHsm: boolean, key: string | undefined): KeyAddress => ({
  store: store.toLowerCase(),
  isHsm,
  ...(key !== undefined && { key: key.toLowerCase() }),
});
