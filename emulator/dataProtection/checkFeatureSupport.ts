import { ok, operation } from "../arm/operation.js";
import { requestBody } from "../arm/requestBody.js";
import { requireSubscription } from "../arm/resourceGroup.js";
import { invalidInput } from "./backupError.js";

/** https://learn.microsoft.com/azure/backup/backup-vault-overview */
const dataSourceTypes = [
  "Microsoft.Compute/disks",
  "Microsoft.Storage/storageAccounts/blobServices",
  "Microsoft.Storage/storageAccounts/adlsBlobServices",
  "Microsoft.DBforPostgreSQL/servers/databases",
  "Microsoft.DBforPostgreSQL/flexibleServers",
  "Microsoft.ContainerService/managedClusters",
];

/** In the emulator all data sources are supported everywhere: it never sees them. */
export const checkFeatureSupport = operation({
  name: "DataProtection_CheckFeatureSupport",
  method: "POST",
  path: "/subscriptions/{subscriptionId}/providers/Microsoft.DataProtection/locations/{location}/checkFeatureSupport",
  answer(call) {
    requireSubscription(call);
    const { objectType, featureType, featureName } = requestBody(call.request, {
      objectType: "string",
      featureType: "string",
      featureName: "string",
    });
    if (objectType !== "FeatureValidationRequest") {
      throw invalidInput('objectType must be "FeatureValidationRequest".');
    }
    const known = featureType === "DataSourceType" ? dataSourceTypes : [];
    const features = known
      .filter((name) => featureName === undefined || name.toLowerCase() === featureName.toLowerCase())
      .map((name) => ({ featureName: name, supportStatus: "GenerallyAvailable", exposureControlledFeatures: [] }));
    return ok({ objectType: "FeatureValidationResponse", featureType: featureType ?? "Invalid", features });
  },
});
