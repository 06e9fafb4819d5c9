import type { Context } from "../../host/context.js";
import type { VaultInputs } from "../../vaults/definitions.js";
import { isUnknown } from "../../vaults/unknowns.js";
import { calledById, kindOf } from "../../vaults/vaultId.js";

export type SharedSetting = "identity" | "encryption";

const names = { identity: "IdentityAssignment", encryption: "EncryptionSettings" };

const keyOf = (vaultId: string, setting: SharedSetting) => `${setting} ${vaultId.toLowerCase()}`;

/**
 * Two resources of one program that both set the identity or the encryption of one vault would undo each other's work
 * for ever. The checks of a run all pass through this process, so the second one to come sees the first.
 *
 * @returns what is wrong
 */
export function registerInlineOwner({ run }: Context, vaultId: string, setting: SharedSetting): string[] {
  if (isUnknown(vaultId)) return [];
  run.inlineOwners.add(keyOf(vaultId, setting));
  return run.resourceOwners.has(keyOf(vaultId, setting)) ? [setTwice(vaultId, setting)] : [];
}

/** @param value what the resource wants, where the vault can have only one; several identities merge */
export function registerResourceOwner({ run }: Context, vaultId: string, setting: SharedSetting, value = ""): string[] {
  if (isUnknown(vaultId)) return [];
  const key = keyOf(vaultId, setting);
  const other = run.resourceOwners.get(key);
  run.resourceOwners.set(key, value);
  if (run.inlineOwners.has(key)) return [setTwice(vaultId, setting)];
  return other !== undefined && other !== value ? [wantedTwice(vaultId, setting)] : [];
}

/** A resource of this run's program that goes has left the setting to the vault's own, which keeps it. */
export const isSetInline = ({ run }: Context, vaultId: string, setting: SharedSetting): boolean =>
  run.inlineOwners.has(keyOf(vaultId, setting));

const setTwice = (vaultId: string, setting: SharedSetting) =>
  `${calledById(vaultId)} gets its ${setting} twice in this program: from the argument \`${setting}\` of its ` +
  `${kindOf(vaultId)}, and from its ${names[setting]}. Each would overwrite the other. Keep one of them.`;

const wantedTwice = (vaultId: string, setting: SharedSetting) =>
  `${calledById(vaultId)} has two ${names[setting]} resources with different values in this program. Keep one of them.`;

/**
 * An inline setting that leaves the program while another resource of it begins to set the same goes over to that one:
 * nothing is removed from the vault. The other resource is checked only when the vault has been written, so the program
 * itself tells the vault of it.
 *
 * @param setApart what other resources of the program set of this vault
 * @returns what goes over
 */
export function settingsTakenOver(
  { run }: Context,
  old: VaultInputs | undefined,
  given: VaultInputs,
  markExternallyManaged: unknown,
): SharedSetting[] {
  const external = Array.isArray(markExternallyManaged) ? markExternallyManaged : [];
  const settings: SharedSetting[] = ["identity", "encryption"];
  const over = settings.filter(
    (name) => external.includes(name) && old?.[name] !== undefined && given[name] === undefined,
  );
  run.settingsTakenOver.set(given.vaultId.toLowerCase(), over);
  return over;
}

/** What the vault's own resource still answers for, of what it did before. */
export function inlineManaged({ run }: Context, old: VaultInputs, vaultId: string): VaultInputs {
  const own = { ...old };
  for (const name of run.settingsTakenOver.get(vaultId.toLowerCase()) ?? []) delete own[name];
  return own;
}

/** Whether the vault's own resource leaves this setting to another one in this run. */
export const isTakenOver = ({ run }: Context, vaultId: string, setting: SharedSetting): boolean =>
  run.settingsTakenOver.get(vaultId.toLowerCase())?.includes(setting) ?? false;
