import type { ArmResource } from "./records.js";

/** Whose tokens an application or a user-assigned identity trusts, and for whom. */
export interface FederatedCredential {
  /** The identity provider, exactly as it stands in its tokens. */
  issuer: string;
  /** For whom it is: the repository and branch of a pipeline, for example. */
  subject: string;
  /** @default ["api://AzureADTokenExchange"] */
  audiences?: string[];
  /** The provider's public key as PEM. Without it, nobody is asked whether the provider really signed. */
  publicKey?: string;
}

/** The one that clients sign in as, in the tenant of this Azure. */
export interface Application {
  clientId: string;
  clientSecret: string;
  objectId: string;
  /** As PEM: whoever has the key of one of them may sign in. */
  certificates: string[];
  federatedCredentials: FederatedCredential[];
}

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
