import type { Fact, FactName, Facts } from "../../provider/rules/index.js";
import type { ClusterStorage } from "../../provider/vaults/clusterStorage.js";
import { definitions } from "../../provider/vaults/definitions.js";
import { forRules, unknown, type Vault } from "../../provider/vaults/ruleVault.js";
import { parseVaultId, type VaultKind } from "../../provider/vaults/vaultId.js";
import type { PlannedChange } from "../changes/plannedChange.js";
import { liveVault, type ReviewContext } from "../judgeVault.js";
import type { ClusterPrincipals, LiveResource } from "../live.js";
import type { Value } from "../values.js";
import { storesShown } from "./keyStores.js";
import { type KnownVault, type PlannedVault, plannedVaults, type ShownVault } from "./plannedVaults.js";
import { isBelow, type VaultRef } from "./reading.js";

/** What is known about vaults, from Azure and from the preview itself. */
export interface Knowledge {
  /** The changes of the preview, also to resources that stay as they are. */
  all: readonly PlannedChange[];
  /** The vaults that remain after the run. */
  vaults(subscriptions: readonly string[]): Promise<VaultsFound>;
  /** A vault as Azure or the preview has it, before the updates of the run or with them. */
  vault(ref: VaultRef, when?: "before"): Promise<Fact<Vault> | { missing: true }>;
  /**
   * A vault as the preview alone shows it. One that the run creates may not have its ID yet: then its names say which it is.
   * Where the ID that something has for it is not known yet either, it is any that the run creates.
   */
  shown(kind: VaultKind, id: Value): Pick<ShownVault, "start" | "isNew"> | undefined;
  /** A vault with its name, or with what a page calls it if its name is secret. */
  named<Ref extends VaultRef>(ref: Ref): Ref & { name: string };
  /** What a vault holds in Azure. */
  contents(ref: VaultRef, names: readonly FactName[]): Promise<Facts>;
  guards(ref: VaultRef): Promise<Fact<string[]>>;
  /** The ARM IDs of what a resource group contains in Azure. */
  resourcesIn(groupId: string): Promise<Fact<string[]>>;
  /** Where Azure has the backups of an AKS cluster. */
  clusterStorage(clusterId: string): Promise<Fact<ClusterStorage | undefined>>;
  /** The principals of an AKS cluster's identities, and of its backup extension, in Azure. */
  clusterPrincipals(clusterId: string): Promise<Fact<ClusterPrincipals>>;
  /** The permissions on keys in a principal's access policy of a key's key vault in Azure. None if that uses roles. */
  keyPermissions(keyUri: unknown, principalId: unknown): Promise<Fact<string[]>>;
  /** A backup policy as Azure has it. */
  policy(kind: VaultKind, id: string): Promise<LiveResource>;
}

export interface VaultsFound {
  vaults: KnownVault[];
  /** Why there may be more vaults. */
  unread?: string;
  /** Why there may be more in a subscription, or in a resource group of it. */
  unreadIn(scope: string): string | undefined;
  /** Nothing in Azure can be read at all: only what the preview shows is known. */
  isBlind: boolean;
}

export type { KnownVault } from "./plannedVaults.js";

const noAccess = "there is no access to Azure.";

