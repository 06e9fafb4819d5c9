import { type Call, noContent, ok, operation, type Reply } from "../arm/operation.js";
import { requestBody } from "../arm/requestBody.js";
import { requireVault, type VaultCall, vaultPath } from "./vaultPath.js";

const path = `${vaultPath}/extendedInformation/vaultExtendedInfo` as const;

const getExtendedInfo = operation({
  name: "VaultExtendedInfo_Get",
  method: "GET",
  path,
  answer: (call) => shown(call),
});

const createExtendedInfo = operation({
  name: "VaultExtendedInfo_CreateOrUpdate",
  method: "PUT",
  path,
  answer: (call) => written(call, {}),
});

const updateExtendedInfo = operation({
  name: "VaultExtendedInfo_Update",
  method: "PATCH",
  path,
  answer: (call) => written(call, requireVault(call).extendedInfo),
});

const shape = {
  properties: {
    integrityKey: "string",
    encryptionKey: "string",
    encryptionKeyThumbprint: "string",
    algorithm: "string",
  },
} as const;

function written(call: VaultCall, before: object): Reply {
  const { properties } = requestBody(call.request, shape);
  requireVault(call).extendedInfo = { ...before, ...properties };
  return shown(call);
}

function shown(call: VaultCall & Call): Reply {
  const { body, extendedInfo } = requireVault(call);
  return ok({
    id: `${body.id}/extendedInformation/vaultExtendedInfo`,
    name: "vaultExtendedInfo",
    type: "Microsoft.RecoveryServices/vaults/extendedInformation",
    properties: extendedInfo,
  });
}

/** Takes the registration of a server away; none of these is emulated. */
const deleteRegisteredIdentity = operation({
  name: "RegisteredIdentities_Delete",
  method: "DELETE",
  path: `${vaultPath}/registeredIdentities/{identityName}`,
  answer(call) {
    requireVault(call);
    return noContent;
  },
});

export const serverRegistration = [getExtendedInfo, createExtendedInfo, updateExtendedInfo, deleteRegisteredIdentity];
