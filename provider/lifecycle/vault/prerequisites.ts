import { isArmError, type OperationOptions, previewDeadline } from "../../azure/index.js";
import type { Context } from "../../host/context.js";
import type { FromProgram } from "../../host/fromProgram.js";
import type { Body } from "../../vaults/body.js";
import type { SomeSettings, VaultInputs } from "../../vaults/definitions.js";
import { isUnknown } from "../../vaults/unknowns.js";
import { kindOf, type VaultKind } from "../../vaults/vaultId.js";
import { messageOf, recentReads, sharedFacts } from "../run/facts.js";
import { isAwaited } from "../run/vaults.js";
import { services, type VaultService } from "./services.js";
import {
  cannotBeReached,
  couldNotRead,
  groupIsBeingDeleted,
  keyElsewhere,
  mayStillBeCreated,
  noIdentity,
  noResourceGroup,
  notRegistered,
  regionNotAvailable,
  wasNotChecked,
} from "./wording.js";

/** What must exist before Azure can write a vault, apart from its settings. */
export interface Prerequisites {
  /** What `up` would fail for, unless this run creates it first. */
  missing: string[];
  /** What could not be checked. */
  notes: string[];
}

/**
 * Checks what is new in a change, all at once. What the vault refers to already is not checked again.
 *
 * @param before the current vault. Absent if it will be created
 */
export async function prerequisites(
  type: VaultService,
  context: Context,
  before: SomeSettings | undefined,
  inputs: VaultInputs,
): Promise<Prerequisites> {
  const found = await Promise.all([
    ...(before ? [] : [group(type, context, inputs)]),
    offer(type, context, before, inputs),
    ...newIdentities(before?.identity, inputs.identity).map((id) => identity(type, context, inputs, id)),
  ]);
  return together(...found);
}

/** Each is said once. */
export const together = (...found: Prerequisites[]): Prerequisites => ({
  missing: [...new Set(found.flatMap(({ missing }) => missing))],
  notes: [...new Set(found.flatMap(({ notes }) => notes))],
});

type Kind = Pick<VaultService, "kind">;

export const nothingMissing: Prerequisites = { missing: [], notes: [] };
const missing = (sentence: string): Prerequisites => ({ missing: [sentence], notes: [] });

/** A failed read proves nothing, unless Azure would refuse the write for the same reason. */
function unread({ kind }: Kind, inputs: VaultInputs, what: string, error: unknown): Prerequisites {
  if (isFinal(error)) return missing(cannotBeReached(kind, inputs, messageOf(error)));
  return { missing: [], notes: [wasNotChecked(kind, inputs, what, messageOf(error))] };
}

/** The result for a vault that could not be read. */
export const unseen = (
  kind: VaultKind,
  vault: { vaultName: string },
  { unreadable = "", isFinal }: Pick<VaultInPreview, "unreadable" | "isFinal">,
): Prerequisites =>
  isFinal
    ? missing(cannotBeReached(kind, vault, unreadable))
    : { missing: [], notes: [couldNotRead(kind, vault, unreadable)] };

async function group(type: Kind, context: Context, inputs: VaultInputs): Promise<Prerequisites> {
  const { subscriptionId, resourceGroupName } = inputs;
  if (isUnknown(subscriptionId) || isUnknown(resourceGroupName)) return nothingMissing;
  const seen = context.run.resourceGroups;
  const key = `${subscriptionId}/${resourceGroupName}`.toLowerCase();
  try {
    const asked =
      seen.get(key) ?? context.azure().resourceGroups.get(subscriptionId, resourceGroupName, previewDeadline());
    seen.set(key, asked);
    const found = await asked;
    if (!found) seen.delete(key);
    if (!found) return missing(noResourceGroup(type.kind, inputs));
    const isGoing = /^deleting$/i.test(found.properties?.provisioningState ?? "");
    return isGoing ? missing(groupIsBeingDeleted(type.kind, inputs)) : nothingMissing;
  } catch (error) {
    seen.delete(key);
    return unread(type, inputs, `resource group "${resourceGroupName}"`, error);
  }
}

/** A vault that keeps its name is deleted before its replacement is created, so a misspelt region must be found first. */
async function offer(
  type: VaultService,
  context: Context,
  before: SomeSettings | undefined,
  inputs: VaultInputs,
): Promise<Prerequisites> {
  const { subscriptionId, location } = inputs;
  if (isUnknown(subscriptionId) || location === undefined || location === before?.location) return nothingMissing;
  try {
    const { namespace, registrationState, regions } = await type.offer(
      context.azure(),
      subscriptionId,
      previewDeadline(),
    );
    const isRegistered = registrationState === undefined || /^regist(ered|ering)$/i.test(registrationState);
    return {
      missing: [
        ...(isRegistered ? [] : [notRegistered(type.kind, inputs, namespace)]),
        ...(isUnknown(location) || regions.includes(location) ? [] : [regionNotAvailable(type.kind, inputs, regions)]),
      ],
      notes: [],
    };
  } catch (error) {
    return unread(type, inputs, `region ${location}`, error);
  }
}

