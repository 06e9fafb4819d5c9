import type { ArmResource } from "../../armResource.js";
import { resourceNotFound } from "../../http/armError.js";
import type { Call } from "../../http/operation.js";
import { type IdentityCall, identityPath, requireIdentity } from "../userAssignedIdentities/path.js";

export const credentialType = "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials";
export const credentialsPath = `${identityPath}/federatedIdentityCredentials` as const;
export const credentialPath = `${credentialsPath}/{credentialName}` as const;

type CredentialCall = IdentityCall & Call<"credentialName">;

export function credentialId(call: CredentialCall): string {
  return `${requireIdentity(call).id}/federatedIdentityCredentials/${call.params.credentialName}`;
}

export function findCredential(call: CredentialCall): ArmResource | undefined {
  return call.world.federatedIdentityCredentials.get(credentialId(call).toLowerCase());
}

export function requireCredential(call: CredentialCall): ArmResource {
  const found = findCredential(call);
  if (found !== undefined) return found;
  const { resourceName, credentialName, resourceGroupName } = call.params;
  throw resourceNotFound(credentialType, `${resourceName}/${credentialName}`, resourceGroupName);
}

export function credentialsOf({ world }: Call<never>, identity: ArmResource): ArmResource[] {
  const prefix = `${identity.id}/federatedIdentityCredentials/`.toLowerCase();
  return [...world.federatedIdentityCredentials].filter(([id]) => id.startsWith(prefix)).map(([, body]) => body);
}
