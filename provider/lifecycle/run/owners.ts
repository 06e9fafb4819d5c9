import type { Context } from "../../host/context.js";
import type { VaultInputs } from "../../vaults/definitions.js";
import { isUnknown } from "../../vaults/unknowns.js";
import { calledById, kindOf } from "../../vaults/vaultId.js";

export type SharedSetting = "identity" | "encryption";

const names = { identity: "IdentityAssignment", encryption: "EncryptionSettings" };

const keyOf = (vaultId: string, setting: SharedSetting) => `${setting} ${vaultId.toLowerCase()}`;

/**
 * Two resources of one program that set the identity or the encryption of one vault would overwrite each other in every
 * run. One process checks all resources of a run, so the second check sees the first.
 *
 * @returns the conflicts, in words
 */
export function registerInlineOwner({ run }: Context, vaultId: string, setting: SharedSetting): string[] {
  if (isUnknown(vaultId)) return [];
  run.inlineOwners.add(keyOf(vaultId, setting));
  return run.resourceOwners.has(keyOf(vaultId, setting)) ? [setTwice(vaultId, setting)] : [];
}

/** @param value the value that the resource sets, where a vault has only one; several identities are merged */
export function registerResourceOwner({ run }: Context, vaultId: string, setting: SharedSetting, value = ""): string[] {
  if (isUnknown(vaultId)) return [];
  const key = keyOf(vaultId, setting);
  const other = run.resourceOwners.get(key);
  run.resourceOwners.set(key, value);
  if (run.inlineOwners.has(key)) return [setTwice(vaultId, setting)];
  return other !== undefined && other !== value ? [wantedTwice(vaultId, setting)] : [];
}

/** Whether the vault's own argument now sets this, so that the setting stays when the other resource is deleted. */
export const isSetInline = ({ run }: Context, vaultId: string, setting: SharedSetting): boolean =>
  run.inlineOwners.has(keyOf(vaultId, setting));

const setTwice = (vaultId: string, setting: SharedSetting) =>
  `${calledById(vaultId)} gets its ${setting} twice in this program: from the argument \`${setting}\` of its ` +
  `${kindOf(vaultId)}, and from its ${names[setting]}. Each would overwrite the other. Keep one of them.`;

const wantedTwice = (vaultId: string, setting: SharedSetting) =>
  `${calledById(vaultId)} has two ${names[setting]} resources with different values in this program. Keep one of them.`;

/**
 * When an inline setting is removed from the program and another resource begins to set it, that resource takes it over and
 * nothing is removed from the vault. The other resource is checked only after the vault was written, so the program itself
 * passes this on to the vault.
 *
 * @param externallyManaged the settings of this vault that other resources of the program manage
 * @returns the settings that are taken over
 */
export function settingsTakenOver(
  { run }: Context,
  old: VaultInputs | undefined,
  given: VaultInputs,
  externallyManaged: unknown,
): SharedSetting[] {
  const external = Array.isArray(externallyManaged) ? externallyManaged : [];
  const settings: SharedSetting[] = ["identity", "encryption"];
  const over = settings.filter(
    (name) => external.includes(name) && old?.[name] !== undefined && given[name] === undefined,
  );
  run.settingsTakenOver.set(given.vaultId.toLowerCase(), over);
  return over;
}

/** The old inputs without the settings that another resource has taken over. */
export function inlineManaged({ run }: Context, old: VaultInputs, vaultId: string): VaultInputs {
  const own = { ...old };
  for (const name of run.settingsTakenOver.get(vaultId.toLowerCase()) ?? []) delete own[name];
  return own;
}

/** Whether another resource takes this setting over from the vault's argument in this run. */
export const isTakenOver = ({ run }: Context, vaultId: string, setting: SharedSetting): boolean =>
  run.settingsTakenOver.get(vaultId.toLowerCase())?.includes(setting) ?? false;
