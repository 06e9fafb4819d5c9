import { ArmError } from "../http/armError.js";
import { services } from "../services.js";
import type { World } from "../world.js";

/** A resource provider's namespace as it is written, from any case. */
export function namespaceOf(given: string): string | undefined {
  return Object.keys(services).find((known) => known.toLowerCase() === given.toLowerCase());
}

export function isRegistered({ unregistered }: World, namespace: string): boolean {
  return !unregistered.has(namespace);
}

/** Every subscription has these two. */
const free = ["Microsoft.Resources", "Microsoft.Authorization"];

/** https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/error-register-resource-provider */
export function refuseUnregistered(world: World, namespace: string): void {
  if (isRegistered(world, namespace) || free.includes(namespace)) return;
  const message =
    `The subscription is not registered to use namespace '${namespace}'. See https://aka.ms/rps-not-found for how to ` +
    "register subscriptions.";
  throw new ArmError(409, "MissingSubscriptionRegistration", message);
}
