import { backupVaultOutputs, backupVaultSettings } from "./backupVault.js";
import { at, type Body, present, readBody } from "./body.js";
import type { VaultEncryption } from "./encryption.js";
import { recoveryServicesVaultOutputs, recoveryServicesVaultSettings } from "./recoveryServicesVault.js";
import type { ArgumentsOf, Settings } from "./setting.js";
import { namesIn, type VaultKind } from "./vaultId.js";

/** One kind of vault: its settings and its outputs. All else about it follows from them. */
export interface VaultDefinition {
  kind: VaultKind;
  settings: Settings;
  outputs: Readonly<Record<string, string>>;
  /** An output that Azure leaves out where it is empty. */
  emptyOutputs: Readonly<Record<string, unknown>>;
  /** What stands in this service's answers for what was never set. */
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
 * The settings of a vault of either kind in canonical form, as `check` hands them on and state keeps them. Any leaf may
 * be the engine's text for "not known yet" in a preview. The same shape describes a live vault, so that both are
 * compared and judged in one way.
 */
export type VaultSettings = Omit<Both, "redundancy" | "location" | "subscriptionId" | "vaultId" | "encryption"> & {
  redundancy?: string;
  location?: string;
  subscriptionId: string;
  encryption?: VaultEncryption;
};

/** With the id, which `check` computes so that it is known at preview. */
export type VaultInputs = VaultSettings & { vaultId: string };

/** Some settings of a vault, and nothing said of the others. */
export type SomeSettings = Partial<VaultInputs>;

type SettingName = keyof VaultSettings;

const namesWhere = ({ settings }: VaultDefinition, isWanted: (row: Settings[string]) => boolean): SettingName[] =>
  Object.entries(settings).flatMap(([name, row]) => (isWanted(row) ? [name as SettingName] : []));

/** What decides which vault it is, and what Azure has no way to change on one. Another value means another vault. */
export const fixedAtCreation = (definition: VaultDefinition): SettingName[] =>
  namesWhere(definition, ({ role }) => role === "name" || role === "fixed");

/** What can be written to an existing vault and read back from it. */
export const writable = (definition: VaultDefinition): SettingName[] =>
  namesWhere(definition, ({ role }) => role === "setting");

/** Settings of one vault and nothing else of it, in the shape in which vaults are judged and written. */
export const settingsOf = (id: string, settings: SomeSettings): VaultInputs => ({
  ...namesIn(id),
  vaultId: id,
  ...settings,
});

/** The settings that a program shares with what Azure keeps. */
export const argumentNames = ({ settings }: VaultDefinition): string[] => Object.keys(settings);

/** A live vault in the shape of our arguments. What Azure does not answer stays absent: it was never set. */
export function readVault(definition: VaultDefinition, id: string, live: Body): SomeSettings {
  const { settings, neverSet } = definition;
  const kept = Object.fromEntries(Object.entries(settings).filter(([, { role }]) => role !== "request"));
  return { ...namesIn(id), ...readBody(kept, live, neverSet) };
}

/** What a program can use of a vault besides its arguments. */
export const outputsOf = ({ outputs, emptyOutputs }: VaultDefinition, live: Body): Record<string, unknown> => ({
  ...emptyOutputs,
  ...present(Object.fromEntries(Object.entries(outputs).map(([name, path]) => [name, at(live, path)]))),
});

/** What a program finds on a vault of this kind: a property that is not registered does not exist on the resource. */
export const propertiesOf = ({ settings, outputs }: VaultDefinition): string[] => {
  const kept = Object.entries(settings).filter(([, { role }]) => role !== "request" && role !== "program");
  return [...kept.map(([name]) => name), "vaultId", ...Object.keys(outputs)];
};
