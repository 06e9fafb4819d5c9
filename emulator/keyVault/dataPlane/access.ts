import jwt from "jsonwebtoken";
import { ArmError } from "../../arm/armError.js";
import type { EmulatorRequest } from "../../arm/operation.js";
import type { Signing } from "../../entra/accessToken.js";
import { resourceName } from "../../entra/directory.js";
import type { World } from "../../state/world.js";
import { hasRight, type RightName, rightOf } from "../rights.js";
import { isManagedHsm, type Store } from "../stores.js";
import { localScope } from "./request.js";

/**
 * A first request without a token is how clients learn where to sign in.
 * https://learn.microsoft.com/azure/key-vault/general/authentication-requests-and-responses
 */
export function authenticateAt(store: Store, world: World, signing: Signing, request: EmulatorRequest): Caller {
  const audience = isManagedHsm(store) ? "https://managedhsm.azure.net" : "https://vault.azure.net";
  const challenge = `Bearer authorization="${request.authority}/${world.tenantId}", resource="${audience}"`;
  const refuse = (message: string, error = "") =>
    new ArmError(401, "Unauthorized", message, { headers: { "WWW-Authenticate": `${challenge}${error}` } });
  const [scheme, token] = (request.headers.authorization ?? "").split(" ");
  if (!token || scheme?.toLowerCase() !== "bearer") {
    throw refuse("AKV10000: Request is missing a Bearer or PoP token.");
  }
  const claims = claimsOf(token, signing, refuse);
  const found = String(claims.aud);
  if (resourceName(found) === audience) return { appid: claims.appid, oid: claims.oid, iss: String(claims.iss) };
  throw refuse(`AKV10022: Invalid audience. Expected ${audience}, found: ${found}.`, ', error="invalid_token"');
}

function claimsOf(token: string, signing: Signing, refuse: (message: string, error: string) => ArmError) {
  try {
    return jwt.verify(token, signing.publicKey, { algorithms: ["RS256"], complete: false }) as jwt.JwtPayload;
  } catch (error) {
    const fact = error instanceof jwt.TokenExpiredError ? "Token has expired" : "The token cannot be validated";
    throw refuse(`AKV10000: ${fact}.`, ', error="invalid_token"');
  }
}

/** Who asks, as the token says. */
export interface Caller {
  appid: string;
  oid: string;
  iss: string;
}

/** What each operation of a data plane needs. */
export const needs: Record<string, RightName> = {
  GetKey: "get",
  GetKeys: "list",
  GetKeyVersions: "list",
  CreateKey: "create",
  ImportKey: "import",
  UpdateKey: "update",
  DeleteKey: "delete",
  GetDeletedKey: "getDeleted",
  GetDeletedKeys: "listDeleted",
  RecoverDeletedKey: "recover",
  PurgeDeletedKey: "purge",
  RotateKey: "rotate",
  GetKeyRotationPolicy: "getRotationPolicy",
  UpdateKeyRotationPolicy: "setRotationPolicy",
  GetCertificateContacts: "manageContacts",
  encrypt: "encrypt",
  decrypt: "decrypt",
  wrapKey: "wrapKey",
  unwrapKey: "unwrapKey",
  RoleDefinitions_Get: "readRoles",
  RoleDefinitions_List: "readRoles",
  RoleAssignments_Get: "readAssignments",
  RoleAssignments_ListForScope: "readAssignments",
  RoleAssignments_Create: "writeAssignments",
  RoleAssignments_Delete: "deleteAssignments",
};

/** The emulator's application may do everything; identities that sign in, what was granted to them. */
export function authorize(
  world: World,
  store: Store,
  caller: Caller,
  operation: string,
  params: Record<string, string>,
  now: number,
): void {
  if (caller.oid === world.application.objectId) return;
  const right = needs[operation];
  if (right === undefined) throw new Error(`Nobody said what right ${operation} needs.`);
  const scope = params.keyName === undefined ? localScope(params) : `/keys/${params.keyName}`;
  if (!hasRight(world, store, scope, caller.oid, right, now)) throw refusal(store, scope, caller, right);
}

/** https://learn.microsoft.com/azure/key-vault/general/rest-error-codes#http-403-insufficient-permissions */
function refusal(store: Store, scope: string, { appid, oid, iss }: Caller, right: RightName): ArmError {
  const { name, id, properties } = store.body;
  const who = `appid=${appid};oid=${oid};iss=${iss}`;
  const { over = "keys", policy, ofVault, ofHsm } = rightOf(right);
  const refuse = (message: string, code: string) =>
    new ArmError(403, "Forbidden", message, { error: { innererror: { code } } });
  if (!isManagedHsm(store) && !properties.enableRbacAuthorization) {
    const message = `The user, group or application '${who}' does not have ${over} ${policy} permission on key vault '${name}'.`;
    return refuse(message, "AccessDenied");
  }
  const [action, resource] = isManagedHsm(store) ? [ofHsm, scope] : [ofVault, `${id}${scope}`];
  const fact =
    "Caller is not authorized to perform action on resource.\r\nIf role assignments, deny assignments or role " +
    `definitions were changed recently, please observe propagation time.\r\nCaller: ${who}\r\n` +
    `Action: '${action}'\r\nResource: '${resource}'`;
  return refuse(fact, "ForbiddenByRbac");
}
