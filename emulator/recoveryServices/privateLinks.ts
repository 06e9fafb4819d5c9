import { normalLocation } from "../arm/locations.js";
import { ok, operation } from "../arm/operation.js";
import { requestBody } from "../arm/requestBody.js";
import { requireSubscription } from "../arm/resourceGroup.js";
import type { ArmResource } from "../state/records.js";
import { requireVault, vaultPath } from "./vaultPath.js";

/** The DNS zones of private endpoints: https://learn.microsoft.com/azure/private-link/private-endpoint-dns */
const capabilities = operation({
  name: "RecoveryServices_Capabilities",
  method: "POST",
  path: "/subscriptions/{subscriptionId}/providers/Microsoft.RecoveryServices/locations/{location}/capabilities",
  answer(call) {
    requireSubscription(call);
    const { type, properties } = requestBody(call.request, {
      type: "string",
      properties: { dnsZones: [{ subResource: "string" }] },
    });
    const location = normalLocation(call.params.location);
    const dnsZones = (properties?.dnsZones ?? []).map(({ subResource }: ArmResource) => ({
      subResource,
      requiredZoneNames: zones(subResource, location),
    }));
    return ok({ type, properties: { dnsZones } });
  },
});

function zones(subResource: string, location: string): string[] {
  if (subResource === "AzureSiteRecovery") return ["privatelink.siterecovery.windowsazure.com"];
  const storage = ["privatelink.blob.core.windows.net", "privatelink.queue.core.windows.net"];
  return [`privatelink.${location}.backup.windowsazure.com`, ...storage];
}

/** There is no network in the emulator. */
const listPrivateLinkResources = operation({
  name: "PrivateLinkResources_List",
  method: "GET",
  path: `${vaultPath}/privateLinkResources`,
  answer(call) {
    requireVault(call);
    return ok({ value: [] });
  },
});

export const privateLinks = [capabilities, listPrivateLinkResources];
