import type { Encryption, Vault } from "../provider/vaults/ruleVault.js";
import { isObject } from "../provider/vaults/values.js";
import type { PlannedChange } from "./changes/plannedChange.js";
import { isSameValue, toValue, type Value } from "./values.js";
import { isVaultId, vaultOf } from "./vaults/adapters.js";
import { subjectOf } from "./vaults/index.js";

/**
 * The state of vaults before the preview deletes anything, because the engine creates and updates first. An identity or a
 * key access can be removed once the vault's encryption uses another.
 */
export interface ProjectedState {
  /** The vault with the settings that other resources of the program make in this run. */
  vault(vault: Vault, id: Value, address: string): Vault;
  /** The vault with what other resources of the program have set before this run. */
  current(vault: Vault, id: Value): Vault;
  /** The same with what the vault's own resource changes: of that, nothing that other resources have set remains. */
  changed(vault: { before: Vault; after: Vault }, id: Value): Vault;
  /** The encryption that the program gives a vault in this run, which may have had one. Undefined if it gives none. */
  encryption(id: string, had?: Encryption): Encryption | undefined;
}

/** Whether a customer-managed key encrypts the vault, or may. It stays encrypted for the rest of its life. */
export const isEncrypted = ({ encryption }: { encryption?: Encryption | undefined }): boolean =>
  encryption?.keyUri !== undefined && encryption.state !== "Disabled";

export function projectedState(all: readonly PlannedChange[]): ProjectedState {
  const parts = all.filter((planned) => subjectOf(planned)?.is === "part");
  const existing = byVault(parts.flatMap((planned) => partIn(planned) ?? []));
  const adding = byVault(parts.flatMap((planned) => changeIn(planned) ?? []));
  // Most previews change nothing that asks for it.
  let everyChange: ReadonlyMap<string, Change[]> | undefined;
  const changesOf = (changes: ReadonlyMap<string, Change[]>, id: Value) =>
    changes.size > 0 && isVaultId(id) ? (changes.get(id.toLowerCase()) ?? []) : [];
  const current = (vault: Vault, id: Value) =>
    changesOf(existing, id).reduce((left, { added }) => added?.(left) ?? left, vault);
  return {
    current,
    changed: ({ before, after }, id) =>
      changesOf(existing, id).length > 0 ? withChanges(current(before, id), before, after) : after,
    vault: (vault, id, address) =>
      changesOf(adding, id)
        .filter((each) => each.address !== address)
        .reduce((left, { added }) => added?.(left) ?? left, vault),
    encryption(id, had) {
      everyChange ??= byVault(all.flatMap((planned) => changeIn(planned) ?? []));
      for (const { encryption } of everyChange.get(id.toLowerCase()) ?? []) {
        const found = encryption?.(had);
        if (found && isEncrypted({ encryption: found }) && !isSameValue(found, had)) return found;
      }
      return undefined;
    },
  };
}

const byVault = (changes: Change[]): ReadonlyMap<string, Change[]> => Map.groupBy(changes, ({ id }) => id);

interface Change {
  address: string;
  id: string;
  /** Adds what a separate resource sets on the vault. */
  added?: (vault: Vault) => Vault;
  encryption?: (had: Encryption | undefined) => Encryption | undefined;
}

/** A vault with the fields that differ between two others. */
function withChanges<V extends object>(vault: V, before: V, after: V): V {
  const read = (from: V, name: string): unknown => (Object.hasOwn(from, name) ? from[name as keyof V] : undefined);
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name) => {
    const [has, was, is] = [vault, before, after].map((each) => read(each, name));
    if (isSameValue(was, is)) return [];
    return [[name, isObject(has) && isObject(was) && isObject(is) ? withChanges(has, was, is) : is]];
  });
  return { ...vault, ...Object.fromEntries(fields) };
}

/** What a separate resource has set so far. */
function partIn(planned: PlannedChange): Change | undefined {
  const { address, action, old, new: wanted } = planned;
  const subject = subjectOf(planned);
  // What is only read or imported has no state before.
  const state = old ?? (action === "nothing" ? wanted : undefined);
  if (subject?.is !== "part" || !state || action === "create" || action === "unknown") return undefined;
  const had: Value = toValue(state.inputs);
  const id = subject.part.vaultId(had);
  if (!isVaultId(id)) return undefined;
  return { address, id: id.toLowerCase(), added: (vault) => subject.part.added(vault, had) };
}

function changeIn(planned: PlannedChange): Change | undefined {
  const { address, action, old, new: wanted } = planned;
  const subject = subjectOf(planned);
  if (!wanted || (action !== "create" && action !== "update" && action !== "replace")) return undefined;
  const wants: Value = toValue(wanted.inputs);
  if (subject?.is === "part") {
    const { part } = subject;
    const id = part.vaultId(wants);
    if (!isVaultId(id)) return undefined;
    const added = (vault: Vault) => part.added(vault, wants);
    const encryption: Change["encryption"] = (had) => added(had ? { encryption: had } : {}).encryption;
    return { address, id: id.toLowerCase(), added, encryption };
  }
  // A replacement leaves the old vault as it is, or deletes it: what the program wants is for its successor.
  if (subject?.is !== "vault" || action === "replace" || !isVaultId(old?.id)) return undefined;
  const { vault } = subject;
  return { address, id: old.id.toLowerCase(), encryption: () => vaultOf(vault, wants).encryption };
}
