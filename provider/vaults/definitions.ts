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
  /** The value that this service returns for a setting that was never set. */
  neverSet?: string;
}

export const definitions: Record<VaultKind, VaultDefinition> = {
  BackupVault: {
    kind: "BackupVault",
    settings: backupVaultSettings,
    outputs: backupVaultOutputs,
    emptyOutputs: { replicatedRegions: [], isVaultProtectedByResourceGuard: false },
  },
  RecoveryServicesVault: {
    kind: "RecoveryServicesVault",
    settings: recoveryServicesVaultSettings,
    outputs: recoveryServicesVaultOutputs,
    emptyOutputs: {},
    neverSet: "Invalid",
  },
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

type SettingName = keyof VaultSettings;

const namesWhere = ({ settings }: VaultDefinition, isWanted: (row: Settings[string]) => boolean): SettingName[] =>
  Object.entries(settings).flatMap(([name, row]) => (isWanted(row) ? [name as SettingName] : []));

/** The settings that identify a vault or that Azure cannot change. Another value requires a replacement. */
export const fixedAtCreation = (definition: VaultDefinition): SettingName[] =>
  namesWhere(definition, ({ role }) => role === "name" || role === "fixed");

/** The settings that can be written to an existing vault and read back. */
export const writable = (definition: VaultDefinition): SettingName[] =>
  namesWhere(definition, ({ role }) => role === "setting");

/** Only these settings of a vault, in the shape in which vaults are judged and written. */
export const settingsOf = (id: string, settings: SomeSettings): VaultInputs => ({
  ...namesIn(id),
  vaultId: id,
  ...settings,
});

/** The names of all arguments. */
export const argumentNames = ({ settings }: VaultDefinition): string[] => Object.keys(settings);

/** A live vault in the shape of our arguments. What Azure does not return stays absent: it was never set. */
export function readVault(definition: VaultDefinition, id: string, live: Body): SomeSettings {
  const { settings, neverSet } = definition;
  const kept = Object.fromEntries(Object.entries(settings).filter(([, { role }]) => role !== "request"));
  return { ...namesIn(id), ...readBody(kept, live, neverSet) };
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
