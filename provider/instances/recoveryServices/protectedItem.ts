import { duration, guardRequests, vaultIdOfKind } from "../../vaults/sharedSettings.js";
import { isUnknown, unknownSentinel } from "../../vaults/unknowns.js";
import {
  alternatives,
  type Fields,
  fields,
  flag,
  isSameValue,
  list,
  type Of,
  type Problem,
  parseFields,
  wholeNumber,
} from "../../vaults/values.js";
import { isSameId, parseResourceId, resourceId } from "../armId.js";
import { onDelete, parameterProblems, policyIdIn, policyProblems, protection } from "../sharedArguments.js";
import { fileShareName } from "../storageNames.js";
import { itemIdForm, parseItemId } from "./itemId.js";
import { purgeTimeOf, type SoftDeleted, spelledItemState } from "./itemState.js";
import { type ItemKind, itemParameters, kindOfItem, kindOfSource, sourceTypes } from "./kinds.js";

const vaultKind = "RecoveryServicesVault";

/** The arguments of a protected item. */
export const itemArguments = fields(
  {
    vault: vaultIdOfKind(vaultKind),
    sourceResourceId: resourceId,
    fileShareName,
    policyId: policyIdIn(vaultKind),
    diskExclusionProperties: fields({ diskLunList: list(wholeNumber("a disk's LUN")), isInclusionList: flag }, [
      "diskLunList",
      "isInclusionList",
    ]),
    resourceGuardOperationRequests: guardRequests,
    protection,
    onDelete,
    adopt: flag,
    undelete: flag,
    timeouts: fields({ create: duration, update: duration, delete: duration }),
  },
  ["vault", "sourceResourceId", "policyId"],
);

/** As `check` returns them and state records them. Any value may be the engine's text for "not known yet". */
export type ProtectedItemInputs = Of<typeof itemArguments>;

/** What another value of makes another item of. */
export const fixedOfItem = ["vault", "sourceResourceId", "fileShareName"] as const;

/** `olds` are the inputs of the existing item. A text that differs only in case keeps its old spelling. */
export function parseItem(
  news: Record<string, unknown>,
  olds: Partial<ProtectedItemInputs>,
): { inputs: ProtectedItemInputs; problems: Problem[] } {
  const problems: Problem[] = [];
  const inputs = parseFields(itemArguments as Fields, news, "", problems) as ProtectedItemInputs;
  for (const name of ["vault", "sourceResourceId", "policyId"] as const) {
    const before = olds[name];
    if (before !== undefined && isSameId(before, inputs[name])) Object.assign(inputs, { [name]: before });
  }
  return { inputs, problems: [...problems, ...combinationProblems(inputs)] };
}

function combinationProblems({ vault, policyId, sourceResourceId, ...rest }: ProtectedItemInputs): Problem[] {
  const problems = policyProblems("item", vaultKind, { vault, policyId });
  const type = parseResourceId(sourceResourceId)?.type;
  if (type === undefined) return problems;
  const kind = kindOfSource(type);
  if (!kind) {
    const expected = `must be the ARM ID of a ${alternatives(sourceTypes)}; it is of a ${type}`;
    return [...problems, { path: "sourceResourceId", expected }];
  }
  return [...problems, ...parameterProblems(itemParameters, kind, rest)];
}

/** What is backed up, in one text. A file share is a part of its storage account. */
export function sourceOfItem({ sourceResourceId, fileShareName }: ProtectedItemInputs): string {
  if (isUnknown(sourceResourceId) || isUnknown(fileShareName)) return unknownSentinel;
  return fileShareName === undefined
    ? sourceResourceId
    : `${sourceResourceId}/fileServices/default/shares/${fileShareName}`;
}

/** What two resources of a program cannot both be. */
export function keyOfItem(inputs: ProtectedItemInputs): string {
  const source = sourceOfItem(inputs);
  return isUnknown(inputs.vault) || isUnknown(source) ? unknownSentinel : `${inputs.vault} ${source}`;
}

