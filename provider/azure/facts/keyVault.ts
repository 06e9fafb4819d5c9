import type { KeyStoreResource } from "./keyStore.js";
import type { KeyAddress } from "./keyUri.js";

export interface KeyVault {
  kind: "KeyVault" | "ManagedHsm";
  softDelete: boolean;
  purgeProtection: boolean;
  networkRestricted: boolean;
  location?: string;
}

export function keyVaultFrom({ kind }: KeyAddress, { properties, location }: KeyStoreResource): KeyVault {
  return {
    kind,
    // On since 2020 unless it was switched off before: an absent value is on. Never off on a Managed HSM.
    // https://learn.microsoft.com/azure/key-vault/general/soft-delete-overview
    softDelete: kind === "ManagedHsm" || properties.enableSoftDelete !== false,
    purgeProtection: properties.enablePurgeProtection === true,
    networkRestricted:
      /^disabled$/i.test(properties.publicNetworkAccess ?? "") ||
      /^deny$/i.test(properties.networkAcls?.defaultAction ?? ""),
    location,
  };
}
