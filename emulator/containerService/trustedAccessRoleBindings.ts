import { ArmError, resourceNotFound } from "../arm/armError.js";
import { page } from "../arm/list.js";
import { type Call, noContent, ok, operation } from "../arm/operation.js";
import { requestBody } from "../arm/requestBody.js";
import type { ArmResource } from "../state/records.js";
import { type ClusterCall, clusterPath, clusterType, requireCluster } from "./managedClusters.js";

const bindingsPath = `${clusterPath}/trustedAccessRoleBindings` as const;

const bindingPath = `${bindingsPath}/{trustedAccessRoleBindingName}` as const;

type BindingCall = ClusterCall & Call<"trustedAccessRoleBindingName">;

const bindingId = (call: BindingCall): string =>
  `${requireCluster(call).id}/trustedAccessRoleBindings/${call.params.trustedAccessRoleBindingName}`;

const findBinding = (call: BindingCall): ArmResource | undefined =>
  call.world.trustedAccessRoleBindings.get(bindingId(call).toLowerCase());

const get = operation({
  name: "TrustedAccessRoleBindings_Get",
  method: "GET",
  path: bindingPath,
  answer(call) {
    const found = findBinding(call);
    if (found !== undefined) return ok(found);
    const { resourceName, trustedAccessRoleBindingName: name, resourceGroupName } = call.params;
    throw resourceNotFound(clusterType, `${resourceName}/trustedAccessRoleBindings/${name}`, resourceGroupName);
  },
});

const list = operation({
  name: "TrustedAccessRoleBindings_List",
  method: "GET",
  path: bindingsPath,
  answer(call) {
    const prefix = `${requireCluster(call).id}/`.toLowerCase();
    const here = [...call.world.trustedAccessRoleBindings].filter(([id]) => id.startsWith(prefix));
    return page(call, here, ([, binding]) => binding);
  },
});

const createOrUpdate = operation({
  name: "TrustedAccessRoleBindings_CreateOrUpdate",
  method: "PUT",
  path: bindingPath,
  answer(call) {
    const before = findBinding(call);
    const { sourceResourceId, roles } =
      requestBody(call.request, { properties: { sourceResourceId: "string", roles: ["string"] } }).properties ?? {};
    const name = before?.name ?? call.params.trustedAccessRoleBindingName;
    // https://learn.microsoft.com/rest/api/aks/trusted-access-role-bindings/create-or-update
    if (!/^[A-Za-z0-9-]{1,24}$/.test(name)) throw invalid(`the name '${name}' must match ^[A-Za-z0-9-]{1,24}$.`);
    if (!sourceResourceId || !roles?.length) throw invalid("properties.sourceResourceId and roles are required.");
    const id = bindingId(call);
    const properties = { provisioningState: "Succeeded", sourceResourceId, roles };
    const binding = { id: before?.id ?? id, name, type: `${clusterType}/trustedAccessRoleBindings`, properties };
    call.world.trustedAccessRoleBindings.set(id.toLowerCase(), binding);
    return { status: before === undefined ? 201 : 200, body: binding };
  },
});

const invalid = (fact: string) => new ArmError(400, "EmulatorUnverifiedTrustedAccessRoleBindingInvalid", fact);

const remove = operation({
  name: "TrustedAccessRoleBindings_Delete",
  method: "DELETE",
  path: bindingPath,
  answer(call) {
    call.world.trustedAccessRoleBindings.delete(bindingId(call).toLowerCase());
    return noContent;
  },
});

export const trustedAccessRoleBindings = [get, list, createOrUpdate, remove];
