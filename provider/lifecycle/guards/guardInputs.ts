import type { ResourceGuardResource } from "../../azure/index.js";
import { allGuardedOperations } from "../../vaults/guardedOperations.js";
import { guardIdOf, parseGuardId } from "../../vaults/guardId.js";
import { subscriptionOr } from "../../vaults/parseVault.js";
import { computedId, duration, shared, where } from "../../vaults/sharedSettings.js";
import { isUnknown } from "../../vaults/unknowns.js";
import { fields, flag, list, matching, type Problem, parseFields, text } from "../../vaults/values.js";

/** A resource guard in canonical form. Any value may be the engine's text for "not known yet". */
export type ResourceGuardInputs = {
  resourceGuardName: string;
  resourceGroupName: string;
  subscriptionId: string;
  location: string;
  vaultCriticalOperationExclusionList?: string[];
  tags?: Record<string, string>;
  adopt?: boolean;
  timeouts?: { create?: string; update?: string; delete?: string };
  /** Computed, so that it is known at preview. */
  resourceGuardId: string;
};

const named = (given: string) =>
  allGuardedOperations.find(({ operation }) => operation.toLowerCase() === given.toLowerCase());

/** Azure takes any name, and protects more operations over time: those that this version does not know are no errors. */
const guardedOperation = text(
  "must be an operation on vaults, such as Microsoft.DataProtection/backupVaults/backupInstances/delete",
  (given) =>
    named(given)?.operation ??
    (/^Microsoft\.(DataProtection|RecoveryServices)\/[\w/#]{1,250}$/i.test(given) ? given : undefined),
);

/** The excluded operations that no guard is known to protect. */
export const unknownOperations = (excluded: readonly string[]): string[] => excluded.filter((name) => !named(name));

const guardArguments = fields(
  {
    resourceGuardName: matching(
      /^[^/\\#?%&\s]{1,260}$/,
      "must have 1 to 260 characters, none of / \\ # ? % & or space",
    ),
    resourceGroupName: where.resourceGroupName.value,
    subscriptionId: where.subscriptionId.value,
    location: where.location.value,
    vaultCriticalOperationExclusionList: list(guardedOperation),
    tags: shared.tags.value,
    adopt: flag,
    timeouts: fields({ create: duration, update: duration, delete: duration }),
    resourceGuardId: computedId,
  },
  ["resourceGuardName", "resourceGroupName", "location"],
);

/** What names a guard, and where it is. */
export const fixedAtCreation = ["resourceGuardName", "resourceGroupName", "subscriptionId", "location"] as const;

/** `olds` are the inputs of the existing guard. A value that differs only in case keeps its old spelling. */
export function parseGuard(
  news: Record<string, unknown>,
  olds: Partial<ResourceGuardInputs>,
  defaultSubscriptionId: string | undefined,
): { inputs: ResourceGuardInputs; problems: Problem[] } {
  const problems: Problem[] = [];
  const inputs = parseFields(guardArguments, news, "", problems, olds) as ResourceGuardInputs;
  // A guard stays in its subscription even if the environment of a later run names another one.
  inputs.subscriptionId ??= olds.subscriptionId ?? subscriptionOr(defaultSubscriptionId, problems);
  for (const name of fixedAtCreation) {
    const before = olds[name];
    if (before !== undefined && before.toLowerCase() === String(inputs[name]).toLowerCase()) inputs[name] = before;
  }
  inputs.resourceGuardId = guardIdOf(inputs);
  return { inputs, problems };
}

const sameList = (a: readonly string[], b: readonly string[]): boolean => {
  const lower = (names: readonly string[]) => [...new Set(names.map((name) => name.toLowerCase()))].sort().join();
  return lower(a) === lower(b);
};

const sameTags = (a: Record<string, string>, b: Record<string, string>): boolean => {
  const sorted = (tags: Record<string, string>) => JSON.stringify(Object.entries(tags).sort());
  return sorted(a) === sorted(b);
};

/** What a program manages of a guard, or what a guard has. */
export interface GuardSettings {
  vaultCriticalOperationExclusionList: string[];
  tags: Record<string, string>;
}

/** An argument that was set and no longer is returns to Azure's default: nothing is excluded, and there are no tags. */
export function wantedSettings(
  { vaultCriticalOperationExclusionList: excluded, tags }: Partial<ResourceGuardInputs>,
  old: Partial<ResourceGuardInputs>,
  has: GuardSettings,
): GuardSettings {
  return {
    vaultCriticalOperationExclusionList:
      excluded ?? (old.vaultCriticalOperationExclusionList ? [] : has.vaultCriticalOperationExclusionList),
    tags: tags ?? (old.tags ? {} : has.tags),
  };
}

export const settingsIn = ({ properties, tags = {} }: ResourceGuardResource): GuardSettings => ({
  vaultCriticalOperationExclusionList: properties.vaultCriticalOperationExclusionList ?? [],
  tags,
});

export const isSameGuardSettings = (a: GuardSettings, b: GuardSettings): boolean =>
  sameList(a.vaultCriticalOperationExclusionList, b.vaultCriticalOperationExclusionList) && sameTags(a.tags, b.tags);

/**
 * The changed arguments that require another guard. A value that is not known yet may turn out to be unchanged, and so may one
 * that Azure did not return when the guard was imported.
 */
export const replacedBy = (old: Partial<ResourceGuardInputs>, inputs: Partial<ResourceGuardInputs>): string[] =>
  fixedAtCreation.filter(
    (name) => old[name] !== undefined && old[name] !== inputs[name] && ![old[name], inputs[name]].some(isUnknown),
  );

/** The arguments that a change of the program sends to Azure, or that have to be recorded. */
export const isChanged = (old: Partial<ResourceGuardInputs>, inputs: Partial<ResourceGuardInputs>): boolean =>
  fixedAtCreation.some((name) => old[name] === undefined && inputs[name] !== undefined) ||
  (["vaultCriticalOperationExclusionList", "tags", "adopt", "timeouts"] as const).some((name) => {
    const [before, after] = [old[name], inputs[name]];
    if (before === undefined || after === undefined) return before !== after;
    return JSON.stringify(sorted(before)) !== JSON.stringify(sorted(after));
  });

const sorted = (value: unknown): unknown =>
  Array.isArray(value)
    ? [...value].sort()
    : typeof value === "object" && value !== null
      ? Object.entries(value).sort()
      : value;

/** The outputs that are not arguments. */
export const guardOutputs = (live: ResourceGuardResource) => ({
  resourceGuardOperations: (live.properties.resourceGuardOperations ?? []).flatMap(
    ({ vaultCriticalOperation }) => vaultCriticalOperation ?? [],
  ),
});

/**
 * The live guard as the program's arguments. What the program does not manage stays out, unless nothing is recorded, as for
 * an import.
 */
export function inputsOfLive(
  id: string,
  live: ResourceGuardResource,
  recorded: ResourceGuardInputs | undefined,
): ResourceGuardInputs {
  const named = parseGuardId(id);
  if (!named) throw new Error(`"${id}" is not the ARM ID of a resource guard.`);
  const has = settingsIn(live);
  // Azure's specification has guards without one. The program of an imported one has to say it.
  const location = where.location.value.canonical(live.location ?? "");
  const base = { ...named, resourceGuardId: guardIdOf(named) } as ResourceGuardInputs;
  const { vaultCriticalOperationExclusionList: excluded, tags } = recorded ?? {};
  const isRecorded = recorded !== undefined;
  const isListed = isRecorded ? excluded !== undefined : has.vaultCriticalOperationExclusionList.length > 0;
  const isTagged = isRecorded ? tags !== undefined : Object.keys(has.tags).length > 0;
  return {
    ...base,
    ...recorded,
    ...(location !== undefined && { location }),
    // In the program's spelling and order where Azure's means the same.
    ...(isListed && {
      vaultCriticalOperationExclusionList:
        excluded && sameList(excluded, has.vaultCriticalOperationExclusionList)
          ? excluded
          : has.vaultCriticalOperationExclusionList,
    }),
    ...(isTagged && { tags: has.tags }),
  };
}
