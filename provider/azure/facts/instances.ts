import type { BackupInstance, BackupInstanceResource } from "../dataProtection/backupInstanceResource.js";
import type { BackupPolicyResource, DataStore } from "../dataProtection/backupPolicyResource.js";

/** A backup instance in short. */
export interface Instance {
  name: string;
  /** Azure's `currentProtectionState`, or `protectionStatus.status` where that is absent. */
  state: string;
  datasourceType?: string;
  /** Where its backups lie, by its policy. Absent: not known. */
  dataStoreTypes?: string[];
  /** `SystemAssigned`, or the ARM id of the user-assigned identity that it uses. */
  identity: string;
}

export function instanceFrom(
  { name, properties }: Pick<BackupInstanceResource, "name" | "properties">,
  policies: BackupPolicyResource[],
  otherwise: string,
): Instance {
  return {
    name: properties.friendlyName || name,
    state: properties.currentProtectionState ?? properties.protectionStatus?.status ?? otherwise,
    datasourceType: properties.dataSourceInfo?.datasourceType,
    dataStoreTypes: dataStoreTypes(properties, policies),
    identity: identityOf(properties),
  };
}

/** Only the policy says it: an instance does not tell whether it is backed up into the vault or beside it. */
function dataStoreTypes({ policyInfo }: BackupInstance, policies: BackupPolicyResource[]): string[] | undefined {
  const policyId = policyInfo?.policyId?.toLowerCase();
  const rules = policies.find(({ id }) => id.toLowerCase() === policyId)?.properties.policyRules ?? [];
  const stores: (DataStore | undefined)[] = rules.flatMap(({ dataStore, lifecycles = [] }) => [
    dataStore,
    ...lifecycles.flatMap(({ sourceDataStore, targetDataStoreCopySettings }) => [
      sourceDataStore,
      ...(targetDataStoreCopySettings ?? []).map((copy) => copy.dataStore),
    ]),
  ]);
  const types = new Set(stores.flatMap((store) => store?.dataStoreType ?? []));
  return types.size > 0 ? [...types].sort() : undefined;
}

function identityOf({ identityDetails }: BackupInstance): string {
  if (!identityDetails || identityDetails.useSystemAssignedIdentity) return "SystemAssigned";
  return identityDetails.userAssignedIdentityArmUrl || "SystemAssigned";
}
