import { isDeepStrictEqual } from "node:util";
import { type Encryption, forRules, type Maybe, unknown, type Vault } from "../../provider/vaults/ruleVault.js";
import { parseVaultId, type VaultKind } from "../../provider/vaults/vaultId.js";
import { fields, type PlannedChange, type State } from "../changes/plannedChange.js";
import { isIdSecret, secretSettings } from "../hideSecrets.js";
import { type CurrentSettings, fromState, type ReviewContext, settledVault } from "../judgeVault.js";
import { isEncrypted } from "../projectedState.js";
import { at, toValue, type Value } from "../values.js";
import { isVaultId, type PreviewAdapter } from "../vaults/adapters.js";
import { subjectOf } from "../vaults/index.js";
import { readingOf } from "./reading.js";

/** A vault as it is after the run, but for what the run deletes. */
export interface KnownVault {
  kind: VaultKind;
  name: string;
  /** Absent: the run creates it. */
  id?: string;
  /** Absent: no customer-managed key. */
  encryption?: Encryption;
  /** The principal of the identity that accesses the key. */
  principalId?: Maybe<string>;
  /** What these are before the run. */
  before: Pick<KnownVault, "encryption" | "principalId">;
  /** The ARM IDs of its user-assigned identities. */
  userAssigned: readonly Maybe<string>[];
  /** Each identity, `SystemAssigned` or by its ARM ID, and its principal. Absent: not known. */
  identities?: readonly VaultPrincipal[];
  isGuarded: boolean;
  /** The ARM IDs of the key vaults that the preview shows, also of those that others use. */
  storeIds?: readonly string[];
}

export interface VaultPrincipal {
  id: string;
  principalId?: Maybe<string>;
}

/** A vault of the preview that is there after the run. */
export interface PlannedVault extends KnownVault {
  /** Absent for one of which the preview shows only what other resources set. */
  shown?: ShownVault;
}

export interface ShownVault {
  /** With what the run makes of it. */
  vault: Vault;
  /** Before the run. */
  was?: Vault;
  /** Before other resources of this run set something on it. */
  start: Vault;
  /** Whether the run creates it. */
  isNew: boolean;
  /** What its own resource makes of it, as it is in Azure. */
  settled(has: CurrentSettings): Vault;
}

/**
 * The vaults of the preview that remain, with what other resources of the program have set on them and set in this run.
 * What the program only forgets remains, and so does a vault's key, whatever is removed.
 */
export function plannedVaults(all: readonly PlannedChange[], context: ReviewContext): PlannedVault[] {
  const principals = principalsIn(all);
  const shown = all.flatMap((planned) => vaultsOf(planned, principals, context));
  const done = new Set([...context.deleted, ...shown.flatMap(({ id }) => id?.toLowerCase() ?? [])]);
  const others = all.flatMap(settingsOf).flatMap(({ id, name, encryption }): PlannedVault[] => {
    const parsed = isVaultId(id) ? parseVaultId(id) : undefined;
    // Its vault may be any.
    const isAnywhere = !isVaultId(id) || !parsed;
    if (isAnywhere)
      return [{ kind: "BackupVault", name, ...needsOf({ encryption }, undefined, principals), before: {} }];
    if (done.has(id.toLowerCase())) return [];
    done.add(id.toLowerCase());
    const was = context.projected.current({}, id);
    const needs = needsOf(context.projected.vault(was, id, ""), undefined, principals, was);
    const identities = identitiesOf(was, { principal: undefined, id }, principals);
    const before = keyOf(was, undefined, principals);
    return [
      { kind: parsed.kind, name: context.hidden.of(id) ?? parsed.vaultName, id, ...needs, ...identities, before },
    ];
  });
  return [...shown, ...others.filter((vault) => vault.encryption)];
}

interface SetKey {
  id: Value;
  name: string;
  encryption: Vault["encryption"];
}

