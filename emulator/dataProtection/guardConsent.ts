import type { Call } from "../arm/operation.js";
import { isPermitted } from "../authorization/access.js";
import { auxiliaryTenants } from "../entra/accessToken.js";
import type { ArmResource } from "../state/records.js";
import { tenantOf } from "../state/tenants.js";

/** The resource guards, and what their owners allow the caller. */
export interface ResourceGuards {
  /** @param id in lower case */
  get(id: string): ArmResource | undefined;
  /**
   * Whether the caller may do what the guard protects. Reader is not enough; Backup MUA Operator, Contributor and Owner are.
   * https://learn.microsoft.com/azure/backup/multi-user-authorization-concept
   */
  isAllowed(id: string): boolean;
}

export const resourceGuardsOf = ({ world, now, request }: Pick<Call, "world" | "now" | "request">): ResourceGuards => ({
  get: (id) => world.resourceGuards.get(id),
  // Which action Azure asks for is not published: Backup MUA Operator has all of this service, and Reader has none.
  isAllowed: (id) =>
    isReachable({ world, request }, id) &&
    isPermitted(world, id, "Microsoft.DataProtection/resourceGuards/operationRequests/action", now),
});

/** Whether the request has a token of the guard's tenant. @param id of the guard */
export function isReachable({ world, request }: Pick<Call, "world" | "request">, id: string): boolean {
  const tenant = tenantOf(world, id.split("/")[2] ?? "") ?? world.tenantId;
  return [world.tenantId, ...auxiliaryTenants(request.headers)].includes(tenant);
}
