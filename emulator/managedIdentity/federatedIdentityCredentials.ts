import { ArmError, resourceNotFound } from "../arm/armError.js";
import { page } from "../arm/list.js";
import { type Call, noContent, ok, operation } from "../arm/operation.js";
import { requestBody } from "../arm/requestBody.js";
import type { ArmResource } from "../state/records.js";
import { credentialsOf, type IdentityCall, identityPath, requireIdentity } from "./userAssignedIdentities.js";

const credentialType = "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials";

const credentialsPath = `${identityPath}/federatedIdentityCredentials` as const;

const credentialPath = `${credentialsPath}/{credentialName}` as const;

type CredentialCall = IdentityCall & Call<"credentialName">;

function credentialId(call: CredentialCall): string {
  return `${requireIdentity(call).id}/federatedIdentityCredentials/${call.params.credentialName}`;
}

function findCredential(call: CredentialCall): ArmResource | undefined {
  return call.world.federatedIdentityCredentials.get(credentialId(call).toLowerCase());
}

function requireCredential(call: CredentialCall): ArmResource {
  const found = findCredential(call);
  if (found !== undefined) return found;
  const { resourceName, credentialName, resourceGroupName } = call.params;
  throw resourceNotFound(credentialType, `${resourceName}/${credentialName}`, resourceGroupName);
}

const get = operation({
  name: "FederatedIdentityCredentials_Get",
  method: "GET",
  path: credentialPath,
  answer: (call) => ok(requireCredential(call)),
});

const list = operation({
  name: "FederatedIdentityCredentials_List",
  method: "GET",
  path: credentialsPath,
  answer: (call) => page(call, credentialsOf(call, requireIdentity(call)), (credential) => credential),
});

const shape = { properties: { issuer: "string", subject: "string", audiences: ["string"] } } as const;

/** https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations: one identity has at most so many. */
const largest = 20;

const createOrUpdate = operation({
  name: "FederatedIdentityCredentials_CreateOrUpdate",
  method: "PUT",
  path: credentialPath,
  answer(call) {
    const existing = findCredential(call);
    const { issuer, subject, audiences } = requestBody(call.request, shape).properties ?? {};
    if (!issuer || !subject || !audiences?.length) {
      throw new ArmError(400, "BadRequest", "The properties 'issuer', 'subject' and 'audiences' are required.");
    }
    const others = credentialsOf(call, requireIdentity(call)).filter((each) => each !== existing);
    if (others.some(({ properties }) => properties.issuer === issuer && properties.subject === subject)) {
      const message = "Issuer and subject combination already exists for this Managed Identity.";
      throw new ArmError(409, "Conflict", message);
    }
    if (others.length >= largest) {
      const message = `Too many Federated Identity Credentials are being written on the managed identity: at most ${largest}.`;
      throw new ArmError(400, "BadRequest", message);
    }
    const id = existing?.id ?? credentialId(call);
    const name = existing?.name ?? call.params.credentialName;
    const body = { id, name, type: credentialType, properties: { issuer, subject, audiences } };
    call.world.federatedIdentityCredentials.set(id.toLowerCase(), body);
    return { status: existing === undefined ? 201 : 200, body };
  },
});

const remove = operation({
  name: "FederatedIdentityCredentials_Delete",
  method: "DELETE",
  path: credentialPath,
  answer(call) {
    const found = findCredential(call);
    if (found === undefined) return noContent;
    call.world.federatedIdentityCredentials.delete(found.id.toLowerCase());
    return { status: 200 };
  },
});

export const federatedIdentityCredentials = [get, list, createOrUpdate, remove];