/** What a separate resource sets on a vault, before the run and in it, perhaps on another one. */
function settingsOf(planned: PlannedChange): SetKey[] {
  const { action, old, new: wanted, name } = planned;
  const subject = subjectOf(planned);
  if (subject?.is !== "part") return [];
  const { part } = subject;
  const found = [old, action === "delete" ? undefined : wanted].flatMap((state): SetKey[] => {
    const values = state && toValue(state.inputs);
    return values ? [{ id: part.vaultId(values), name, encryption: part.added({}, values).encryption }] : [];
  });
  const [before, after] = found;
  return isDeepStrictEqual(before, after) ? found.slice(1) : found;
}

/** The vault of a resource, and beside its successor the one that a replacement only forgets. */
function vaultsOf(
  planned: PlannedChange,
  principals: Principals,
  { projected, hidden }: ReviewContext,
): PlannedVault[] {
  const { address, action, old, new: wanted, name } = planned;
  const subject = subjectOf(planned);
  if (subject?.is !== "vault") return [];
  const { vault: adapter } = subject;
  const { kind } = adapter.definition;
  const settled = (has: CurrentSettings) => settledVault(adapter, planned, has);
  const had = systemPrincipal(old);
  const isNameHidden = isIdSecret(secretSettings(planned, subject));
  function known(id: string | undefined, shown: Omit<ShownVault, "settled">, principal: Principal): PlannedVault {
    const { vault, was, isNew } = shown;
    const inAzure = [isNew ? undefined : id && parseVaultId(id)?.vaultName, vault.vaultName];
    const names = isNameHidden ? [] : [hidden.of(id), ...inAzure];
    return {
      kind,
      name: names.find((each) => typeof each === "string") ?? name,
      ...(id !== undefined && { id }),
      shown: { ...shown, settled },
      ...needsOf(vault, principal, principals, isNew ? undefined : was),
      ...identitiesOf(vault, isNew ? "none" : { principal: had, id }, principals),
      before: was && !isNew ? keyOf(was, had, principals) : {},
    };
  }

  const own = old && ownOf(adapter, old);
  const was = own && projected.current(own.vault, old.id);
  const isForgotten = old?.retainOnDelete === true && (action === "delete" || action === "replace");
  const forgotten = was && isForgotten ? [known(old?.id, { vault: was, was, start: was, isNew: false }, had)] : [];
  if (action === "delete" || !wanted) return forgotten;
  const id = [isForgotten ? undefined : old?.id, wanted.id].find(isVaultId);
  if (action === "create" || action === "replace") {
    const start = forRules(adapter.definition, adapter.settings(toValue(wanted.inputs)));
    const vault = projected.vault(start, id, address);
    return [...forgotten, known(id, { vault, ...(was && { was }), start, isNew: true }, systemPrincipal(wanted))];
  }
  // What is only read or imported has no state before.
  const { vault: before, has: current } = own ?? ownOf(adapter, wanted);
  const start = was ?? before;
  const vault = projected.vault(projected.changed({ before, after: own ? settled(current) : before }, id), id, address);
  // Its principal is Azure's, and stays as long as the vault has a system-assigned identity.
  const isKept = old && start.identity?.systemAssigned === true && vault.identity?.systemAssigned === true;
  return [known(id, { vault, was: start, start, isNew: false }, isKept ? had : systemPrincipal(wanted))];
}

/** The vault as its own resource has it. */
function ownOf(adapter: PreviewAdapter, state: State): { has: CurrentSettings; vault: Vault } {
  const has = fromState(adapter, state, adapter.settings(toValue(state.inputs)));
  return { has, vault: forRules(adapter.definition, has.settings, has.state) };
}

type Principals = ReadonlyMap<string, string>;

/** Of a vault's system-assigned identity. Undefined: the preview does not show it. */
type Principal = Value;

