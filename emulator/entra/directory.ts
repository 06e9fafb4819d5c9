import type { Reply } from "../arm/operation.js";
import { otherTenant } from "../state/tenants.js";
import { guid, type World } from "../state/world.js";

/** Somebody who signs in: the emulator's application, or a user-assigned identity. */
export interface Principal {
  clientId: string;
  objectId: string;
  /** The ARM id of a user-assigned identity. */
  resourceId?: string;
  proof: "secret" | "certificate";
}

export type Known = Omit<Principal, "proof">;

export function applicationOf({ application: { clientId, objectId } }: World): Known {
  return { clientId, objectId };
}

export function principalOf(world: World, clientId: string): Known | undefined {
  const wanted = clientId.toLowerCase();
  if (wanted === world.application.clientId) return applicationOf(world);
  return identities(world).find((identity) => identity.clientId === wanted);
}

export function identities({ userAssignedIdentities }: World): Known[] {
  return [...userAssignedIdentities.values()].map(({ id, properties: { clientId, principalId } }) => ({
    clientId,
    objectId: principalId,
    resourceId: id,
  }));
}

/** Names under which Resource Manager is known to Entra. The emulator's own addresses are as good. */
const resourceManager = ["https://management.azure.com", "https://management.core.windows.net"];

const others = ["https://vault.azure.net", "https://managedhsm.azure.net", "https://graph.microsoft.com"];

/** An audience in one spelling: with or without a slash at its end, it is the same resource. */
export function resourceName(text: string): string {
  return text.replace(/\/+$/, "").toLowerCase();
}

export function isResourceManagerName(name: string): boolean {
  return resourceManager.includes(resourceName(name)) || isEmulator(name);
}

export function isKnownResource(name: string): boolean {
  return isResourceManagerName(name) || others.includes(resourceName(name));
}

function isEmulator(name: string): boolean {
  return /^https:\/\/(localhost|127\.0\.0\.1|\[::1\]):\d+$/.test(resourceName(name));
}

const domain = "emulator.onmicrosoft.com";

/** The tenant's id, of the two that there are, by that or by the domain. */
export function tenantNamed(world: World, tenant: string): string | undefined {
  const name = tenant.toLowerCase();
  if (name === domain) return world.tenantId;
  return [world.tenantId, otherTenant.tenantId].find((id) => id === name);
}

export function refuseTenant(world: World, tenant: string): Reply | undefined {
  if (tenantNamed(world, tenant) !== undefined) return undefined;
  const text =
    `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the ` +
    "correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions " +
    "for the tenant.";
  return entraRefusal(400, "invalid_request", 90002, text);
}

/** Entra refuses to give a token: https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
export function entraRefusal(status: number, error: string, code: number, text: string): Reply {
  const [trace, correlation] = [guid(), guid()];
  const timestamp = new Date().toISOString().replace("T", " ").replace(/\.\d+/, "");
  return {
    status,
    headers: status === 401 ? { "WWW-Authenticate": `Bearer error="${error}"` } : {},
    body: {
      error,
      error_description: `AADSTS${code}: ${text} Trace ID: ${trace} Correlation ID: ${correlation} Timestamp: ${timestamp}`,
      error_codes: [code],
      timestamp,
      trace_id: trace,
      correlation_id: correlation,
      error_uri: `https://login.microsoftonline.com/error?code=${code}`,
    },
  };
}
