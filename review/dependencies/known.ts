import type { Fact, FactName, Facts } from "../../provider/rules/index.js";
import { definitions } from "../../provider/vaults/definitions.js";
import { type Encryption, forRules, type Maybe, unknown, type Vault } from "../../provider/vaults/ruleVault.js";
import { parseVaultId, type VaultKind } from "../../provider/vaults/vaultId.js";
import type { PlannedChange } from "../changes/plannedChange.js";
import { type CurrentSettings, fromState, liveVault, type ReviewContext, settledVault } from "../judgeVault.js";
import type { LiveResource } from "../live.js";
import { at, toValue, type Value } from "../values.js";
import { isVaultId, vaultOf } from "../vaults/adapters.js";
import { subjectOf } from "../vaults/index.js";
import { readingOf, type VaultRef } from "./reading.js";

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
  isGuarded: boolean;
}

/** What is known about vaults, from Azure and from the preview itself. */
export interface Knowledge {
  /** The changes of the preview, also to resources that stay as they are. */
  all: readonly PlannedChange[];
  /** The vaults that remain after the run. */
  vaults(subscriptions: readonly string[]): Promise<VaultsFound>;
  /** A vault as Azure or the preview has it, before the updates of the run or with them. */
  vault(ref: VaultRef, when?: "before"): Promise<Fact<Vault> | { missing: true }>;
  /** What a vault holds in Azure. */
  contents(ref: Pick<VaultRef, "kind" | "id">, names: readonly FactName[]): Promise<Facts>;
  guards(ref: Pick<VaultRef, "kind" | "id">): Promise<Fact<string[]>>;
  /** The ARM IDs of what a resource group contains in Azure. */
  resourcesIn(groupId: string): Promise<Fact<string[]>>;
  /** A backup policy as Azure has it. */
  policy(kind: VaultKind, id: string): Promise<LiveResource>;
}

export interface VaultsFound {
  vaults: KnownVault[];
  /** Why there may be more vaults. */
  unread?: string;
  /** Nothing in Azure can be read at all: only what the preview shows is known. */
  isBlind: boolean;
}

const noAccess = "there is no access to Azure.";

export function knowledge(all: readonly PlannedChange[], context: ReviewContext): Knowledge {
  const { live, deleted, projected } = context;
  // Most previews change nothing that asks for them.
  let planned: PlannedVault[] | undefined;
  const inPreview = () => (planned ??= plannedVaults(all));
  const once = new Map<string, Promise<unknown>>();
  function shared<T>(key: string, read: () => Promise<T>): Promise<T> {
    const known = (once.get(key) as Promise<T> | undefined) ?? read();
    once.set(key, known);
    return known;
  }
  const isBlind = () => live?.vaults === undefined || live.noAccess?.() !== undefined;

  return {
    all,

    async vaults(subscriptions) {
      const own = inPreview().flatMap(({ id }) => id?.split("/")[2] ?? []);
      const found = (await live?.vaults?.([...new Set([...subscriptions, ...own])])) ?? { unreadable: noAccess };
      const listed = "value" in found ? found.value : [];
      const remaining = listed
        .filter(({ id }) => !deleted.has(id.toLowerCase()))
        .map((vault): KnownVault => {
          const encryption = projected.encryption(vault.id) ?? vault.encryption;
          const isSame = encryption === vault.encryption || encryption?.identity === vault.encryption?.identity;
          const { principalId } = vault;
          const before = { encryption: vault.encryption, principalId };
          return { ...vault, encryption, principalId: isSame ? principalId : unknown, before };
        });
      const ids = new Set(listed.map(({ id }) => id.toLowerCase()));
      const others = inPreview().filter(({ id }) => id === undefined || !ids.has(id.toLowerCase()));
      return {
        vaults: [...remaining, ...others],
        isBlind: isBlind(),
        ...("unreadable" in found && { unread: found.unreadable }),
      };
    },

    async vault({ kind, id }, when) {
      const found = await shared(`vault ${id.toLowerCase()}`, async () => live?.vault(kind, id));
      if (found && "missing" in found) return found;
      const shown = inPreview().find((each) => each.id?.toLowerCase() === id.toLowerCase());
      if (found && "body" in found) {
        const has = liveVault(definitions[kind], id, found.body);
        if (when === "before") return { value: forRules(definitions[kind], has.settings, has.state) };
        const settled = shown?.settled?.(has) ?? forRules(definitions[kind], has.settings, has.state);
        return { value: projected.vault(settled, id, "") };
      }
      const known = (when === "before" && shown?.was) || shown?.vault;
      return known ? { value: known } : { unreadable: found?.unreadable ?? noAccess };
    },

    contents: async ({ kind, id }, names) =>
      live
        ? shared(`${names.join()} ${id.toLowerCase()}`, () =>
            live.facts({ kind, id, before: {}, after: {} }, [...names]),
          )
        : Object.fromEntries(names.map((name) => [name, { unreadable: noAccess }])),

    policy: async (kind, id) =>
      (await shared(`policy ${id.toLowerCase()}`, async () => live?.policy?.(kind, id))) ?? { unreadable: noAccess },

    guards: async ({ kind, id }) =>
      (await shared(`guards ${id.toLowerCase()}`, async () => live?.resourceGuards?.(kind, id))) ?? {
        unreadable: noAccess,
      },

    resourcesIn: async (groupId) => (await live?.resourcesIn?.(groupId)) ?? { unreadable: noAccess },
  };
}

