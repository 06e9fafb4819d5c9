import type { Context } from "../../host/context.js";
import { perRun } from "../../host/perRun.js";
import { isUnknown } from "../../vaults/unknowns.js";
import { kindOf } from "../../vaults/vaultId.js";
import { calledById } from "../vault/wording.js";

export type SharedSetting = "identity" | "encryption";

const names = { identity: "IdentityAssignment", encryption: "EncryptionSettings" };

/** Settings by vault that a BackupVault of this program sets inline, and those that other resources of it set. */
const claims = perRun(() => ({ inline: new Set<string>(), apart: new Map<string, string>() }));

const keyOf = (vaultId: string, setting: SharedSetting) => `${setting} ${vaultId.toLowerCase()}`;

/**
 * Two resources of one program that both set the identity or the encryption of one vault would undo each other's work
 * for ever. The checks of a run all pass through this process, so the second one to come sees the first.
 *
 * @returns what is wrong
 */
export function registerInlineOwner(context: Context, vaultId: string, setting: SharedSetting): string[] {
  if (isUnknown(vaultId)) return [];
  const { inline, apart } = claims(context);
  inline.add(keyOf(vaultId, setting));
  return apart.has(keyOf(vaultId, setting)) ? [setTwice(vaultId, setting)] : [];
}

/** @param value what the resource wants, where the vault can have only one; several identities merge */
export function registerResourceOwner(context: Context, vaultId: string, setting: SharedSetting, value = ""): string[] {
  if (isUnknown(vaultId)) return [];
  const { inline, apart } = claims(context);
  const key = keyOf(vaultId, setting);
  const other = apart.get(key);
  apart.set(key, value);
  if (inline.has(key)) return [setTwice(vaultId, setting)];
  return other !== undefined && other !== value ? [wantedTwice(vaultId, setting)] : [];
}

/** A resource of this run's program that goes has left the setting to the vault's own, which keeps it. */
export const isSetInline = (context: Context, vaultId: string, setting: SharedSetting): boolean =>
  claims(context).inline.has(keyOf(vaultId, setting));

const setTwice = (vaultId: string, setting: SharedSetting) =>
  `${calledById(vaultId)} gets its ${setting} twice in this program: from the argument ${setting} of its ${kindOf(vaultId)}, ` +
  `and from its ${names[setting]}. Each would undo the other. Keep one of the two.`;

const wantedTwice = (vaultId: string, setting: SharedSetting) =>
  `${calledById(vaultId)} has two ${names[setting]} in this program that want different things. Keep one of them.`;
