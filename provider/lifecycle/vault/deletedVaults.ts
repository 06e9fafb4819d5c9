import { type DeletedVault, previewDeadline } from "../../azure/index.js";
import type { Context } from "../../host/context.js";
import { listed } from "../../rules/index.js";
import { differencesInWords } from "../../vaults/compare.js";
import { readVault, type SomeSettings, type VaultInputs } from "../../vaults/definitions.js";
import { isUnknown } from "../../vaults/unknowns.js";
import { calledById } from "../../vaults/vaultId.js";
import { messageOf } from "../run/facts.js";
import { day, nothingToRestore, orRefused, type Restorable } from "../run/restorable.js";
import type { VaultService } from "./services.js";
import { called } from "./wording.js";

// Azure keeps a deleted vault among the soft-deleted ones, with its backups, until these expire. Its name is free: a new vault
// may have it, and several deleted ones. https://learn.microsoft.com/azure/backup/secure-by-default

/** For a vault that does not exist. Reads the list of a region once in a run. */
export async function restorableInPreview(
  type: VaultService,
  context: Context,
  inputs: VaultInputs,
): Promise<Restorable<DeletedVault>> {
  const { subscriptionId, location, undelete } = inputs;
  if (isUnknown(subscriptionId) || isUnknown(location)) return nothingToRestore;
  const lists = context.run.deletedVaults;
  const key = `${type.kind} ${subscriptionId} ${location}`.toLowerCase();
  try {
    const asked = lists.get(key) ?? type.deleted(context.azure(), subscriptionId, String(location), previewDeadline());
    lists.set(key, asked);
    const found = withId(await asked, inputs.vaultId);
    if (undelete === true) return toRestore(type, inputs, found);
    return found.length === 0
      ? nothingToRestore
      : { ...nothingToRestore, notes: [mayBeRestored(inputs.vaultId, found)] };
  } catch (error) {
    lists.delete(key);
    return { ...nothingToRestore, notes: [listNotRead(type, inputs, messageOf(error))] };
  }
}

/** Before it is brought back, or a new vault is created in its place. */
export async function restorableNow(
  type: VaultService,
  context: Context,
  inputs: VaultInputs,
  deadline: number,
): Promise<DeletedVault | undefined> {
  if (inputs.undelete !== true) return undefined;
  const { subscriptionId, location = "", vaultId } = inputs;
  const found = withId(await type.deleted(context.azure(), subscriptionId, location, { deadline }), vaultId);
  return orRefused(toRestore(type, inputs, found));
}

/** Its settings as Azure shows them; undefined if it does not. */
export const settingsOf = (type: VaultService, { body }: DeletedVault, id: string): SomeSettings | undefined =>
  body && readVault(type, id, body);

/** Without those that Azure has purged and still lists. */
const withId = (all: readonly DeletedVault[], id: string): DeletedVault[] =>
  all.filter(
    ({ vaultId, purgedAt }) =>
      vaultId?.toLowerCase() === id.toLowerCase() && !(Date.parse(purgedAt ?? "") <= Date.now()),
  );

function toRestore(type: VaultService, inputs: VaultInputs, found: DeletedVault[]): Restorable<DeletedVault> {
  const id = inputs.vaultId;
  const [deleted, ...others] = found;
  if (!deleted) return { ...nothingToRestore, notes: [noneToRestore(type, inputs)] };
  if (others.length > 0) return { ...nothingToRestore, failures: [severalToRestore(id, found)] };
  const before = settingsOf(type, deleted, id);
  return { deleted, failures: [], notes: [restores(id, deleted, before && differencesInWords(type, inputs, before))] };
}

const times = ({ deletedAt, purgedAt }: DeletedVault): string =>
  `deleted ${day(deletedAt)}${purgedAt === undefined ? "" : `, to be purged ${day(purgedAt)}`}`;

const mayBeRestored = (id: string, found: readonly DeletedVault[]): string => {
  const [only] = found;
  const what = found.length > 1 ? `${found.length} soft-deleted vaults` : "a soft-deleted vault";
  return (
    `${calledById(id)} is created without backups, although there ${found.length > 1 ? "are" : "is"} ${what} of this name ` +
    `(${found.map(times).join("; ")}). ` +
    (only && found.length === 1
      ? "To bring that vault back with its backups instead, set `undelete: true`. "
      : "To bring one back with its backups instead, restore it in the Azure portal and set `adopt: true`. ") +
    "It cannot be brought back under this name while another vault has the name."
  );
};

/** @param changes what the update that follows changes, in words; undefined if the settings are not known */
const restores = (id: string, deleted: DeletedVault, changes: readonly string[] | undefined): string =>
  `${calledById(id)} is brought back with its backups, not created: it is soft-deleted (${times(deleted)}). ` +
  (changes === undefined
    ? "Its settings are shown only after that. It is then updated to match the program."
    : changes.length > 0
      ? `It would then change ${listed(changes)}.`
      : "None of its settings would change.");

const noneToRestore = ({ kind }: VaultService, inputs: VaultInputs): string =>
  `${called(kind, inputs)} is created new: there is no soft-deleted vault of this name in its resource group and region.`;

const severalToRestore = (id: string, found: readonly DeletedVault[]): string =>
  `${calledById(id)} cannot be brought back: there are ${found.length} soft-deleted vaults of this name. ` +
  `${found.map((each) => `${each.id} (${times(each)})`).join("; ")}. ` +
  "Restore the one that you need in the Azure portal, and set `adopt: true`; or remove `undelete` to create a new vault.";

const listNotRead = ({ kind }: VaultService, inputs: VaultInputs, why: string): string =>
  `${called(kind, inputs)}: whether there is a soft-deleted vault of this name was not checked, because the list could not be ` +
  `read: ${why}`;