function newIdentities(had: VaultInputs["identity"], wanted: VaultInputs["identity"]): string[] {
  const listed = (identity: VaultInputs["identity"]) => {
    const ids = identity?.userAssignedIdentities ?? [];
    return isUnknown(ids) ? [] : ids.filter((id) => !isUnknown(id));
  };
  const known = new Set(listed(had).map((id) => id.toLowerCase()));
  return isUnknown(wanted) ? [] : listed(wanted).filter((id) => !known.has(id.toLowerCase()));
}

async function identity(type: Kind, context: Context, inputs: VaultInputs, id: string): Promise<Prerequisites> {
  try {
    return (await sharedFacts(context).identityExists(id, previewDeadline()))
      ? nothingMissing
      : missing(noIdentity(type.kind, inputs, id));
  } catch (error) {
    // It may be in another subscription, where the caller of the deployment may have more access than that of the preview.
    return { missing: [], notes: [wasNotChecked(type.kind, inputs, `identity ${id}`, messageOf(error))] };
  }
}

/** What is missing prevents the change, unless the run may create it first: then it is a warning. */
export const orWarned = (
  { missing, notes }: Prerequisites,
  { waitsForNew }: FromProgram,
): { failures: string[]; notes: string[] } =>
  waitsForNew ? { failures: [], notes: [...missing.map(mayStillBeCreated), ...notes] } : { failures: missing, notes };

/** A vault in a preview: it exists, it does not exist, or it could not be read. */
export interface VaultInPreview {
  live?: Body;
  unreadable?: string;
  /** The reason also prevents a write. */
  isFinal?: boolean;
}

export const readForPreview = ({ vaults }: VaultService, context: Context, id: string): Promise<VaultInPreview> =>
  orUnreadable(() => vaults(context.azure()).get(id, previewDeadline()));

/** The same for a vault that is new in the program. */
export const readNewForPreview = (type: VaultService, context: Context, id: string): Promise<VaultInPreview> =>
  orUnreadable(() => findNew(type, context, id, previewDeadline()));

async function orUnreadable(read: () => Promise<Body | undefined>): Promise<VaultInPreview> {
  try {
    return { live: await read() };
  } catch (error) {
    return { unreadable: messageOf(error), isFinal: isFinal(error) };
  }
}

/**
 * A vault that is not expected to exist. All new vaults of a group share the list that confirms their 404: a run that creates a
 * thousand would otherwise read two thousand lists of a thousand. What exists is read anew.
 */
export async function findNew(
  { vaults }: VaultService,
  context: Context,
  id: string,
  options: OperationOptions,
): Promise<Body | undefined> {
  const found = await vaults(recentReads(context)).get(id, options);
  return found && vaults(context.azure()).get(id, options);
}

/** Whether the vault of something new in it is not there, and not to come in this run either. */
export async function isVaultMissing(context: Context, id: string, { waitsForNew }: FromProgram): Promise<boolean> {
  if (waitsForNew || isAwaited(context, id)) return false;
  const { vaults } = services[kindOf(id)];
  return (await vaults(recentReads(context)).get(id, previewDeadline())) === undefined;
}

/** A subscription that cannot be read, or is not registered for a service, accepts no write either. */
const isFinal = (error: unknown): boolean =>
  isArmError(error) &&
  ["SubscriptionNotFound", "InvalidSubscriptionId", "MissingSubscriptionRegistration"].includes(error.code);

/** A vault cannot use a key in another cloud. */
export async function keyOfAnotherCloud(
  kind: VaultKind,
  context: Context,
  { before }: { before?: SomeSettings },
  inputs: VaultInputs,
): Promise<string[]> {
  const uri = inputs.encryption?.keyUri;
  if (uri === undefined || isUnknown(uri) || uri === before?.encryption?.keyUri) return [];
  try {
    const { keyVaultSuffix, managedHsmSuffix } = await context.azure().cloud(previewDeadline());
    const isOurs = [keyVaultSuffix, managedHsmSuffix].some((suffix) => new URL(uri).host.endsWith(`.${suffix}`));
    return isOurs ? [] : [keyElsewhere(kind, inputs, [keyVaultSuffix, managedHsmSuffix])];
  } catch {
    return []; // The failure to read the vault already reports that this cloud cannot be reached.
  }
}
