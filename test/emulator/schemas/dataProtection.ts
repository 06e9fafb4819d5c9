import {
  anything,
  flag,
  just,
  list,
  map,
  number,
  object,
  open,
  readOnly,
  type Schema,
  text,
  time,
  whole,
} from "./schema.js";

/**
 * The bodies of Microsoft.DataProtection as Microsoft's specification has them: names, types, what is required and what
 * is read-only. Its enumerations may grow ("modelAsString"), so their values are text.
 * Azure/azure-rest-api-specs, specification/dataprotection/resource-manager/Microsoft.DataProtection/DataProtection,
 * stable/2026-06-01
 */

const systemData = object({
  createdBy: text,
  createdByType: text,
  createdAt: time,
  lastModifiedBy: text,
  lastModifiedByType: text,
  lastModifiedAt: time,
});

const envelope = readOnly({ id: text, name: text, type: text, systemData });
const proxy = (properties: Schema) => object({ ...envelope, properties });
const page = (item: Schema) => object({ value: list(item), nextLink: text });

const state = object({ state: text });
const identity = object({
  ...readOnly({ principalId: text, tenantId: text }),
  type: text,
  userAssignedIdentities: map(object(readOnly({ principalId: text, clientId: text }))),
});

const vaultMembers = {
  monitoringSettings: object({ azureMonitorAlertSettings: object({ alertsForAllJobFailures: text }) }),
  securitySettings: object({
    softDeleteSettings: object({ state: text, retentionDurationInDays: number }),
    immutabilitySettings: state,
    encryptionSettings: object({
      state: text,
      keyVaultProperties: object({ keyUri: text }),
      kekIdentity: object({ identityType: text, identityId: text }),
      infrastructureEncryption: text,
    }),
  }),
  storageSettings: list(object({ datastoreType: text, type: text })),
  featureSettings: object({ crossSubscriptionRestoreSettings: state, crossRegionRestoreSettings: state }),
  costManagementSettings: object({ granularityLevel: text }),
  resourceGuardOperationRequests: list(text),
  replicatedRegions: list(text),
  ...readOnly({
    provisioningState: text,
    resourceMoveState: text,
    resourceMoveDetails: object({
      operationId: text,
      startTimeUtc: text,
      completionTimeUtc: text,
      sourceResourcePath: text,
      targetResourcePath: text,
    }),
    isVaultProtectedByResourceGuard: flag,
    secureScore: text,
    bcdrSecurityLevel: text,
  }),
};

export const backupVaultProperties = object(vaultMembers);
export const backupVault = object({
  ...envelope,
  "location!": text,
  tags: map(text),
  identity,
  eTag: text,
  properties: backupVaultProperties,
});
export const backupVaults = page(backupVault);

export const deletedBackupVault = proxy(
  object({
    ...vaultMembers,
    "originalBackupVaultId!": text,
    "originalBackupVaultName!": text,
    "originalBackupVaultResourcePath!": text,
    "resourceDeletionInfo!": object({ deletionTime: time, scheduledPurgeTime: time, deleteActivityId: text }),
  }),
);
export const deletedBackupVaults = page(deletedBackupVault);

export const nameAvailability = object({ nameAvailable: flag, reason: text, message: text });

const policyRule = open({ "name!": text, "objectType!": text });
export const backupPolicy = proxy(
  object({ "objectType!": just("BackupPolicy"), "datasourceTypes!": list(text), "policyRules!": list(policyRule) }),
);
export const backupPolicies = page(backupPolicy);

const typed = open({ "objectType!": text });
const dataSource = object({
  "resourceID!": text,
  datasourceType: text,
  objectType: text,
  resourceLocation: text,
  resourceName: text,
  resourceType: text,
  resourceUri: text,
  resourceProperties: typed,
});

/** It holds itself: a detail of an error is an error. */
const userFacingErrorId = "https://schemas.example/userFacingError";
export const userFacingError: Schema = {
  $id: userFacingErrorId,
  ...object({
    code: text,
    message: text,
    target: text,
    recommendedAction: list(text),
    details: list({ $ref: userFacingErrorId }),
    innerError: open({ code: text, additionalInfo: map(text) }),
    isRetryable: flag,
    isUserError: flag,
    properties: map(text),
  }),
};
const error: Schema = { $ref: userFacingErrorId };

