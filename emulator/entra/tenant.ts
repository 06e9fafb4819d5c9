import type { Reply } from "../http/reply.js";
import type { World } from "../world.js";
import { entraRefusal } from "./entraError.js";

const domain = "emulator.onmicrosoft.com";

/** Undefined: it is the tenant of this Azure, by its id or its domain. */
export function refuseTenant(world: World, tenant: string): Reply | undefined {
  if ([world.tenantId, domain].includes(tenant.toLowerCase())) return undefined;
  const text =
    `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the ` +
    "correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions " +
    "for the tenant.";
  return entraRefusal(400, "invalid_request", 90002, text);
}
