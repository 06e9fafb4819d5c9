import type { ArmResource } from "../armResource.js";

export interface RoleAssignment {
  body: ArmResource;
  /** Grants take a while to reach the service that asks. */
  effectiveAt: number;
}
