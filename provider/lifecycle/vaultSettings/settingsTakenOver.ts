import type { Context } from "../../host/context.js";
import { perRun } from "../../host/perRun.js";
import type { VaultInputs } from "../../vaults/definitions.js";
import type { SharedSetting } from "./claims.js";

const settings: SharedSetting[] = ["identity", "encryption"];

const handedOver = perRun(() => new Map<string, SharedSetting[]>());

/**
 * An inline setting that leaves the program while another resource of it begins to set the same goes over to that one:
 * nothing is removed from the vault. The other resource is checked only when the vault has been written, so the program
 * itself tells the vault of it.
 *
 * @param setApart what other resources of the program set of this vault
 * @returns what goes over
 */
export function settingsTakenOver(
  context: Context,
  old: VaultInputs | undefined,
  given: VaultInputs,
  markExternallyManaged: unknown,
): SharedSetting[] {
  const apart = Array.isArray(markExternallyManaged) ? markExternallyManaged : [];
  const over = settings.filter(
    (name) => apart.includes(name) && old?.[name] !== undefined && given[name] === undefined,
  );
  handedOver(context).set(given.vaultId.toLowerCase(), over);
  return over;
}

/** What the vault's own resource still answers for, of what it did before. */
export function inlineManaged(context: Context, old: VaultInputs, vaultId: string): VaultInputs {
  const own = { ...old };
  for (const name of handedOver(context).get(vaultId.toLowerCase()) ?? []) delete own[name];
  return own;
}

/** Whether the vault's own resource leaves this setting to another one in this run. */
export const isTakenOver = (context: Context, vaultId: string, setting: SharedSetting): boolean =>
  handedOver(context).get(vaultId.toLowerCase())?.includes(setting) ?? false;
