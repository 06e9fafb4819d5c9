import type { ArmResource } from "../armResource.js";

export interface RoleAssignment {
  body: ArmResource;
  /** Grants take a while to reach the service that asks. */
  effectiveAt: number;
}

export interface Role {
  /** Of a built-in role: the same GUID in every tenant. */
  name: string;
  roleName: string;
  description?: string;
  actions: string[];
  notActions?: string[];
  dataActions: string[];
  notDataActions?: string[];
  /** Of custom roles: where they may be assigned. */
  assignableScopes?: string[];
}
