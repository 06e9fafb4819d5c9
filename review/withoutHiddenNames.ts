import type { Fact, Facts, ProtectedItem, RegisteredContainer } from "../provider/rules/index.js";
import type { Live } from "./live.js";

/**
 * Which vaults, and what in them, have secret names: by a mark on their own resource in the program, or on what names the vault
 * of another one. No tool hides the ARM IDs of resources, and Azure hides nothing, so that these would show the names.
 */
export interface HiddenNames {
  /** What a page calls something in Azure instead, by its ARM ID. Undefined: its name is not secret. */
  of(id: string | undefined): string | undefined;
  /** Whether a text about a vault, or about something in it, may contain a secret name. Without ID: whether any text may. */
  areIn(id?: string): boolean;
  /** The ARM ID of a resource guard, or what a page has in its place if it contains a secret name. */
  guardId(id: string): string;
  /** The ARM IDs of what has a secret name, in lower case. */
  ids: readonly string[];
}

/** Azure, with the names of the program in place of those that the preview marks as secret. Those of policies stay. */
export function withoutHiddenNames(live: Live, hidden: HiddenNames): Live {
  if (!hidden.areIn()) return live;
  const { vaults, vaultsUsing, resourceGuards, resourcesIn, policy, clusterStorage, clusterPrincipals } = live;
  /** Azure's reasons contain the address that was asked. */
  const about = <T extends object>(answer: T, id?: string): T =>
    "unreadable" in answer && hidden.areIn(id) ? { ...answer, unreadable: notShown } : answer;
  const named = <T extends { id?: string; name: string }>(each: T): T => ({
    ...each,
    name: hidden.of(each.id) ?? each.name,
  });
  const ofContainer = (vaultId = "", { name, ...rest }: RegisteredContainer): RegisteredContainer => {
    const [start, end] = [`${vaultId}/`, `/${name}`].map((text) => text.toLowerCase()) as [string, string];
    // Azure calls a container like the resource that its ID ends with.
    const id = hidden.ids.find((each) => each.startsWith(start) && each.replaceAll(";", "/").endsWith(end));
    return { ...rest, name: hidden.of(id) ?? name };
  };
  const ofGuard = (guard: NonNullable<Facts["guard"]>): typeof guard =>
    "value" in guard && guard.value.ids
      ? { value: { ...guard.value, ids: guard.value.ids.map(hidden.guardId) } }
      : guard;
  return {
    ...live,
    vault: async (kind, id) => about(await live.vault(kind, id), id),
    async facts(query, names) {
      const facts = await live.facts(query, names);
      const { protection, deleted, protectedItems, containers, guard } = facts;
      const shown: Facts = {
        ...facts,
        ...(protection && { protection: inEach(protection, named) }),
        ...(deleted && { deleted: inEach(deleted, named) }),
        ...(protectedItems && { protectedItems: inEach(protectedItems, (item) => named(withShare(item))) }),
        ...(containers && { containers: inEach(containers, (container) => ofContainer(query.id, container)) }),
        ...(guard && { guard: ofGuard(guard) }),
      };
      return Object.fromEntries(Object.entries(shown).map(([name, fact]) => [name, about(fact, query.id)]));
    },
    ...(vaults && {
      async vaults(subscriptions) {
        const found = await vaults(subscriptions);
        return "vaults" in found ? { ...found, vaults: found.vaults.map(named) } : found;
      },
    }),
    ...(vaultsUsing && { vaultsUsing: async (access) => about(inEach(await vaultsUsing(access), named)) }),
    ...(resourceGuards && { resourceGuards: async (kind, id) => about(await resourceGuards(kind, id), id) }),
    ...(resourcesIn && { resourcesIn: async (id) => about(await resourcesIn(id)) }),
    ...(clusterStorage && { clusterStorage: async (id) => about(await clusterStorage(id)) }),
    ...(clusterPrincipals && { clusterPrincipals: async (id) => about(await clusterPrincipals(id)) }),
    ...(policy && { policy: async (kind, id) => about(await policy(kind, id), id) }),
  };
}

/** The same for the names of policies, which are what says which of them the run deletes. */
export const withoutHiddenPolicies = (live: Live, hidden: HiddenNames): Live => ({
  ...live,
  async facts(query, names) {
    const { policies, ...facts } = await live.facts(query, names);
    const named = (name: string) => hidden.of(`${query.id}/backupPolicies/${name}`) ?? name;
    return { ...facts, ...(policies && { policies: inEach(policies, named) }) };
  },
});

const inEach = <T>(fact: Fact<T[]>, change: (value: T) => T): Fact<T[]> =>
  "value" in fact ? { value: fact.value.map(change) } : fact;

/** Which file share it is of, its name in Azure says. */
const withShare = (item: ProtectedItem): ProtectedItem => ({ share: item.name, ...item });

const notShown = "why is not shown, because the reason may contain secrets.";
