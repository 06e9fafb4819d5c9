import { backupVaultOutputs, type backupVaultSettings } from "./backupVault.js";
import { at, present, textAt } from "./body.js";
import type { VaultDefinition } from "./definitions.js";
import { identityForRules } from "./identity.js";
import { recoveryServicesVaultOutputs, type recoveryServicesVaultSettings } from "./recoveryServicesVault.js";
import type { ArgumentsOf, JudgedIn, Settings } from "./setting.js";
import { type Maybe, markUnknown, unknown } from "./unknowns.js";
import type { VaultKind } from "./vaultId.js";

export { type Maybe, unknown } from "./unknowns.js";

/**
 * The normal form of a vault, of either kind: what every rule judges, whoever speaks.
 * This package's inputs, a live ARM body and another provider's preview are converted to it at the edges.
 *
 * A transition's `before` and `after` are complete: a setting that is absent from `after` goes back to
 * Azure's default. A setting that the program does not manage is carried over by whoever builds the transition.
 *
 * Plain strings, not unions: a value that Azure adds tomorrow must reach the rules, which answer "undecided".
 */
export type Vault = VaultForms["BackupVault"] & VaultForms["RecoveryServicesVault"];

/** The same with the settings of one kind: a rule about that kind judges no other setting. */
export interface VaultForms {
  BackupVault: FormOf<typeof backupVaultSettings> & Omit<LiveState, "privateEndpoints">;
  RecoveryServicesVault: FormOf<typeof recoveryServicesVaultSettings> & Omit<LiveState, "lastWriteFailed">;
}

type FormOf<S extends Settings> = Omit<JudgedOf<S>, "identity" | "encryption"> & {
  identity?: { systemAssigned?: Maybe<boolean>; userAssigned?: Maybe<Maybe<string>[]> };
  encryption?: Encryption;
};

/** What only a live vault says. */
export interface LiveState {
  /** Names of its private endpoint connections. */
  privateEndpoints?: Maybe<string[]>;
  /** How a move to another resource group or subscription stands. */
  resourceMoveState?: Maybe<string>;
  /** The next write has to be a PUT, which says the whole vault. */
  lastWriteFailed?: Maybe<boolean>;
  isProtectedByResourceGuard?: Maybe<boolean>;
}

export interface Encryption {
  /** `Enabled`, `Disabled` or `Inconsistent`. */
  state?: Maybe<string>;
  keyUri?: Maybe<string>;
  /** `SystemAssigned` or the ARM id of a user-assigned identity. */
  identity?: Maybe<string>;
  /** An id that stands beside `SystemAssigned`: Azure's shape has room for it, and no use. */
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
 * Settings in the rules' normal form. A leaf that stands for a value that is not known yet, in the engine's words or
 * ours, becomes `unknown`.
 */
export function forRules({ settings }: VaultDefinition, values: object, live: LiveState = {}): Vault {
  const vault: Record<string, unknown> = {};
  for (const [name, { judged, value }] of Object.entries(settings)) {
    if (!judged) continue;
    const found = markUnknown(at(values, name));
    if (found === undefined) continue;
    if (name === "identity") vault.identity = identityForRules(found);
    else if (name === "encryption") vault.encryption = fieldsOf(found, ["state", ...encryptionFields]);
    else vault[name] = value.is === "fields" ? fieldsOf(found, Object.keys(value.fields)) : found;
  }
  return { ...vault, ...present(live) };
}

const encryptionFields = ["keyUri", "identity", "identityId", "infrastructureEncryption"];

/** An object whose leaves are all unknown where the object itself is. */
function fieldsOf(value: unknown, names: readonly string[]): object | undefined {
  return present(Object.fromEntries(names.map((name) => [name, at(value, name)])));
}

/** What a live body says besides the settings. */
export const liveState: Record<VaultKind, (body: unknown) => LiveState> = {
  BackupVault: (body) => ({
    resourceMoveState: textAt(body, "properties.resourceMoveState"),
    lastWriteFailed: hasFailed(body) ? true : undefined,
    isProtectedByResourceGuard: isGuarded(at(body, backupVaultOutputs.isVaultProtectedByResourceGuard)),
  }),
  RecoveryServicesVault: (body) => ({
    privateEndpoints: endpoints(at(body, "properties.privateEndpointConnections")),
    resourceMoveState: textAt(body, "properties.moveState"),
    isProtectedByResourceGuard: isGuarded(at(body, recoveryServicesVaultOutputs.multiUserAuthorization)),
  }),
};

/** Its last write ended badly: what it shows is what was asked for, perhaps not what it is, until it is written again. */
export function hasFailed(body: unknown): boolean {
  const state = textAt(body, "properties.provisioningState");
  return typeof state === "string" && /^failed$/i.test(state);
}

/** Whether a resource guard protects the vault. A word of a newer Azure may mean that one does. */
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
