import { dataSource } from "../policies/backupPolicy.js";
import { type DataSourceName, dataSourceNamed, dataSources } from "../policies/dataSources.js";
import { type ChildId, childIdOf, parseChildId, requireChildId } from "../vaults/childId.js";
import { systemAssigned, usedIdentity } from "../vaults/identity.js";
import { computedId, duration, guardRequests, vaultIdOfKind } from "../vaults/sharedSettings.js";
import { containsUnknown, isUnknown, unknownSentinel } from "../vaults/unknowns.js";
import {
  type Fields,
  fields,
  flag,
  isObject,
  list,
  matching,
  type Of,
  type Problem,
  parseFields,
} from "../vaults/values.js";
import { isSameId, parseResourceId, resourceGroupId, resourceId } from "./armId.js";
import { type BackupConfiguration, backupConfiguration, isSameConfiguration } from "./backupConfiguration.js";
import { instanceSourceOf, parameterNames } from "./dataSources.js";
import { detailsOf, type IdentityDetails, identityDetails, isSameIdentity } from "./identityDetails.js";
import { isSameContainers, parametersIn, parametersOf } from "./parameters.js";
import { onDelete, parameterProblems, policyIdIn, policyProblems } from "./sharedArguments.js";

/** The arguments of a backup instance. */
export const instanceArguments = fields(
  {
    vault: vaultIdOfKind("BackupVault"),
    // Azure's specification has no pattern; Microsoft's tools make names of the source's name and a GUID.
    instanceName: matching(
      /^[A-Za-z0-9][\w.-]{2,199}$/,
      "must be 3 to 200 letters, digits, periods, underscores and hyphens, beginning with a letter or digit",
    ),
    dataSource,
    dataSourceId: resourceId,
    policyId: policyIdIn("BackupVault"),
    snapshotResourceGroupId: resourceGroupId,
    // https://learn.microsoft.com/rest/api/storageservices/naming-and-referencing-containers--blobs--and-metadata
    containers: list(
      matching(
        /^(\$web|\$root|[a-z0-9](-?[a-z0-9]){2,62})$/,
        "must be the name of a container: 3 to 63 lower-case letters, digits and single hyphens",
      ),
    ),
    backupConfiguration,
    identityDetails,
    friendlyName: matching(/^.{1,260}$/, "must be 1 to 260 characters"),
    resourceGuardOperationRequests: guardRequests,
    onDelete,
    grantRoles: flag,
    adopt: flag,
    undelete: flag,
    timeouts: fields({ create: duration, update: duration, delete: duration, permission: duration }),
    instanceId: computedId,
  },
  ["vault", "instanceName", "dataSource", "dataSourceId", "policyId"],
);

/** As `check` returns them and state records them. Any value may be the engine's text for "not known yet". */
export type BackupInstanceInputs = Of<typeof instanceArguments> & { instanceId: string };

/** What another value of makes another instance of. */
export const fixedArguments = [
  "vault",
  "instanceName",
  "dataSource",
  "dataSourceId",
  "snapshotResourceGroupId",
] as const;

/** `olds` are the inputs of the existing instance. What differs only in case or order keeps its old spelling. */
export function parseInstance(
  news: Record<string, unknown>,
  olds: Partial<BackupInstanceInputs>,
): { inputs: BackupInstanceInputs; problems: Problem[] } {
  const problems: Problem[] = [];
  const { instanceId: _, ...given } = news;
  const inputs = parseFields(instanceArguments as Fields, given, "", problems) as BackupInstanceInputs;
  for (const name of [...fixedArguments, "policyId"] as const) {
    const before = olds[name];
    if (before !== undefined && isSameId(before, inputs[name])) Object.assign(inputs, { [name]: before });
  }
  const { backupConfiguration: before } = olds;
  if (before && inputs.backupConfiguration && isSameConfiguration(before, inputs.backupConfiguration))
    inputs.backupConfiguration = before;
  const { vault, instanceName } = inputs;
  inputs.instanceId =
    isUnknown(vault) || isUnknown(instanceName) ? unknownSentinel : childIdOf(vault, "backupInstances", instanceName);
  return { inputs, problems: [...problems, ...combinationProblems(inputs)] };
}

function combinationProblems({ vault, policyId, dataSource, dataSourceId, ...rest }: BackupInstanceInputs): Problem[] {
  const problems = policyProblems("instance", "BackupVault", { vault, policyId });
  if (isUnknown(dataSource)) return problems;
  const source = instanceSourceOf(dataSource);
  const type = parseResourceId(dataSourceId)?.type;
  if (type !== undefined && !isSameId(type, source.resourceType))
    problems.push({
      path: "dataSourceId",
      expected: `must be the ARM ID of a ${source.resourceType}; it is of a ${type}`,
    });
  problems.push(...parameterProblems(parameterNames, { ...dataSources[dataSource], ...source }, rest));
  if (Array.isArray(rest.containers) && rest.containers.length === 0)
    problems.push({ path: "containers", expected: "must name at least one container" });
  return problems;
}

