import { ArmError } from "../http/armError.js";
import { operation } from "../http/operation.js";
import { ok } from "../http/reply.js";
import { services } from "../services.js";
import { pairedLocations } from "./locations.js";
import { requireSubscription } from "./requireGroup.js";

// Clients register the providers that they need before their first write: here all are registered.
export const listProviders = operation({
  name: "Providers_List",
  method: "GET",
  path: "/subscriptions/{subscriptionId}/providers",
  answer(call) {
    requireSubscription(call);
    return ok({ value: Object.keys(services).map((namespace) => provider(call.params.subscriptionId, namespace)) });
  },
});

export const getProvider = operation({
  name: "Providers_Get",
  method: "GET",
  path: "/subscriptions/{subscriptionId}/providers/{namespace}",
  answer(call) {
    requireSubscription(call);
    return ok(requireProvider(call.params.subscriptionId, call.params.namespace));
  },
});

export const registerProvider = operation({
  name: "Providers_Register",
  method: "POST",
  path: "/subscriptions/{subscriptionId}/providers/{namespace}/register",
  answer(call) {
    requireSubscription(call);
    return ok(requireProvider(call.params.subscriptionId, call.params.namespace));
  },
});

function requireProvider(subscriptionId: string, given: string) {
  const namespace = Object.keys(services).find((known) => known.toLowerCase() === given.toLowerCase());
  if (namespace !== undefined) return provider(subscriptionId, namespace);
  throw new ArmError(404, "InvalidResourceNamespace", `The resource namespace '${given}' is invalid.`);
}

function provider(subscriptionId: string, namespace: string) {
  const service = services[namespace];
  return {
    id: `/subscriptions/${subscriptionId}/providers/${namespace}`,
    namespace,
    registrationState: "Registered",
    registrationPolicy: "RegistrationRequired",
    resourceTypes: (service?.resourceTypes ?? []).map((resourceType) => ({
      resourceType,
      locations: Object.keys(pairedLocations),
      apiVersions: [...(service?.apiVersions ?? [])].reverse(),
    })),
  };
}
