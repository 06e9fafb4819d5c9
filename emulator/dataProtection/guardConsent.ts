import type { Call } from "../arm/operation.js";
import { isPermitted } from "../authorization/access.js";
import type { ArmResource } from "../state/records.js";

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

export const resourceGuardsOf = ({ world, now }: Pick<Call, "world" | "now">): ResourceGuards => ({
  get: (id) => world.resourceGuards.get(id),
  // Which action Azure asks for is not published: Backup MUA Operator has all of this service, and Reader has none.
  isAllowed: (id) => isPermitted(world, id, "Microsoft.DataProtection/resourceGuards/operationRequests/action", now),
});
