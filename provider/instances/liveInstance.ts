import { type DataSourceName, dataSourceNamed } from "../policies/dataSources.js";
import { childIdOf, parseChildId } from "../vaults/childId.js";
import { systemAssigned, usedIdentity } from "../vaults/identity.js";
import { containsUnknown } from "../vaults/unknowns.js";
import { isObject, isSameValue } from "../vaults/values.js";
import { isSameId } from "./armId.js";
import { type AutoProtectionSettings, isSameAutoProtection } from "./autoProtection.js";
import { type BackupConfiguration, isSameConfiguration } from "./backupConfiguration.js";
import { type BackupInstanceInputs, withIdentityOf } from "./backupInstance.js";
import { detailsOf, type IdentityDetails, isSameIdentity } from "./identityDetails.js";
import { isSameContainers, parametersIn, parametersOf } from "./parameters.js";
import { spelledState } from "./protectionState.js";

/** What Azure shows and does not take. */
const shownOnly = ["currentProtectionState", "protectionErrorDetails", "protectionStatus", "provisioningState"];

/** What the request that changes it sends: all that it has, with what the program wants. */
export function updateBody(inputs: BackupInstanceInputs, live: LiveInstance) {
  const kept = Object.entries(live.properties).filter(([name]) => !shownOnly.includes(name));
  const { policyVersion: _, ...policyInfo } = isObject(live.properties.policyInfo) ? live.properties.policyInfo : {};
  const tags = inputs.tags ?? live.tags;
  return {
    ...(tags && { tags }),
    properties: {
      ...Object.fromEntries(kept),
      ...(inputs.friendlyName !== undefined && { friendlyName: inputs.friendlyName }),
      ...(inputs.identityDetails && { identityDetails: inputs.identityDetails }),
      // For this change alone.
      resourceGuardOperationRequests: inputs.resourceGuardOperationRequests,
      policyInfo: {
        ...policyInfo,
        policyId: inputs.policyId,
        ...(changedParameters(inputs, live).length > 0 && { policyParameters: parametersOf(inputs) }),
      },
    },
  };
}

/** An instance as Azure has it. */
export interface LiveInstance {
  properties: Record<string, unknown>;
  dataSource?: DataSourceName;
  dataSourceId?: string;
  policyId?: string;
  friendlyName?: string;
  tags?: Record<string, string>;
  snapshotResourceGroupId?: string;
  containers?: string[];
  autoProtectionSettings?: AutoProtectionSettings;
  backupConfiguration?: BackupConfiguration;
  /** `SystemAssigned`, or the ARM ID of the user-assigned identity that it uses. */
  identity: string;
  /** Azure's `currentProtectionState`. */
  state: string;
  /** What this version does not know of it. */
  unread: string[];
}

interface Shown {
  tags?: Record<string, string>;
  properties: ShownProperties;
}

interface ShownProperties {
  friendlyName?: string;
  dataSourceInfo?: { datasourceType?: string; resourceID?: string };
  policyInfo?: { policyId?: string; policyParameters?: unknown };
  identityDetails?: Partial<IdentityDetails>;
  currentProtectionState?: string;
  protectionStatus?: { status?: string };
}

export function readInstance({ properties, tags }: Shown): LiveInstance {
  const { friendlyName, dataSourceInfo = {}, policyInfo = {} } = properties;
  const { datasourceType = "", resourceID } = dataSourceInfo;
  const dataSource = dataSourceNamed(datasourceType);
  const { parameters, unread } = parametersIn(policyInfo.policyParameters);
  return {
    properties: { ...properties },
    ...(dataSource && { dataSource }),
    ...(resourceID && { dataSourceId: resourceID }),
    ...(policyInfo.policyId && { policyId: policyInfo.policyId }),
    ...(friendlyName && { friendlyName }),
    ...(tags && { tags }),
    ...parameters,
    identity: usedIdentity(properties.identityDetails),
    state: spelledState(properties.currentProtectionState ?? properties.protectionStatus?.status ?? ""),
    unread: [
      ...(dataSource ? [] : [`its data source ${datasourceType || "is missing"}`]),
      ...(resourceID ? [] : ["the ARM ID of its data source is missing"]),
      ...(policyInfo.policyId ? [] : ["its policy is missing"]),
      ...unread,
    ],
  };
}

/** The arguments that another value of would make another instance of, and that Azure has otherwise. */
export const differingFrom = (inputs: BackupInstanceInputs, live: LiveInstance): string[] =>
  (["dataSource", "dataSourceId", "snapshotResourceGroupId"] as const).filter(
    (name) => !containsUnknown(inputs[name]) && inputs[name] !== live[name] && !isSameId(inputs[name], live[name]),
  );

