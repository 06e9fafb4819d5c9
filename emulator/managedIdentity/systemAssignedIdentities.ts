import { createHash } from "node:crypto";
import { ArmError } from "../arm/armError.js";
import { ok, operation } from "../arm/operation.js";

/** https://learn.microsoft.com/rest/api/managedidentity/system-assigned-identities/get-by-scope */
export const getSystemAssigned = operation({
  name: "SystemAssignedIdentities_GetByScope",
  method: "GET",
  path: "/{scope}/providers/Microsoft.ManagedIdentity/identities/default",
  answer({ world, params }) {
    const id = `/${params.scope}`.toLowerCase();
    const body = world.vaults.get(id)?.body ?? world.recoveryServicesVaults.get(id)?.body;
    const { principalId, tenantId } = body?.identity ?? {};
    if (body === undefined || principalId === undefined) {
      const message = `The system-assigned identity of '/${params.scope}' was not found.`;
      throw new ArmError(404, "EmulatorUnverifiedSystemIdentityNotFound", message);
    }
    return ok({
      id: `${body.id}/providers/Microsoft.ManagedIdentity/identities/default`,
      name: "default",
      type: "Microsoft.ManagedIdentity/identities",
      location: body.location,
      properties: { tenantId, principalId, clientId: clientIdOf(principalId) },
    });
  },
});

/** Its application: another GUID than the principal's, and always the same. */
function clientIdOf(principalId: string): string {
  const hash = createHash("sha256").update(principalId).digest("hex");
  return hash.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, "$1-$2-4$3-8$4-$5");
}