const instanceMembers = {
  friendlyName: text,
  "dataSourceInfo!": dataSource,
  dataSourceSetInfo: dataSource,
  "policyInfo!": object({
    "policyId!": text,
    ...readOnly({ policyVersion: text }),
    policyParameters: object({ dataStoreParametersList: list(typed), backupDatasourceParametersList: list(typed) }),
  }),
  resourceGuardOperationRequests: list(text),
  ...readOnly({
    protectionStatus: object({ status: text, errorDetails: error }),
    currentProtectionState: text,
    protectionErrorDetails: error,
    provisioningState: text,
  }),
  datasourceAuthCredentials: typed,
  validationType: text,
  identityDetails: object({ useSystemAssignedIdentity: flag, userAssignedIdentityArmUrl: text }),
  "objectType!": text,
};

export const backupInstance = object({ ...envelope, tags: map(text), properties: object(instanceMembers) });
export const backupInstances = page(backupInstance);
export const deletedBackupInstance = proxy(
  object({
    ...instanceMembers,
    ...readOnly({
      deletionInfo: object({
        deletionTime: text,
        billingEndDate: text,
        scheduledPurgeTime: text,
        deleteActivityID: text,
      }),
    }),
  }),
);
export const deletedBackupInstances = page(deletedBackupInstance);

const recoveryPoint = object({ recoveryPointID: text, recoveryPointTime: time });
export const backupJob = proxy(
  object({
    "activityID!": text,
    "backupInstanceFriendlyName!": text,
    "dataSourceId!": text,
    "dataSourceLocation!": text,
    "dataSourceName!": text,
    dataSourceSetName: text,
    "dataSourceType!": text,
    duration: text,
    "isUserTriggered!": flag,
    "operation!": text,
    "operationCategory!": text,
    "progressEnabled!": flag,
    "sourceResourceGroup!": text,
    "sourceSubscriptionID!": text,
    "startTime!": time,
    "status!": text,
    "subscriptionId!": text,
    "supportedActions!": list(text),
    "vaultName!": text,
    etag: text,
    sourceDataStoreName: text,
    destinationDataStoreName: text,
    ...readOnly({
      backupInstanceId: text,
      endTime: time,
      errorDetails: list(error),
      policyId: text,
      policyName: text,
      progressUrl: text,
      rehydrationPriority: text,
      restoreType: text,
      extendedInfo: object({
        additionalDetails: map(text),
        backupInstanceState: text,
        dataTransferredInBytes: number,
        recoveryDestination: text,
        sourceRecoverPoint: recoveryPoint,
        targetRecoverPoint: recoveryPoint,
        subTasks: list(
          object({
            additionalDetails: map(text),
            "taskId!": whole,
            "taskName!": text,
            taskProgress: text,
            "taskStatus!": text,
          }),
        ),
        warningDetails: list(object({ resourceName: text, "warning!": error })),
      }),
    }),
  }),
);
export const backupJobs = page(backupJob);

export const resourceGuard = object({
  ...envelope,
  "location!": text,
  tags: map(text),
  eTag: text,
  properties: object({
    vaultCriticalOperationExclusionList: list(text),
    ...readOnly({
      provisioningState: text,
      allowAutoApprovals: flag,
      resourceGuardOperations: list(object({ vaultCriticalOperation: text, requestResourceType: text })),
      description: text,
    }),
  }),
});
export const resourceGuards = page(resourceGuard);
export const requestObject = object(readOnly({ id: text, name: text, type: text }));
export const requestObjects = page(requestObject);

export const resourceGuardProxy = proxy(
  object({
    resourceGuardResourceId: text,
    resourceGuardOperationDetails: list(object({ vaultCriticalOperation: text, defaultResourceRequest: text })),
    lastUpdatedTime: text,
    description: text,
  }),
);
export const resourceGuardProxies = page(resourceGuardProxy);
export const emptyObject = object({});
export const unlockDelete = object({ unlockDeleteExpiryTime: text });

export const featureSupport = object({
  "objectType!": just("FeatureValidationResponse"),
  featureType: text,
  features: list(object({ featureName: text, supportStatus: text, exposureControlledFeatures: list(text) })),
});

export const operationJob = object({ "objectType!": just("OperationJobExtendedInfo"), jobId: text });

const errorId = "https://schemas.example/error";
export const cloudErrorDetail: Schema = {
  $id: errorId,
  ...object({
    code: text,
    message: text,
    target: text,
    details: list({ $ref: errorId }),
    additionalInfo: list(object({ type: text, info: anything })),
  }),
};
export const cloudError = object({ error: { $ref: errorId } });

export const operationResource = object({
  id: text,
  name: text,
  status: text,
  startTime: time,
  endTime: time,
  error: { $ref: errorId },
  properties: operationJob,
});