/** What of a data source is backed up: the program sets it, and Azure has it otherwise. */
const changedParameters = (
  { containers, autoProtectionSettings, backupConfiguration }: BackupInstanceInputs,
  live: LiveInstance,
): string[] => [
  ...(containers === undefined || isSameContainers(containers, live.containers) ? [] : ["containers"]),
  ...(autoProtectionSettings === undefined || isSameAutoProtection(autoProtectionSettings, live.autoProtectionSettings)
    ? []
    : ["autoProtectionSettings"]),
  ...(backupConfiguration === undefined || isSameConfiguration(backupConfiguration, live.backupConfiguration)
    ? []
    : ["backupConfiguration"]),
];

/** What the program sets, a request can change, and Azure has otherwise. */
export const changedFrom = (inputs: BackupInstanceInputs, live: LiveInstance): string[] => [
  ...(isSameId(inputs.policyId, live.policyId) ? [] : ["policyId"]),
  ...(inputs.friendlyName === undefined || inputs.friendlyName === live.friendlyName ? [] : ["friendlyName"]),
  ...(inputs.tags === undefined || isSameValue(inputs.tags, live.tags ?? {}) ? [] : ["tags"]),
  ...changedParameters(inputs, live),
  ...(isSameIdentity(withIdentityOf(inputs, live.identity).identityDetails, detailsOf(live.identity))
    ? []
    : ["identityDetails"]),
];

/**
 * The inputs of an instance that exists.
 *
 * @param recorded what the program is known to have set: what it has never set is not managed. Absent in an import
 */
export function inputsOfLive(
  id: string,
  live: LiveInstance,
  recorded?: BackupInstanceInputs,
): Partial<BackupInstanceInputs> {
  const { vault = "", name = "" } = parseChildId(id, "backupInstances") ?? {};
  const { dataSource, friendlyName } = live;
  const isManaged = recorded === undefined || recorded.friendlyName !== undefined;
  const isNamed = [recorded?.containers, recorded?.autoProtectionSettings].some((each) => each !== undefined);
  const isSelected = recorded === undefined || isNamed;
  const isSameAuto = isSameAutoProtection(recorded?.autoProtectionSettings, live.autoProtectionSettings);
  const containers = isSameContainers(recorded?.containers, live.containers) ? recorded?.containers : live.containers;
  const isConfigured = recorded === undefined || recorded.backupConfiguration !== undefined;
  const isKept = recorded && isSameConfiguration(recorded.backupConfiguration, live.backupConfiguration);
  const backupConfiguration = isKept ? recorded.backupConfiguration : live.backupConfiguration;
  const liveDetails = live.identity === systemAssigned && recorded === undefined ? undefined : detailsOf(live.identity);
  const hasIdentity = recorded === undefined || recorded.identityDetails !== undefined;
  const isSameUsed = recorded?.identityDetails && isSameIdentity(recorded.identityDetails, liveDetails);
  const spelled = (key: "dataSourceId" | "policyId" | "snapshotResourceGroupId") =>
    isSameId(recorded?.[key], live[key]) ? recorded?.[key] : live[key];
  const { adopt, undelete, grantRoles, onDelete, resourceGuardOperationRequests, timeouts } = recorded ?? {};
  return withoutAbsent({
    vault: recorded?.vault ?? vault,
    instanceName: recorded?.instanceName ?? name,
    instanceId: recorded?.instanceId ?? childIdOf(vault, "backupInstances", name),
    dataSource,
    dataSourceId: spelled("dataSourceId"),
    policyId: spelled("policyId"),
    snapshotResourceGroupId: spelled("snapshotResourceGroupId"),
    containers: isSelected ? containers : undefined,
    autoProtectionSettings: (isSameAuto ? recorded : isSelected ? live : undefined)?.autoProtectionSettings,
    backupConfiguration: isConfigured ? backupConfiguration : undefined,
    identityDetails: isSameUsed ? recorded.identityDetails : hasIdentity ? liveDetails : undefined,
    friendlyName: isManaged ? friendlyName : undefined,
    tags: recorded ? recorded.tags && (live.tags ?? {}) : shownTags(live),
    resourceGuardOperationRequests,
    onDelete,
    grantRoles,
    adopt,
    undelete,
    timeouts,
  });
}

const shownTags = ({ tags = {} }: LiveInstance) => (Object.keys(tags).length > 0 ? tags : undefined);

const withoutAbsent = <T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as T;
