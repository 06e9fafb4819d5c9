import { ArmError } from "../../http/armError.js";
import type { World } from "../../world.js";
import { hasRight } from "../mayUseKey.js";
import { type RightName, rightOf } from "../rights.js";
import { isManagedHsm, type Store } from "../stores/types.js";
import { localScope } from "./localScope.js";

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
