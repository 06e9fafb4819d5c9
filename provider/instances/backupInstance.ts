import { dataSource } from "../policies/backupPolicy.js";
import { dataSources } from "../policies/dataSources.js";
import { at } from "../vaults/body.js";
import { type ChildId, childIdOf, requireChildId } from "../vaults/childId.js";
import { systemAssigned } from "../vaults/identity.js";
import { computedId, duration, guardRequests, shared, vaultIdOfKind } from "../vaults/sharedSettings.js";
import { isUnknown, unknownSentinel } from "../vaults/unknowns.js";
import { type Fields, fields, flag, list, matching, type Of, type Problem, parseFields } from "../vaults/values.js";
import { isSameId, parseResourceId, resourceGroupId, resourceId } from "./armId.js";
import { autoProtectionSettings } from "./autoProtection.js";
import { backupConfiguration, isSameConfiguration } from "./backupConfiguration.js";
import {
  type InstanceSource,
  instanceSourceOf,
  type Limit,
  type ParameterName,
  parameterNames,
} from "./dataSources.js";
import { detailsOf, identityDetails } from "./identityDetails.js";
import { parametersOf } from "./parameters.js";
import { onDelete, parameterProblems, policyIdIn, policyProblems, protection } from "./sharedArguments.js";
import { containerName } from "./storageNames.js";

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
    containers: list(containerName),
    autoProtectionSettings,
    backupConfiguration,
    identityDetails,
    friendlyName: matching(/^.{1,260}$/, "must be 1 to 260 characters"),
    tags: shared.tags.value,
    resourceGuardOperationRequests: guardRequests,
    protection,
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
  problems.push(...selectionProblems(source, dataSources[dataSource].noun, rest));
  if (Array.isArray(rest.containers) && rest.containers.length === 0)
    problems.push({ path: "containers", expected: "must name at least one container" });
  problems.push(...source.limits.flatMap((limit) => limitProblems(limit, rest)));
  return problems;
}

function limitProblems({ list: path, noun, most, source }: Limit, given: object): Problem[] {
  const named = at(given, path);
  if (!Array.isArray(named) || named.length <= most) return [];
  return [{ path, expected: `must name at most ${most} ${noun}; it names ${named.length} (${source})` }];
}

/** What of the resource is backed up is said in one way. */
function selectionProblems(
  { parameters, needsParameters }: InstanceSource,
  noun: string,
  given: { readonly [K in ParameterName]?: unknown },
): Problem[] {
  const ways = parameterNames.filter((name) => name in parameters);
  const [used, ...more] = ways.filter((name) => given[name] !== undefined);
  const [path = "", ...others] = ways;
  if (used === undefined && needsParameters)
    return [{ path, expected: `is missing. Backup of ${noun} needs it, or \`${others.join("`, `")}\`` }];
  return more.map((each) => ({ path: each, expected: `and \`${used}\` exclude each other: keep one of them` }));
}

/** What the request that creates it sends. Its source has to be in the vault's region. */
export function createBody(inputs: BackupInstanceInputs, location: string) {
  const { dataSource, dataSourceId, policyId, friendlyName, identityDetails: identity, tags } = inputs;
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
    ...(tags && { tags }),
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

/** A program that says nothing of the identity leaves the one that the instance has. */
export const withIdentityOf = (inputs: BackupInstanceInputs, identity: string): BackupInstanceInputs =>
  inputs.identityDetails || identity === systemAssigned ? inputs : { ...inputs, identityDetails: detailsOf(identity) };

/** Where the program said which identity to use, what to back up or which tags there are, and says it no longer, the default counts again. */
export const withDefaults = (old: BackupInstanceInputs, inputs: BackupInstanceInputs): BackupInstanceInputs => ({
  ...inputs,
  ...(old.identityDetails && !inputs.identityDetails && { identityDetails: detailsOf(systemAssigned) }),
  ...(old.backupConfiguration && !inputs.backupConfiguration && { backupConfiguration: {} }),
  ...(old.tags && !inputs.tags && { tags: {} }),
});

export const requireInstanceId = (given: string): ChildId =>
  requireChildId(given, "a backup instance", "backupInstances");
