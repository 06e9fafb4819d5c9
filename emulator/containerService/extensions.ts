import { ArmError, resourceNotFound } from "../arm/armError.js";
import { page } from "../arm/list.js";
import { type Call, noContent, ok, operation } from "../arm/operation.js";
import { requestBody } from "../arm/requestBody.js";
import type { ArmResource } from "../state/records.js";
import { guid } from "../state/world.js";
import { type ClusterCall, clusterPath, requireCluster } from "./managedClusters.js";

const extensionType = "Microsoft.KubernetesConfiguration/extensions";

const extensionsPath = `${clusterPath}/providers/Microsoft.KubernetesConfiguration/extensions` as const;

const extensionPath = `${extensionsPath}/{extensionName}` as const;

type ExtensionCall = ClusterCall & Call<"extensionName">;

const extensionId = (call: ExtensionCall): string =>
  `${requireCluster(call).id}/providers/${extensionType}/${call.params.extensionName}`;

const findExtension = (call: ExtensionCall): ArmResource | undefined =>
  call.world.clusterExtensions.get(extensionId(call).toLowerCase());

const get = operation({
  name: "Extensions_Get",
  method: "GET",
  path: extensionPath,
  answer(call) {
    const found = findExtension(call);
    if (found !== undefined) return ok(found);
    throw resourceNotFound(extensionType, call.params.extensionName, call.params.resourceGroupName);
  },
});

const list = operation({
  name: "Extensions_List",
  method: "GET",
  path: extensionsPath,
  answer(call) {
    const prefix = `${requireCluster(call).id}/`.toLowerCase();
    const here = [...call.world.clusterExtensions].filter(([id]) => id.startsWith(prefix));
    return page(call, here, ([, extension]) => extension);
  },
});

/** Installed at once. An extension of an AKS cluster gets an identity of its own, in the group of the cluster's nodes. */
// https://learn.microsoft.com/azure/backup/azure-kubernetes-service-cluster-backup-concept#backup-extension
const create = operation({
  name: "Extensions_Create",
  method: "PUT",
  path: extensionPath,
  answer(call) {
    const before = findExtension(call);
    const { properties = {} } = requestBody(call.request, {
      properties: { extensionType: "string", configurationSettings: { "*": "string" }, "*": "any" },
    });
    if (!properties.extensionType) {
      throw new ArmError(400, "EmulatorUnverifiedExtensionTypeMissing", "properties.extensionType is missing.");
    }
    const { configurationProtectedSettings: _hidden, ...shown } = properties;
    const id = extensionId(call);
    const extension = {
      id: before?.id ?? id,
      name: before?.name ?? call.params.extensionName,
      type: extensionType,
      properties: {
        ...shown,
        provisioningState: "Succeeded",
        aksAssignedIdentity: before?.properties.aksAssignedIdentity ?? {
          type: "UserAssigned",
          principalId: guid(),
          tenantId: call.world.tenantId,
        },
      },
    };
    call.world.clusterExtensions.set(id.toLowerCase(), extension);
    return { status: before === undefined ? 201 : 200, body: extension };
  },
});

const remove = operation({
  name: "Extensions_Delete",
  method: "DELETE",
  path: extensionPath,
  answer(call) {
    call.world.clusterExtensions.delete(extensionId(call).toLowerCase());
    return noContent;
  },
});

export const clusterExtensions = [get, list, create, remove];
