import type { TokenCredential } from "@azure/core-auth";
import type { HttpClient, PipelineRequest, PipelineResponse } from "@azure/core-rest-pipeline";
import { requireVaultId, type VaultId } from "../../vaults/vaultId.js";
import { recoveryServicesApiVersion } from "../arm/apiVersions.js";
import { type ArmClient, operationName } from "../arm/armClient.js";
import { operationEnd, type WriteOptions } from "../arm/operations.js";
import { mayFollow } from "../arm/reads.js";
import type { HttpResponse } from "../http/http.js";
import { libraries } from "../libraries.js";
import type { Reading } from "../reading/responses.js";

/**
 * Microsoft's client for vaults, for one call of ours and within its deadline.
 *
 * @param reading what the call reads; undefined for a write
 */
export async function vaultsClient(
  client: ArmClient,
  subscriptionId: string,
  reading: Reading<unknown> | undefined,
  options: WriteOptions,
) {
  const { RecoveryServicesClient } = libraries.recoveryServices();
  const { resourceManager } = await client.cloud(options);
  const microsofts = new RecoveryServicesClient(noCredential, subscriptionId, {
    ...plainPipeline,
    endpoint: resourceManager,
    apiVersion: recoveryServicesApiVersion,
    httpClient: httpClientOf(client, options, reading),
  });
  microsofts.pipeline.removePolicy(signingPolicy);
  return microsofts;
}

/** Microsoft's client for what lies in vaults, for one call of ours and within its deadline. */
export async function backupClient(
  client: ArmClient,
  subscriptionId: string,
  reading: Reading<unknown>,
  options: WriteOptions,
) {
  const { RecoveryServicesBackupClient } = libraries.recoveryServicesBackup();
  const { resourceManager } = await client.cloud(options);
  const microsofts = new RecoveryServicesBackupClient(noCredential, subscriptionId, {
    ...plainPipeline,
    endpoint: resourceManager,
    httpClient: httpClientOf(client, options, reading),
  });
  microsofts.pipeline.removePolicy(signingPolicy);
  return microsofts;
}

/**
 * What Microsoft's clients send goes through our own connection: its token, its deadline, its retries and its errors. A
 * write is answered when its operation has ended, so their poller has nothing left to ask
 * (decisions/recovery-services-client.md). What they read has been looked at before they get it: they would make of a
 * page of HTML a vault without settings, and follow pages in a circle for ever.
 *
 * @param reading what the one call that this client is for reads. Undefined: it only writes
 */
export function httpClientOf(
  client: ArmClient,
  options: WriteOptions,
  reading: Reading<unknown> | undefined,
): HttpClient {
  const followed = new Set<string>();
  let list: string | undefined;
  return {
    async sendRequest(request) {
      const { url, body } = request;
      const { pathname, searchParams } = new URL(url);
      const path = decodeURIComponent(pathname);
      const method = request.method as "GET" | "PUT" | "PATCH" | "POST" | "DELETE";
      const operation = operationName(method, path);
      if (method === "GET") {
        if (!reading) throw new Error(`${operation} was not meant to be read.`);
        mayFollow(url, followed, operation, options);
        const response = await client.forward({ method, url, headers: options.headers }, options, list);
        list ??= operation;
        return responseTo(request, { ...response, body: reading(response, path, operation) });
      }
      const given = typeof body === "string" ? JSON.parse(body) : undefined;
      const response = await client.forward({ method, url, headers: options.headers, body: given }, options);
      const accepted = { operation, resourceId: path, apiVersion: searchParams.get("api-version") ?? "", response };
      await operationEnd(client, accepted, options, options.onProgress);
      return responseTo(request, { status: method === "DELETE" ? 204 : 200, headers: {}, body: {} });
    },
  };
}

async function responseTo(
  request: PipelineRequest,
  { status, headers, body }: HttpResponse,
): Promise<PipelineResponse> {
  const { createHttpHeaders } = libraries.restPipeline();
  const bodyAsText = body === undefined ? null : JSON.stringify(body);
  // Our connection has read the whole body, perhaps in another form than it was sent.
  const { "content-length": _, "content-encoding": _1, ...rest } = headers;
  return { request, status, headers: createHttpHeaders({ ...rest, "content-type": "application/json" }), bodyAsText };
}

/** Our connection has the token; nothing of Microsoft's clients needs to see it. */
export const noCredential: TokenCredential = { getToken: async () => null };

/** For both clients: nothing is sent twice, and nowhere else, behind our back. */
export const plainPipeline = { retryOptions: { maxRetries: 0 }, redirectOptions: { maxRetries: 0 } };

export const signingPolicy = { name: "bearerTokenAuthenticationPolicy" };

/** Throws where the ID is that of something else. */
export const recoveryServicesVaultParts = (id: string): VaultId => requireVaultId(id, "RecoveryServicesVault");
