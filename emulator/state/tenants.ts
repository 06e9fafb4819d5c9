import type { World } from "./world.js";

/**
 * Another tenant, in which the application is a guest, with a subscription of its own: a resource guard may be there. It is always
 * there, as the first one is.
 */
export const otherTenant = {
  tenantId: "7e7a0000-0000-4000-8000-00000000e7a2",
  subscriptionId: "5b5c0000-0000-4000-8000-0000000005b6",
} as const;

/** Undefined: there is no such subscription. */
export function tenantOf({ subscriptionId, tenantId }: World, subscription: string): string | undefined {
  const name = subscription.toLowerCase();
  if (name === subscriptionId) return tenantId;
  return name === otherTenant.subscriptionId ? otherTenant.tenantId : undefined;
}
