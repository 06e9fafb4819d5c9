import { containerServiceApiVersion, kubernetesConfigurationApiVersion } from "../arm/apiVersions.js";
import type { ArmClient } from "../arm/armClient.js";
import { writeToEnd } from "../arm/operations.js";
import { find, listAll, missing } from "../arm/reads.js";
import type { OperationOptions } from "../http/deadline.js";
import { type Kind, listOf, mapOf, type Of, object, optional, orEmpty, shown, text } from "../reading/shapes.js";

const principal = object({ principalId: optional(text) });

/** https://learn.microsoft.com/rest/api/aks/managed-clusters/get */
const cluster = {
  noun: "an AKS cluster",
  shape: object({
    location: text,
    identity: optional(
      object({ principalId: optional(text), userAssignedIdentities: optional(mapOf(orEmpty(principal))) }),
    ),
  }),
} satisfies Kind<unknown>;
export type ClusterResource = Of<typeof cluster.shape>;

/** https://learn.microsoft.com/rest/api/kubernetesconfiguration/extensions/extensions/list */
const extension = {
  noun: "an extension of an AKS cluster",
  shape: object({
    name: text,
    properties: object({
      extensionType: optional(text),
      provisioningState: optional(text),
      /** The identity that it has in the group of the cluster's nodes. */
      aksAssignedIdentity: optional(principal),
      configurationSettings: optional(mapOf(shown)),
    }),
  }),
} satisfies Kind<unknown>;
export type ClusterExtensionResource = Of<typeof extension.shape>;

/** https://learn.microsoft.com/rest/api/aks/trusted-access-role-bindings/list */
const binding = {
  noun: "a trusted access role binding",
  shape: object({
    id: text,
    properties: object({ sourceResourceId: text, roles: listOf(text), provisioningState: optional(text) }),
  }),
} satisfies Kind<unknown>;
export type TrustedAccessRoleBinding = Of<typeof binding.shape>;

/** What this package reads of AKS clusters, and the one thing that it writes. */
export interface Clusters {
  get(id: string, options: OperationOptions): Promise<ClusterResource | undefined>;
  extensions(id: string, options: OperationOptions): Promise<ClusterExtensionResource[]>;
  /** What other Azure resources may do in the cluster. */
  trustedAccess(id: string, options: OperationOptions): Promise<TrustedAccessRoleBinding[]>;
  /** The same binding may be created twice. */
  trust(
    bindingId: string,
    binding: { sourceResourceId: string; roles: readonly string[] },
    options: OperationOptions,
  ): Promise<void>;
  /** That it is gone already, or the cluster, is no error. */
  distrust(bindingId: string, options: OperationOptions): Promise<void>;
}

export function createClusters(client: ArmClient): Clusters {
  return {
    get: (id, options) => find(client, { path: id, apiVersion: containerServiceApiVersion }, cluster, options),
    extensions: (id, options) =>
      listAll(
        client,
        {
          path: `${id}/providers/Microsoft.KubernetesConfiguration/extensions`,
          apiVersion: kubernetesConfigurationApiVersion,
        },
        extension,
        options,
      ),
    trustedAccess: (id, options) =>
      listAll(
        client,
        { path: `${id}/trustedAccessRoleBindings`, apiVersion: containerServiceApiVersion },
        binding,
        options,
      ),
    trust: (path, properties, options) =>
      writeToEnd(
        client,
        { method: "PUT", path, apiVersion: containerServiceApiVersion, body: { properties } },
        options,
      ),
    async distrust(bindingId, options) {
      try {
        const request = { method: "DELETE", path: bindingId, apiVersion: containerServiceApiVersion } as const;
        await writeToEnd(client, request, options);
      } catch (error) {
        const [clusterId = ""] = bindingId.split("/trustedAccessRoleBindings/");
        if (!missing(error, bindingId) && !missing(error, clusterId)) throw error;
      }
    },
  };
}
