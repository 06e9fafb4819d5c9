import type { Body } from "../../vaults/body.js";
import { isSystemAssigned } from "../../vaults/identity.js";

/** What an identity is in the directory. */
export interface Principal {
  principalId?: string;
  tenantId?: string;
  /** The vault itself does not show a system-assigned one's. */
  clientId?: string;
}

/** As the vault shows it: nothing, or nothing yet, where Azure is still at it. */
export function principalOn({ identity }: Body, assigned: string): Principal {
  if (!identity) return {};
  if (isSystemAssigned(assigned)) return { principalId: identity.principalId, tenantId: identity.tenantId };
  const [, found] =
    Object.entries(identity.userAssignedIdentities ?? {}).find(([id]) => id.toLowerCase() === assigned.toLowerCase()) ??
    [];
  return { principalId: found?.principalId, tenantId: identity.tenantId, clientId: found?.clientId };
}
