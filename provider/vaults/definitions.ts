import { backupVaultOutputs, backupVaultSettings } from "./backupVault.js";
import { at, type Body, present, readBody } from "./body.js";
import type { VaultEncryption } from "./encryption.js";
import { recoveryServicesVaultOutputs, recoveryServicesVaultSettings } from "./recoveryServicesVault.js";
import type { ArgumentsOf, Settings } from "./setting.js";
import { namesIn, type VaultKind } from "./vaultId.js";

/** One kind of vault: its settings and its outputs. Everything else is derived from them. */
export interface VaultDefinition {
  kind: VaultKind;
  settings: Settings;
  outputs: Readonly<Record<string, string>>;
  /** Values for outputs that Azure omits when they are empty. */
  emptyOutputs: Readonly<Record<string, unknown>>;
  /** The settings that identify a vault or that Azure cannot change. Another value requires a replacement. */
  fixedAtCreation: readonly SettingName[];
  /** The settings that can be written to an existing vault and read back. */
  writable: readonly SettingName[];
  /** The value that this service returns for a setting that was never set. */
  neverSet?: string;
}

const define = (kind: Omit<VaultDefinition, "fixedAtCreation" | "writable">): VaultDefinition => ({
  ...kind,
  fixedAtCreation: namesWhere(kind.settings, ({ role }) => role === "name" || role === "fixed"),
  writable: namesWhere(kind.settings, ({ role }) => role === "setting"),
});

const namesWhere = (settings: Settings, isWanted: (row: Settings[string]) => boolean): SettingName[] =>
  Object.entries(settings).flatMap(([name, row]) => (isWanted(row) ? [name as SettingName] : []));

export const definitions: Record<VaultKind, VaultDefinition> = {
  BackupVault: define({
    kind: "BackupVault",
    settings: backupVaultSettings,
    outputs: backupVaultOutputs,
    emptyOutputs: { replicatedRegions: [], isVaultProtectedByResourceGuard: false },
  }),
  RecoveryServicesVault: define({
    kind: "RecoveryServicesVault",
    settings: recoveryServicesVaultSettings,
    outputs: recoveryServicesVaultOutputs,
    emptyOutputs: {},
    neverSet: "Invalid",
  }),
};

type Both = ArgumentsOf<typeof backupVaultSettings> & Partial<ArgumentsOf<typeof recoveryServicesVaultSettings>>;

/**
 * The settings of a vault of either kind in canonical form, as `check` returns them and state records them. In a preview, any
 * value may be the engine's text for "not known yet". A live vault has the same shape, so that both are compared and judged
 * in the same way.
 */
export type VaultSettings = Omit<Both, "redundancy" | "location" | "subscriptionId" | "vaultId" | "encryption"> & {
  redundancy?: string;
  location?: string;
  subscriptionId: string;
  encryption?: VaultEncryption;
};

/** With the ID, which `check` computes so that it is known at preview. */
export type VaultInputs = VaultSettings & { vaultId: string };

/** Some settings of a vault. */
export type SomeSettings = Partial<VaultInputs>;

export type SettingName = keyof VaultSettings;

/** Only these settings of a vault, in the shape in which vaults are judged and written. */
export const settingsOf = (id: string, settings: SomeSettings): VaultInputs => ({
  ...namesIn(id),
  vaultId: id,
  ...settings,
});

/** The names of all arguments. */
export const argumentNames = ({ settings }: VaultDefinition): string[] => Object.keys(settings);

/** A live vault in the shape of our arguments. What Azure does not return stays absent: it was never set. */
export function readVault({ settings, neverSet }: VaultDefinition, id: string, live: Body): SomeSettings {
  // Requests are sent with a change and say nothing about the vault.
  const { resourceGuardOperationRequests: _, ...read } = readBody(settings, live, neverSet);
  return { ...namesIn(id), ...read };
}

/** A live vault as a program would define it: without what only Azure says of its encryption. */
export function programOf(definition: VaultDefinition, id: string, live: Body): VaultInputs {
  const { encryption: { state: _, ...key } = {}, ...settings } = readVault(definition, id, live);
  return { ...namesIn(id), vaultId: id, ...settings, ...(key.keyUri !== undefined && { encryption: key }) };
}

/** The outputs of a vault that are not arguments. */
export const outputsOf = ({ outputs, emptyOutputs }: VaultDefinition, live: Body): Record<string, unknown> => ({
  ...emptyOutputs,
  ...present(Object.fromEntries(Object.entries(outputs).map(([name, path]) => [name, at(live, path)]))),
});

/** The properties of a vault in a program: a property that is not registered does not exist on the resource. */
export const propertiesOf = ({ settings, outputs }: VaultDefinition): string[] => {
  const kept = Object.entries(settings).filter(([, { role }]) => role !== "request" && role !== "program");
  return [...kept.map(([name]) => name), "vaultId", ...Object.keys(outputs)];
};
