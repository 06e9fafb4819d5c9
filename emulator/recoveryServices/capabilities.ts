import type { ArmResource } from "../armResource.js";
import { operation } from "../http/operation.js";
import { ok } from "../http/reply.js";
import { requestBody } from "../http/requestBody.js";
import { normalLocation } from "../resourceManager/locations.js";
import { requireSubscription } from "../resourceManager/requireGroup.js";

/** The DNS zones of private endpoints: https://learn.microsoft.com/azure/private-link/private-endpoint-dns */
export const capabilities = operation({
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
