import { createHash } from "node:crypto";
import { resourceNotFound } from "../arm/armError.js";
import { type Call, noContent, ok, operation } from "../arm/operation.js";
import { requestBody } from "../arm/requestBody.js";
import { requireGroup } from "../arm/resourceGroup.js";
import type { ArmResource } from "../state/records.js";
import type { World } from "../state/world.js";

const shareType = "Microsoft.Storage/storageAccounts/fileServices/shares";

const sharePath =
  "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Storage/storageAccounts/{accountName}/fileServices/default/shares/{shareName}";

type ShareCall = Call<"subscriptionId" | "resourceGroupName" | "accountName" | "shareName">;

function shareId({ params }: ShareCall): string {
  const { subscriptionId, resourceGroupName, accountName, shareName } = params;
  const group = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroupName}`;
  return `${group}/providers/Microsoft.Storage/storageAccounts/${accountName}/fileServices/default/shares/${shareName}`;
}

const get = operation({
  name: "FileShares_Get",
  method: "GET",
  path: sharePath,
  answer(call) {
    requireGroup(call);
    const { accountName, shareName, resourceGroupName } = call.params;
    const found = call.world.fileShares.get(shareId(call).toLowerCase());
    if (found !== undefined) return ok(found);
    throw resourceNotFound(shareType, `${accountName}/default/${shareName}`, resourceGroupName);
  },
});

/** In an account that need not be there: as much of storage as Azure Backup looks for. */
const create = operation({
  name: "FileShares_Create",
  method: "PUT",
  path: sharePath,
  answer(call) {
    requireGroup(call);
    requestBody(call.request, { properties: "any" }, "optional");
    const id = shareId(call);
    const isThere = call.world.fileShares.has(id.toLowerCase());
    const share = { id, name: call.params.shareName, type: shareType, properties: { shareQuota: 5120 } };
    call.world.fileShares.set(id.toLowerCase(), share);
    return { status: isThere ? 200 : 201, body: share };
  },
});

const remove = operation({
  name: "FileShares_Delete",
  method: "DELETE",
  path: sharePath,
  answer(call) {
    requireGroup(call);
    return call.world.fileShares.delete(shareId(call).toLowerCase()) ? { status: 200 } : noContent;
  },
});

/** Those of one storage account. */
export function sharesOf(world: World, accountId: string): ArmResource[] {
  return [...world.fileShares].filter(([id]) => id.startsWith(`${accountId}/`.toLowerCase())).map(([, share]) => share);
}

/** The name by which Azure Backup knows a share: made of what only it knows. */
export const itemNameOf = ({ id }: ArmResource): string =>
  `AzureFileShare;${createHash("sha256").update(id.toLowerCase()).digest("hex").toUpperCase()}`;

export const fileShares = [get, create, remove];