export function knowledge(all: readonly PlannedChange[], context: ReviewContext): Knowledge {
  const { live, deleted, projected, hidden } = context;
  // Most previews change nothing that asks for them.
  let vaults: PlannedVault[] | undefined;
  const inPreview = () => (vaults ??= plannedVaults(all, context));
  let storeIds: readonly string[] | undefined;
  let shown: ReadonlyMap<string, ShownVault> | undefined;
  function inIndex(key: string): ShownVault | undefined {
    shown ??= index(inPreview());
    return shown.get(key.toLowerCase());
  }
  const isBlind = () => live?.vaults === undefined || live.noAccess?.() !== undefined;

  return {
    all,

    async vaults(subscriptions) {
      const own = inPreview().flatMap(({ id }) => id?.split("/")[2] ?? []);
      const found = (await live?.vaults?.([...new Set([...subscriptions, ...own])])) ?? { unreadable: noAccess };
      const { vaults: listed, unread } =
        "vaults" in found ? found : { vaults: [], unread: [{ why: found.unreadable }] };
      const remaining = listed
        .filter(({ id }) => !deleted.has(id.toLowerCase()))
        .map((vault): KnownVault => {
          const encryption = projected.encryption(vault.id, vault.encryption) ?? vault.encryption;
          const isSame = encryption === vault.encryption || encryption?.identity === vault.encryption?.identity;
          const { principalId } = vault;
          const before = { encryption: vault.encryption, principalId };
          return { ...vault, encryption, principalId: isSame ? principalId : unknown, before };
        });
      const ids = new Set(remaining.flatMap(({ id }) => id?.toLowerCase() ?? []));
      const others = inPreview().filter(({ id }) => id === undefined || !ids.has(id.toLowerCase()));
      storeIds ??= storesShown(all);
      return {
        vaults: [...remaining, ...others].map((vault) => ({ ...vault, storeIds })),
        isBlind: isBlind(),
        ...(unread[0] && { unread: unread[0].why }),
        unreadIn: (scope) =>
          unread.find((each) => !("subscription" in each) || isBelow(`/subscriptions/${each.subscription}`, scope))
            ?.why,
      };
    },

    async vault({ kind, id }, when) {
      const found = await live?.vault(kind, id);
      if (found && "missing" in found) return found;
      const planned = inIndex(id);
      if (found && "body" in found) {
        const has = liveVault(definitions[kind], id, found.body);
        if (when === "before") return { value: forRules(definitions[kind], has.settings, has.state) };
        const settled = planned?.settled(has) ?? forRules(definitions[kind], has.settings, has.state);
        return { value: projected.vault(settled, id, "") };
      }
      const known = (when === "before" && planned?.was) || planned?.vault;
      return known ? { value: known } : { unreadable: found?.unreadable ?? noAccess };
    },

    shown(kind, id) {
      const names = typeof id === "string" ? parseVaultId(id) : undefined;
      if (names) return inIndex(String(id)) ?? inIndex(namesOf(kind, names));
      return id === unknown && inIndex(kind) ? { start: {}, isNew: true } : undefined;
    },

    named: (ref) => ({ ...ref, name: hidden.of(ref.id) ?? parseVaultId(ref.id)?.vaultName ?? "" }),

    contents: async ({ kind, id }, names) =>
      live
        ? live.facts({ kind, id, before: {}, after: {} }, [...names])
        : Object.fromEntries(names.map((name) => [name, { unreadable: noAccess }])),

    policy: async (kind, id) => (await live?.policy?.(kind, id)) ?? { unreadable: noAccess },

    clusterStorage: async (id) =>
      (await live?.clusterStorage?.(id)) ?? {
        unreadable: noAccess,
      },

    clusterPrincipals: async (id) =>
      (await live?.clusterPrincipals?.(id)) ?? {
        unreadable: noAccess,
      },

    keyPermissions: async (keyUri, principalId) => {
      const isKnown = typeof keyUri === "string" && typeof principalId === "string";
      return (isKnown && (await live?.keyPermissions?.(keyUri, principalId))) || { unreadable: noAccess };
    },

    guards: async ({ kind, id }) =>
      (await live?.resourceGuards?.(kind, id)) ?? {
        unreadable: noAccess,
      },

    resourcesIn: async (groupId) => (await live?.resourcesIn?.(groupId)) ?? { unreadable: noAccess },
  };
}

/** By their IDs, and those that the run creates by their names and by their kind. */
function index(vaults: readonly PlannedVault[]): ReadonlyMap<string, ShownVault> {
  const entries = vaults.flatMap(({ kind, id, shown }) => {
    const keys = [id, ...(shown?.isNew ? [namesOf(kind, shown.vault), kind] : [])];
    return keys.flatMap((key) => (shown && key !== undefined ? [[key.toLowerCase(), shown] as const] : []));
  });
  return new Map(entries);
}

const namesOf = (kind: VaultKind, { resourceGroupName, vaultName }: Pick<Vault, "resourceGroupName" | "vaultName">) =>
  `${kind} ${String(resourceGroupName)}/${String(vaultName)}`;