/** What the request that creates it sends. Its source has to be in the vault's region. */
export function createBody(inputs: BackupInstanceInputs, location: string) {
  const { dataSource, dataSourceId, policyId, friendlyName, identityDetails: identity } = inputs;
  const { type = "", name = "" } = parseResourceId(dataSourceId) ?? {};
  const source = {
    datasourceType: dataSources[dataSource].armType as string,
    resourceID: dataSourceId,
    resourceLocation: location,
    resourceName: name,
    resourceType: type,
    resourceUri: dataSourceId,
  };
  return {
    properties: {
      objectType: "BackupInstance",
      friendlyName: friendlyName ?? name,
      dataSourceInfo: { objectType: "Datasource", ...source },
      ...(instanceSourceOf(dataSource).isSet && { dataSourceSetInfo: { objectType: "DatasourceSet", ...source } }),
      policyInfo: { policyId, policyParameters: parametersOf(inputs) },
      ...(identity && { identityDetails: identity }),
    },
  };
}

/** What Azure shows and does not take. */
const shownOnly = ["currentProtectionState", "protectionErrorDetails", "protectionStatus", "provisioningState"];

/** What the request that changes it sends: all that it has, with what the program wants. */
export function updateBody(inputs: BackupInstanceInputs, live: LiveInstance) {
  const kept = Object.entries(live.properties).filter(([name]) => !shownOnly.includes(name));
  const { policyVersion: _, ...policyInfo } = isObject(live.properties.policyInfo) ? live.properties.policyInfo : {};
  return {
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
  snapshotResourceGroupId?: string;
  containers?: string[];
  backupConfiguration?: BackupConfiguration;
  /** `SystemAssigned`, or the ARM ID of the user-assigned identity that it uses. */
  identity: string;
  /** Azure's `currentProtectionState`. */
  state: string;
  /** What this version does not know of it. */
  unread: string[];
}

interface Shown {
  friendlyName?: string;
  dataSourceInfo?: { datasourceType?: string; resourceID?: string };
  policyInfo?: { policyId?: string; policyParameters?: unknown };
  identityDetails?: Partial<IdentityDetails>;
  currentProtectionState?: string;
  protectionStatus?: { status?: string };
}

export function readInstance(properties: Shown): LiveInstance {
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
    ...parameters,
    identity: usedIdentity(properties.identityDetails),
    state: properties.currentProtectionState ?? properties.protectionStatus?.status ?? "",
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
const changedParameters = ({ containers, backupConfiguration }: BackupInstanceInputs, live: LiveInstance): string[] => [
  ...(containers === undefined || isSameContainers(containers, live.containers) ? [] : ["containers"]),
  ...(backupConfiguration === undefined || isSameConfiguration(backupConfiguration, live.backupConfiguration)
    ? []
    : ["backupConfiguration"]),
];

/** What the program sets, a request can change, and Azure has otherwise. */
export const changedFrom = (inputs: BackupInstanceInputs, live: LiveInstance): string[] => [
  ...(isSameId(inputs.policyId, live.policyId) ? [] : ["policyId"]),
  ...(inputs.friendlyName === undefined || inputs.friendlyName === live.friendlyName ? [] : ["friendlyName"]),
  ...changedParameters(inputs, live),
  ...(isSameIdentity(withIdentityOf(inputs, live.identity).identityDetails, detailsOf(live.identity))
    ? []
    : ["identityDetails"]),
];

/** A program that says nothing of the identity leaves the one that the instance has. */
export const withIdentityOf = (inputs: BackupInstanceInputs, identity: string): BackupInstanceInputs =>
  inputs.identityDetails || identity === systemAssigned ? inputs : { ...inputs, identityDetails: detailsOf(identity) };

/** Where the program said which identity to use or what to back up, and says it no longer, the default counts again. */
export const withDefaults = (old: BackupInstanceInputs, inputs: BackupInstanceInputs): BackupInstanceInputs => ({
  ...inputs,
  ...(old.identityDetails && !inputs.identityDetails && { identityDetails: detailsOf(systemAssigned) }),
  ...(old.backupConfiguration && !inputs.backupConfiguration && { backupConfiguration: {} }),
});

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
  const isNamed = recorded === undefined || recorded.containers !== undefined;
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
    containers: isNamed ? containers : undefined,
    backupConfiguration: isConfigured ? backupConfiguration : undefined,
    identityDetails: isSameUsed ? recorded.identityDetails : hasIdentity ? liveDetails : undefined,
    friendlyName: isManaged ? friendlyName : undefined,
    resourceGuardOperationRequests,
    onDelete,
    grantRoles,
    adopt,
    undelete,
    timeouts,
  });
}

const withoutAbsent = <T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as T;

export const requireInstanceId = (given: string): ChildId =>
  requireChildId(given, "a backup instance", "backupInstances");
