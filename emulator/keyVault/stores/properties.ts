import type { ArmResource } from "../../armResource.js";
import { ArmError } from "../../http/armError.js";
import type { Shape } from "../../http/shape.js";

export const networkAclsShape = {
  bypass: "string",
  defaultAction: "string",
  ipRules: "any",
  virtualNetworkRules: "any",
} as const satisfies Shape;

/** https://learn.microsoft.com/azure/key-vault/general/network-security */
export function networkRules(given: ArmResource, before?: ArmResource): ArmResource {
  return {
    ...(given.networkAcls && {
      networkAcls: {
        bypass: "AzureServices",
        defaultAction: "Allow",
        ipRules: [],
        virtualNetworkRules: [],
        ...given.networkAcls,
      },
    }),
    publicNetworkAccess: given.publicNetworkAccess ?? before?.publicNetworkAccess ?? "Enabled",
  };
}

export function irreversible(property: string): ArmError {
  const message = `The property "${property}" cannot be set to false. Enabling it is an irreversible action.`;
  return new ArmError(400, "BadRequest", message);
}
