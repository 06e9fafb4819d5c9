import { operation } from "../../http/operation.js";
import { page } from "../../http/page.js";
import { requireIdentity } from "../userAssignedIdentities/path.js";
import { credentialsOf, credentialsPath } from "./path.js";

export const list = operation({
  name: "FederatedIdentityCredentials_List",
  method: "GET",
  path: credentialsPath,
  answer: (call) => page(call, credentialsOf(call, requireIdentity(call)), (credential) => credential),
});