interface PlannedVault extends KnownVault {
  /** Absent for one of which the preview shows only a setting. */
  vault?: Vault;
  /** The vault before the run. */
  was?: Vault;
  /** What the run makes of it. */
  settled?(has: CurrentSettings): Vault;
}

/** The vaults of the preview that remain, with what other resources of the program set on them. */
function plannedVaults(all: readonly PlannedChange[]): PlannedVault[] {
  const principals = principalsIn(all);
  const vaults = all.flatMap((planned) => vaultFrom(planned, principals) ?? []);
  for (const planned of all) {
    const subject = subjectOf(planned);
    if (subject?.is !== "part" || planned.action === "delete") continue;
    const values = toValue((planned.new ?? planned.old)?.inputs ?? {});
    const id = subject.part.vaultId(values);
    const { encryption } = subject.part.added({}, values);
    if (!encryption) continue;
    const had = planned.old && subject.part.added({}, toValue(planned.old.inputs)).encryption;
    const before: KnownVault["before"] = { ...(had && { encryption: had }), principalId: unknown };
    const known = vaults.find((each) => isVaultId(id) && each.id?.toLowerCase() === id.toLowerCase());
    if (known) {
      known.encryption = encryption;
      known.before = { ...before, ...known.before };
      known.principalId ??= unknown;
    } else {
      const { kind = "BackupVault", vaultName = planned.name } = (isVaultId(id) && parseVaultId(id)) || {};
      const of = { kind, name: vaultName, ...(isVaultId(id) && { id }) };
      vaults.push({ ...of, encryption, principalId: unknown, before, userAssigned: [], isGuarded: false });
    }
  }
  return vaults;
}

function vaultFrom(planned: PlannedChange, principals: ReadonlyMap<string, string>): PlannedVault | undefined {
  const { action, old, new: wanted, name } = planned;
  const subject = subjectOf(planned);
  if (subject?.is !== "vault") return undefined;
  const isForgotten = action === "delete" && old?.retainOnDelete;
  if (action === "delete" && !isForgotten) return undefined;
  const values = toValue({ ...old?.inputs, ...old?.outputs, ...(isForgotten ? {} : wanted?.inputs) });
  const adapter = subject.vault;
  const settled = (has: CurrentSettings) => settledVault(adapter, planned, has);
  const has = old && fromState(adapter, old, adapter.settings(toValue(old.inputs)));
  const vault = has && action !== "replace" ? settled(has) : vaultOf(adapter, values);
  const had = toValue({ ...old?.inputs, ...old?.outputs });
  const before = old && vaultOf(adapter, had);
  const id = [old?.id, wanted?.id].find(isVaultId);
  const { userAssigned } = vault.identity ?? {};
  return {
    kind: subject.vault.definition.kind,
    name: (id && parseVaultId(id)?.vaultName) || (typeof vault.vaultName === "string" ? vault.vaultName : name),
    ...(id !== undefined && { id }),
    vault,
    ...(has && { was: forRules(adapter.definition, has.settings, has.state) }),
    settled,
    ...(isEncrypted(vault) && { encryption: vault.encryption }),
    principalId: principalOf(vault, values, principals),
    before: before
      ? {
          ...(isEncrypted(before) && { encryption: before.encryption }),
          principalId: principalOf(before, had, principals),
        }
      : {},
    userAssigned: Array.isArray(userAssigned) ? userAssigned : [],
    isGuarded: vault.isProtectedByResourceGuard !== undefined && vault.isProtectedByResourceGuard !== false,
  };
}

const isEncrypted = ({ encryption }: Vault): boolean =>
  encryption?.keyUri !== undefined && encryption.state !== "Disabled";

function principalOf({ encryption }: Vault, values: Value, principals: ReadonlyMap<string, string>): Maybe<string> {
  const { identity = "SystemAssigned" } = encryption ?? {};
  if (identity === unknown) return unknown;
  if (/^SystemAssigned$/i.test(identity)) {
    const found = at(values, "identity.principalId") ?? at(values, "principalId");
    return typeof found === "string" ? found : unknown;
  }
  return principals.get(identity.toLowerCase()) ?? unknown;
}

/** The principals of the program's user-assigned identities, by their ARM IDs. */
function principalsIn(all: readonly PlannedChange[]): ReadonlyMap<string, string> {
  return new Map(
    all.flatMap((planned) => {
      const subject = subjectOf(planned);
      if (subject?.is !== "dependency" || subject.dependency.kind !== "identity") return [];
      const current = readingOf(planned.old ?? planned.new, true);
      const principal = current.text("principalId", "properties.principalId");
      return current.id && typeof principal === "string" ? [[current.id.toLowerCase(), principal] as const] : [];
    }),
  );
}
