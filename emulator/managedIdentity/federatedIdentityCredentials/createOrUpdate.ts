import { ArmError } from "../../http/armError.js";
import { operation } from "../../http/operation.js";
import { requestBody } from "../../http/requestBody.js";
import { requireIdentity } from "../userAssignedIdentities/path.js";
import { credentialId, credentialPath, credentialsOf, credentialType, findCredential } from "./path.js";

const shape = { properties: { issuer: "string", subject: "string", audiences: ["string"] } } as const;

/** https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations: one identity has at most so many. */
const largest = 20;

export const createOrUpdate = operation({
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
