import { ArmError } from "../arm/armError.js";
import { displayNames } from "../arm/locations.js";
import { ok, operation } from "../arm/operation.js";
import { requireSubscription } from "../arm/resourceGroup.js";
import { isRegistered, namespaceOf, services, versionsOf } from "../arm/services.js";
import type { World } from "../state/world.js";

const providersPath = "/subscriptions/{subscriptionId}/providers";

const listProviders = operation({
  name: "Providers_List",
  method: "GET",
  path: providersPath,
  answer(call) {
    requireSubscription(call);
    return ok({ value: Object.keys(services).map((namespace) => provider(call.world, namespace)) });
  },
});

const getProvider = operation({
  name: "Providers_Get",
  method: "GET",
  path: `${providersPath}/{namespace}`,
  answer(call) {
    requireSubscription(call);
    return ok(provider(call.world, requireNamespace(call.params.namespace)));
  },
});

const registerProvider = operation({
  name: "Providers_Register",
  method: "POST",
  path: `${providersPath}/{namespace}/register`,
  answer(call) {
    requireSubscription(call);
    const namespace = requireNamespace(call.params.namespace);
    call.world.unregistered.delete(namespace);
    return ok(provider(call.world, namespace));
  },
});

const unregisterProvider = operation({
  name: "Providers_Unregister",
  method: "POST",
  path: `${providersPath}/{namespace}/unregister`,
  answer(call) {
    requireSubscription(call);
    const namespace = requireNamespace(call.params.namespace);
    call.world.unregistered.add(namespace);
    return ok(provider(call.world, namespace));
  },
});

/** The same without a subscription: what Azure has, registered or not. */
const listProvidersAtTenant = operation({
  name: "Providers_ListAtTenantScope",
  method: "GET",
  path: "/providers",
  answer: () => ok({ value: Object.keys(services).map((namespace) => description(namespace)) }),
});

const getProviderAtTenant = operation({
  name: "Providers_GetAtTenantScope",
  method: "GET",
  path: "/providers/{namespace}",
  answer: ({ params }) => ok(description(requireNamespace(params.namespace))),
});

function requireNamespace(given: string): string {
  const namespace = namespaceOf(given);
  if (namespace !== undefined) return namespace;
  throw new ArmError(404, "InvalidResourceNamespace", `The resource namespace '${given}' is invalid.`);
}

function provider(world: World, namespace: string) {
  return {
    id: `/subscriptions/${world.subscriptionId}/providers/${namespace}`,
    ...description(namespace),
    registrationState: isRegistered(world, namespace) ? "Registered" : "NotRegistered",
    registrationPolicy: "RegistrationRequired",
  };
}

function description(namespace: string) {
  const { resourceTypes = [] } = services[namespace] ?? {};
  return {
    namespace,
    resourceTypes: resourceTypes.map((resourceType) => ({
      resourceType,
      locations: displayNames,
      apiVersions: [...versionsOf(namespace, resourceType)].reverse(),
      capabilities: "None",
    })),
  };
}

export const providers = [
  listProviders,
  getProvider,
  registerProvider,
  unregisterProvider,
  listProvidersAtTenant,
  getProviderAtTenant,
];
