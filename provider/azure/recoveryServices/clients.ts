import type { ArmClient } from "../armClient.js";
import type { WriteOptions } from "../operations.js";
import type { Reading } from "../reading/answers.js";
import { recoveryServicesApiVersion } from "./apiVersion.js";
import { httpClientOf, noCredential, plainPipeline, signingPolicy } from "./httpClient.js";

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
  const { RecoveryServicesClient } = await import("@azure/arm-recoveryservices");
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
  const { RecoveryServicesBackupClient } = await import("@azure/arm-recoveryservicesbackup");
  const { resourceManager } = await client.cloud(options);
  const microsofts = new RecoveryServicesBackupClient(noCredential, subscriptionId, {
    ...plainPipeline,
    endpoint: resourceManager,
    httpClient: httpClientOf(client, options, reading),
  });
  microsofts.pipeline.removePolicy(signingPolicy);
  return microsofts;
}
