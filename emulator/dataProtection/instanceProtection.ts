import { operation, type Reply } from "../arm/operation.js";
import { requestBody } from "../arm/requestBody.js";
import type { ArmResource, BackupVaultRecord } from "../state/records.js";
import { backupError, invalidInput, unverified } from "./backupError.js";
import type { JobKind } from "./backupJobs.js";
import { isKeptIn } from "./clusterBackup.js";
import { resourceGuardsOf } from "./guardConsent.js";
import {
  accepted,
  beginInstanceOperation,
  effectOn,
  type InstanceCall,
  instancePath,
  refuseWhileWritingInstance,
  requireInstance,
} from "./instanceCall.js";
import { refuseOtherInstance } from "./protectedSources.js";
import { refuseUnguarded } from "./resourceGuardRules.js";

interface Change {
  /** The protection state when it has ended. */
  state: string;
  job: JobKind;
  /** What a resource guard calls it, where it can be guarded. */
  guarded?: string;
}

/** Stops, suspends and resumes: an instance goes from one state to another. */
function changeProtection(call: InstanceCall, { state, job, guarded }: Change): Reply {
  const { vault, instance } = requireInstance(call);
  const shape = { resourceGuardOperationRequests: ["string"] } as const;
  const { resourceGuardOperationRequests: requests } = requestBody(call.request, shape, "optional");
  if (guarded !== undefined) refuseUnguarded({ vault, resourceGuards: resourceGuardsOf(call) }, guarded, requests);
  refuseWhileWritingInstance(call, vault, instance.name.toLowerCase());
  // Recorded: what is so already begins no operation.
  if (instance.properties.currentProtectionState === state) return { status: 200 };
  if (state === "ProtectionConfigured") refuseOtherInstance(call.world, instance);
  if (state === "ProtectionStopped") refuseContinuous(vault, instance);
  const effect = { kind: "instanceWritten", ...effectOn(vault, instance.name), state } as const;
  return accepted(beginInstanceOperation(call, vault, effect, { job }));
}

// https://learn.microsoft.com/azure/backup/backup-azure-troubleshoot-blob-backup
function refuseContinuous(vault: BackupVaultRecord, { properties }: ArmResource): void {
  const isOfBlobs = properties.dataSourceInfo.datasourceType === "Microsoft.Storage/storageAccounts/blobServices";
  const isContinuous = isKeptIn("OperationalStore", vault, properties) && !isKeptIn("VaultStore", vault, properties);
  if (!isOfBlobs || !isContinuous) return;
  const code = "UserErrorStopProtectionNotSupportedForBlobOperationalBackup";
  const message = "Stop protection is not supported for operational tier blob backups";
  throw backupError(400, code, message, ["Operational tier blob backups cannot be stopped."]);
}

const stopProtection = operation({
  name: "BackupInstances_StopProtection",
  method: "POST",
  path: `${instancePath}/stopProtection`,
  answer: (call) =>
    changeProtection(call, {
      state: "ProtectionStopped",
      job: { operation: "StopProtection", operationCategory: "Management" },
      guarded: "Microsoft.DataProtection/backupVaults/backupInstances/stopProtection/action",
    }),
});

const resumeProtection = operation({
  name: "BackupInstances_ResumeProtection",
  method: "POST",
  path: `${instancePath}/resumeProtection`,
  answer: (call) =>
    changeProtection(call, {
      state: "ProtectionConfigured",
      job: { operation: "ResumeProtection", operationCategory: "Management" },
    }),
});

const suspendBackups = operation({
  name: "BackupInstances_SuspendBackups",
  method: "POST",
  path: `${instancePath}/suspendBackups`,
  answer: (call) =>
    changeProtection(call, {
      state: "BackupsSuspended",
      job: { operation: "SuspendBackups", operationCategory: "Management" },
      guarded: "Microsoft.DataProtection/backupVaults/backupInstances/suspendBackups/action",
    }),
});

const resumeBackups = operation({
  name: "BackupInstances_ResumeBackups",
  method: "POST",
  path: `${instancePath}/resumeBackups`,
  answer: (call) =>
    changeProtection(call, {
      state: "ProtectionConfigured",
      job: { operation: "ResumeBackups", operationCategory: "Management" },
    }),
});

/** Repeats what failed last: an instance whose protection could not be configured is protected then. */
const sync = operation({
  name: "BackupInstances_SyncBackupInstance",
  method: "POST",
  path: `${instancePath}/sync`,
  answer(call) {
    const { vault, instance } = requireInstance(call);
    requestBody(call.request, { syncType: "string" }, "optional");
    const { provisioningState, currentProtectionState } = instance.properties;
    const state = provisioningState === "Failed" ? "ProtectionConfigured" : currentProtectionState;
    const effect = { kind: "instanceWritten", ...effectOn(vault, instance.name), state } as const;
    return accepted(beginInstanceOperation(call, vault, effect));
  },
});

/** A job and nothing else: the emulator has no data, so no recovery point comes of it. */
const adhocBackup = operation({
  name: "BackupInstances_AdhocBackup",
  method: "POST",
  path: `${instancePath}/backup`,
  answer(call) {
    const { vault, instance } = requireInstance(call);
    const { backupRuleOptions } = requestBody(call.request, {
      backupRuleOptions: { ruleName: "string", triggerOption: { retentionTagOverride: "string" } },
    });
    if (!backupRuleOptions?.ruleName) throw invalidInput("backupRuleOptions.ruleName is missing.");
    const state = instance.properties.currentProtectionState;
    if (state !== "ProtectionConfigured") {
      const message = `The backup instance '${instance.name}' is in the state ${state}. Azure's own answer is not documented.`;
      throw unverified("backup-not-configured", message);
    }
    const effect = { kind: "instanceWritten", ...effectOn(vault, instance.name), state } as const;
    const job = { operation: "Backup", operationCategory: "Backup" };
    return accepted(beginInstanceOperation(call, vault, effect, { job, retryAfterSeconds: 60 }));
  },
});

export const instanceProtection = [stopProtection, resumeProtection, suspendBackups, resumeBackups, sync, adhocBackup];