/** Throws for a source that no check has let pass. */
export function kindOfInputs({ sourceResourceId }: Pick<ProtectedItemInputs, "sourceResourceId">): ItemKind {
  const kind = kindOfSource(parseResourceId(sourceResourceId)?.type);
  if (!kind) throw new Error(`${sourceResourceId} cannot be backed up by a protected item.`);
  return kind;
}

/** Azure's names for the container of a source and, unless the source has to be registered, for the item. */
export function namesOf({ sourceResourceId }: ProtectedItemInputs) {
  const { prefixes } = kindOfInputs({ sourceResourceId });
  const [group = "", name = ""] = [sourceResourceId.split("/")[4], parseResourceId(sourceResourceId)?.name];
  const named = (prefix: string) => `${prefix};${group};${name}`;
  return { container: named(prefixes.container), item: named(prefixes.item) };
}

/** The request that registers a storage account. */
export const containerBody = ({ sourceResourceId }: ProtectedItemInputs) => ({
  properties: {
    containerType: "StorageContainer",
    backupManagementType: kindOfInputs({ sourceResourceId }).managementType,
    sourceResourceId,
    friendlyName: parseResourceId(sourceResourceId)?.name,
  },
});

/** The properties of every request. */
const identifying = (inputs: Pick<ProtectedItemInputs, "sourceResourceId" | "resourceGuardOperationRequests">) => {
  const { sourceResourceId, resourceGuardOperationRequests } = inputs;
  const { protectedItemType } = kindOfInputs(inputs);
  return {
    protectedItemType,
    sourceResourceId,
    ...(resourceGuardOperationRequests !== undefined && { resourceGuardOperationRequests }),
  };
};

/** Without an exclusion, as az resets it: all disks. */
const allDisks = { diskLunList: [], isInclusionList: false };

/**
 * What the request sends that protects it by the program's policy: a new one, one that is changed, and one that was stopped.
 *
 * @param isReset the program had an exclusion of disks and has none any more
 */
export function protectBody(inputs: ProtectedItemInputs, live?: LiveItem, isReset = false) {
  const exclusion = inputs.diskExclusionProperties ?? (isReset ? allDisks : live?.diskExclusionProperties);
  return {
    properties: {
      ...identifying(inputs),
      policyId: inputs.policyId,
      ...(exclusion && { extendedProperties: { ...live?.otherProperties, diskExclusionProperties: exclusion } }),
    },
  };
}

/** What becomes of an item's policy, and its state. */
const ways = {
  // https://learn.microsoft.com/azure/backup/backup-azure-arm-userestapi-backupazurevms#stop-protection-but-retain-existing-data
  stopProtectionRetainData: { policyId: "", protectionState: "ProtectionStopped" },
  // Without a policy: the item keeps the one that it has.
  suspend: { protectionState: "BackupsSuspended" },
} as const;

/** @param requests of the vault's resource guard, besides those that the program names */
export function stopBody(inputs: ProtectedItemInputs, way: keyof typeof ways, requests: readonly string[] = []) {
  const all = [...new Set([...(inputs.resourceGuardOperationRequests ?? []), ...requests])];
  const asking = all.length > 0 ? { resourceGuardOperationRequests: all } : {};
  return { properties: { ...identifying({ ...inputs, ...asking }), ...ways[way] } };
}

/** As az brings one back: https://learn.microsoft.com/cli/azure/backup/protection#az-backup-protection-undelete */
export const undeleteBody = (inputs: ProtectedItemInputs) => ({
  properties: { ...stopBody(inputs, "stopProtectionRetainData").properties, isRehydrate: true },
});

/** An item as Azure has it. */
export interface LiveItem {
  sourceResourceId?: string;
  fileShareName?: string;
  policyId?: string;
  diskExclusionProperties?: { diskLunList: number[]; isInclusionList: boolean };
  /** What else it has of `extendedProperties`, such as `linuxVmApplicationName`: a change of the disks keeps it. */
  otherProperties?: Record<string, unknown>;
  /** Azure's `protectionState`. */
  state: string;
  isSoftDeleted: boolean;
  /** When its backups will be purged. */
  purgedAt?: string;
  /** What this version does not know of it. */
  unread: string[];
}

