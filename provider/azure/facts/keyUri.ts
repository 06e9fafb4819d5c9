import type { Cloud } from "../cloud.js";

export interface KeyAddress {
  kind: "KeyVault" | "ManagedHsm";
  /** Of the key vault or the Managed HSM. */
  store: string;
  key: string;
  /** Absent: the newest, whichever that is. */
  version?: string;
}

/** A key of this cloud only: an address of another would be an invitation to ask a stranger. */
export function parseKeyUri(keyUri: string, { keyVaultSuffix, managedHsmSuffix }: Cloud): KeyAddress {
  const [, host = "", key = "", version] =
    /^https:\/\/([a-z0-9.-]+)(?::443)?\/keys\/([a-z0-9-]+)(?:\/([a-z0-9]+))?\/?$/i.exec(keyUri) ?? [];
  const [store = "", ...rest] = host.toLowerCase().split(".");
  const suffix = rest.join(".");
  const kind = suffix === keyVaultSuffix ? "KeyVault" : suffix === managedHsmSuffix ? "ManagedHsm" : undefined;
  if (kind && store && key) return { kind, store, key, ...(version && { version }) };
  throw new Error(`"${keyUri}" is no key in ${keyVaultSuffix} or ${managedHsmSuffix}, the key stores of this cloud.`);
}