function systemPrincipal(state: State | undefined): Principal {
  const values = toValue({ ...state?.inputs, ...state?.outputs });
  const identity = at(values, "identity") ?? at(values, "identities");
  const only = Array.isArray(identity) ? identity[0] : identity;
  return at(only, "principalId") ?? at(only, "principal_id") ?? at(values, "principalId");
}

/** @param was the vault before the run, whose key stays */
function needsOf(
  vault: Vault,
  principal: Principal,
  principals: Principals,
  was?: Vault,
): Omit<KnownVault, "kind" | "name" | "id" | "before"> {
  const { identity, isProtectedByResourceGuard: isGuarded = false } = vault;
  return {
    ...keyOf(was && !isEncrypted(vault) ? was : vault, principal, principals),
    userAssigned: Array.isArray(identity?.userAssigned) ? identity.userAssigned : [],
    isGuarded: isGuarded !== false,
  };
}

/** @param system of an existing vault. One that the run creates has no principal yet that anything could be granted to */
function identitiesOf(
  { identity }: Vault,
  system: { principal: Principal; id: string | undefined } | "none",
  principals: Principals,
): Pick<KnownVault, "identities"> {
  const { systemAssigned = false, userAssigned = [] } = identity ?? {};
  if (!identity || userAssigned === unknown || userAssigned.includes(unknown)) return {};
  const principalIn = (id: string): Maybe<string> => principals.get(id.toLowerCase()) ?? unknown;
  const users: VaultPrincipal[] = userAssigned.flatMap((id) =>
    id === unknown ? [] : { id, principalId: principalIn(id) },
  );
  if (system === "none" || systemAssigned === false) return { identities: users };
  const own: Maybe<string> = typeof system.principal === "string" ? system.principal : principalIn(system.id ?? "");
  return { identities: [{ id: "SystemAssigned", principalId: own }, ...users] };
}

function keyOf(vault: Vault, principal: Principal, principals: Principals): KnownVault["before"] {
  const encryption = isEncrypted(vault) ? vault.encryption : undefined;
  return { ...(encryption && { encryption }), principalId: principalOf(encryption?.identity, principal, principals) };
}

function principalOf(
  identity: Maybe<string> | undefined = "SystemAssigned",
  principal: Principal,
  principals: Principals,
): Maybe<string> {
  if (identity === unknown) return unknown;
  if (/^SystemAssigned$/i.test(identity)) return typeof principal === "string" ? principal : unknown;
  return principals.get(identity.toLowerCase()) ?? unknown;
}

/** Of a vault's user-assigned identities, as far as Azure has given them: by their ARM IDs. */
function userPrincipals(vault: State | undefined): [string, string][] {
  const reading = readingOf(vault, true);
  return Object.entries(fields(reading.value("identity.userAssignedIdentities"))).flatMap(([id, each]) => {
    const principalId = at(each as Value, "principalId");
    return typeof principalId === "string" ? [[id.toLowerCase(), principalId] as [string, string]] : [];
  });
}

/** The principals of the program's user-assigned identities, by their ARM IDs, and of vaults' own, by those of the vaults. */
function principalsIn(all: readonly PlannedChange[]): Principals {
  return new Map(
    all.flatMap((planned) => {
      const subject = subjectOf(planned);
      if (subject?.is === "part" && planned.old) {
        // Of this package's resource that assigns an identity.
        const { vault, identity, principalId } = { ...planned.old.inputs, ...planned.old.outputs };
        const holder = /^SystemAssigned$/i.test(String(identity)) ? vault : identity;
        return typeof holder === "string" && typeof principalId === "string"
          ? [[holder.toLowerCase(), principalId] as const]
          : [];
      }
      if (subject?.is === "vault") return userPrincipals(planned.old);
      if (subject?.is !== "dependency" || subject.dependency.kind !== "identity") return [];
      const current = readingOf(planned.old ?? planned.new, true);
      const principal = current.text("principalId", "properties.principalId");
      return current.id && typeof principal === "string" ? [[current.id.toLowerCase(), principal] as const] : [];
    }),
  );
}
