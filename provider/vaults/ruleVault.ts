import { backupVaultOutputs, type backupVaultSettings } from "./backupVault.js";
import { at, collected, field, present, textAt, textsAt } from "./body.js";
import type { VaultDefinition } from "./definitions.js";
import { identityForRules } from "./identity.js";
import { recoveryServicesVaultOutputs, type recoveryServicesVaultSettings } from "./recoveryServicesVault.js";
import type { ArgumentsOf, JudgedIn, Settings } from "./setting.js";
import { isUnknown, type Maybe, markUnknown, unknown } from "./unknowns.js";
import type { VaultKind } from "./vaultId.js";

export { type Maybe, unknown } from "./unknowns.js";

/**
 * The normal form of a vault of either kind, which every rule judges. This package's inputs, a live ARM body and another
 * provider's preview are converted to it.
 *
 * A transition's `before` and `after` are complete: a setting that is absent from `after` returns to Azure's default. The code
 * that builds the transition copies settings that the program does not manage.
 *
 * Plain strings, not unions: a value that Azure adds later must reach the rules, which then leave the change undecided.
 */
export type Vault = VaultForms["BackupVault"] & VaultForms["RecoveryServicesVault"];

/** The same with the settings of one kind: a rule about that kind judges no other setting. */
export interface VaultForms {
  BackupVault: FormOf<typeof backupVaultSettings> & Omit<LiveState, "privateEndpoints">;
  RecoveryServicesVault: FormOf<typeof recoveryServicesVaultSettings> &
    Omit<LiveState, "lastWriteFailed" | "replicatedRegions">;
}

type FormOf<S extends Settings> = Omit<JudgedOf<S>, "identity" | "encryption"> & {
  identity?: { systemAssigned?: Maybe<boolean>; userAssigned?: Maybe<Maybe<string>[]> };
  encryption?: Encryption;
};

/** What only a live vault has. */
export interface LiveState {
  /** Names of its private endpoint connections. */
  privateEndpoints?: Maybe<string[]>;
  /** The state of a move to another resource group or subscription. */
  resourceMoveState?: Maybe<string>;
  /** The next write must be a PUT, with the whole vault. */
  lastWriteFailed?: Maybe<boolean>;
  isProtectedByResourceGuard?: Maybe<boolean>;
  /** The regions that Azure replicates its backups to. */
  replicatedRegions?: Maybe<Maybe<string>[]>;
}

export interface Encryption {
  /** `Enabled`, `Disabled` or `Inconsistent`. */
  state?: Maybe<string>;
  keyUri?: Maybe<string>;
  /** `SystemAssigned` or the ARM ID of a user-assigned identity. */
  identity?: Maybe<string>;
  /** An ID together with `SystemAssigned`, which Azure's schema allows but does not use. */
  identityId?: Maybe<string>;
  infrastructureEncryption?: Maybe<string>;
}

type JudgedOf<S extends Settings> = { [K in JudgedIn<S> & keyof ArgumentsOf<S>]?: Known<ArgumentsOf<S>[K]> };
type Known<T> = T extends string | number | boolean
  ? Maybe<T>
  : T extends (infer I)[]
    ? Maybe<Known<I>[]>
    : T extends object
      ? { [K in keyof T]?: Known<T[K]> }
      : T;

/**
 * Settings in the rules' normal form. A value that is not known yet, in the engine's form or ours, becomes `unknown`.
 */
export function forRules({ settings }: VaultDefinition, values: object, live: LiveState = {}): Vault {
  const vault = collected(settings, (name) => {
    const setting = settings[name];
    const found = setting?.judged ? field(values, name) : undefined;
    if (found === undefined) return undefined;
    if (name === "identity") return identityForRules(markUnknown(found));
    if (name === "encryption") return fieldsOf(found, encryptionFields);
    return setting?.value.is === "fields" ? fieldsOf(found, setting.value.fields) : markUnknown(found);
  });
  return Object.assign(vault ?? {}, present(live));
}

const encryptionFields: Record<keyof Encryption, true> = {
  state: true,
  keyUri: true,
  identity: true,
  identityId: true,
  infrastructureEncryption: true,
};

/** The fields of an object. If the object is unknown, all of them are unknown. */
function fieldsOf(value: unknown, names: object): object | undefined {
  const object = isUnknown(value) ? unknown : value;
  return collected(names, (name) => markUnknown(field(object, name)));
}

/** What a live body contains apart from the settings. */
export const liveState: Record<VaultKind, (body: unknown) => LiveState> = {
  BackupVault: (body) => ({
    resourceMoveState: textAt(body, "properties.resourceMoveState"),
    lastWriteFailed: hasFailed(body) ? true : undefined,
    isProtectedByResourceGuard: isGuarded(at(body, backupVaultOutputs.isVaultProtectedByResourceGuard)),
    replicatedRegions: textsAt(body, backupVaultOutputs.replicatedRegions),
  }),
  RecoveryServicesVault: (body) => ({
    privateEndpoints: endpoints(at(body, "properties.privateEndpointConnections")),
    resourceMoveState: textAt(body, "properties.moveState"),
    isProtectedByResourceGuard: isGuarded(at(body, recoveryServicesVaultOutputs.multiUserAuthorization)),
  }),
};

/** Whether the last write failed. Until the next write, the vault may show requested values instead of its real ones. */
export function hasFailed(body: unknown): boolean {
  const state = textAt(body, "properties.provisioningState");
  return typeof state === "string" && /^failed$/i.test(state);
}

/** Whether a resource guard protects the vault. A value that Azure adds later may mean that one does. */
export function isGuarded(value: unknown): Maybe<boolean> | undefined {
  if (value === undefined || value === null || typeof value === "boolean") return value ?? undefined;
  if (typeof value === "string" && /^enabled$/i.test(value)) return true;
  return typeof value === "string" && /^(disabled|invalid)$/i.test(value) ? false : unknown;
}

function endpoints(connections: unknown): LiveState["privateEndpoints"] {
  if (connections === unknown) return unknown;
  if (!Array.isArray(connections) || connections.length === 0) return undefined;
  return connections.map((connection) => {
    const name = textAt(connection, "name") ?? textAt(connection, "id");
    return typeof name === "string" ? (name.split("/").at(-1) ?? name) : "one without a name";
  });
}
