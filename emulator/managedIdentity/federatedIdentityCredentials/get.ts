import { operation } from "../../http/operation.js";
import { ok } from "../../http/reply.js";
import { credentialPath, requireCredential } from "./path.js";

export const get = operation({
  name: "FederatedIdentityCredentials_Get",
  method: "GET",
  path: credentialPath,
  answer: (call) => ok(requireCredential(call)),
});