interface Shown extends SoftDeleted {
  protectedItemType?: string;
  sourceResourceId?: string;
  friendlyName?: string;
  policyId?: string;
  protectionState?: string;
  isScheduledForDeferredDelete?: boolean;
  extendedProperties?: {
    diskExclusionProperties?: { diskLunList?: number[]; isInclusionList?: boolean };
    [other: string]: unknown;
  };
}

export function readItem(properties: Shown): LiveItem {
  const purgedAt = purgeTimeOf(properties);
  const { protectedItemType, sourceResourceId, friendlyName, policyId, protectionState = "" } = properties;
  const kind = kindOfItem(protectedItemType);
  const { diskExclusionProperties, ...otherProperties } = properties.extendedProperties ?? {};
  const { diskLunList = [], isInclusionList = false } = diskExclusionProperties ?? {};
  const isExclusion = diskLunList.length > 0 || isInclusionList;
  return {
    ...(sourceResourceId && { sourceResourceId }),
    ...(kind?.needs.includes("fileShareName") && friendlyName && { fileShareName: friendlyName }),
    ...(policyId && { policyId }),
    ...(isExclusion && { diskExclusionProperties: { diskLunList, isInclusionList } }),
    otherProperties,
    state: spelledItemState(protectionState),
    isSoftDeleted: properties.isScheduledForDeferredDelete === true,
    ...(purgedAt && { purgedAt }),
    unread: [
      ...(kind ? [] : [`its type ${protectedItemType || "is missing"}`]),
      ...(sourceResourceId ? [] : ["the ARM ID of its source is missing"]),
    ],
  };
}

/** Whether an item is the backup of what the program names. */
export const isOfSource = (inputs: ProtectedItemInputs, live: LiveItem): boolean =>
  isSameId(inputs.sourceResourceId, live.sourceResourceId) &&
  (inputs.fileShareName === undefined || isSameId(inputs.fileShareName, live.fileShareName));

/** What the program sets, a request can change, and Azure has otherwise. */
export const changedInItem = (inputs: ProtectedItemInputs, live: LiveItem): string[] => [
  ...(isSameId(inputs.policyId, live.policyId) ? [] : ["policyId"]),
  ...(inputs.diskExclusionProperties === undefined || isSameDisks(inputs, live) ? [] : ["diskExclusionProperties"]),
];

/** Azure keeps no order of disks. */
const isSameDisks = (a: Pick<LiveItem, "diskExclusionProperties">, b: typeof a): boolean => {
  const sorted = ({ diskExclusionProperties: { diskLunList, isInclusionList } = allDisks }: typeof a) => ({
    diskLunList: [...diskLunList].sort((one, other) => one - other),
    isInclusionList,
  });
  return isSameValue(sorted(a), sorted(b));
};

/**
 * The inputs of an item that exists.
 *
 * @param recorded what the program is known to have set: what it has never set is not managed. Absent in an import
 */
export function inputsOfItem(id: string, live: LiveItem, recorded?: ProtectedItemInputs): Partial<ProtectedItemInputs> {
  const spelled = (name: "sourceResourceId" | "policyId") =>
    isSameId(recorded?.[name], live[name]) ? recorded?.[name] : live[name];
  const isManaged = recorded === undefined || recorded.diskExclusionProperties !== undefined;
  const disks = recorded && isSameDisks(recorded, live) ? recorded : live;
  const { resourceGuardOperationRequests, onDelete, adopt, undelete, timeouts } = recorded ?? {};
  const inputs = {
    vault: recorded?.vault ?? requireItemId(id).vault,
    sourceResourceId: spelled("sourceResourceId"),
    fileShareName: live.fileShareName,
    // One that was stopped has none: the program's would bring it back.
    policyId: spelled("policyId") ?? recorded?.policyId,
    diskExclusionProperties: isManaged ? disks.diskExclusionProperties : undefined,
    resourceGuardOperationRequests,
    onDelete,
    adopt,
    undelete,
    timeouts,
  };
  return Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== undefined));
}

export function requireItemId(given: string) {
  const id = parseItemId(given);
  if (!id) throw new Error(`"${given}" is not the ARM ID of a protected item. Use ${itemIdForm}.`);
  return id;
}
