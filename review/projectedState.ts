import type { Encryption, Vault } from "../provider/vaults/ruleVault.js";
import type { PlannedChange } from "./changes/plannedChange.js";
import { toValue, type Value } from "./values.js";
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
  /** The encryption that the program sets in this run. Undefined if it does not change. */
  encryption(id: string): Encryption | undefined;
}

export function projectedState(all: readonly PlannedChange[]): ProjectedState {
  const parts = all.filter((planned) => subjectOf(planned)?.is === "part");
  const existing = byVault(parts.flatMap((planned) => partIn(planned) ?? []));
  const adding = byVault(parts.flatMap((planned) => changeIn(planned) ?? []));
  // Most previews change nothing that asks for it.
  let everyChange: ReadonlyMap<string, Change[]> | undefined;
  const changesOf = (changes: ReadonlyMap<string, Change[]>, id: Value) =>
    changes.size > 0 && isVaultId(id) ? (changes.get(id.toLowerCase()) ?? []) : [];
  return {
    current: (vault, id) => changesOf(existing, id).reduce((left, { added }) => added?.(left) ?? left, vault),
    vault: (vault, id, address) =>
      changesOf(adding, id)
        .filter((each) => each.address !== address)
        .reduce((left, { added }) => added?.(left) ?? left, vault),
    encryption(id) {
      everyChange ??= byVault(all.flatMap((planned) => changeIn(planned) ?? []));
      for (const { encryption } of everyChange.get(id.toLowerCase()) ?? []) {
        const found = encryption?.();
        if (found) return found;
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
  encryption?: () => Encryption | undefined;
}

/** What a separate resource has set so far. */
function partIn(planned: PlannedChange): Change | undefined {
  const { address, action, old } = planned;
  const subject = subjectOf(planned);
  if (subject?.is !== "part" || !old || action === "create" || action === "unknown") return undefined;
  const had: Value = toValue(old.inputs);
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
    return { address, id: id.toLowerCase(), added, encryption: () => added({}).encryption };
  }
  if (subject?.is !== "vault" || !isVaultId(old?.id)) return undefined;
  const { vault } = subject;
  return { address, id: old.id.toLowerCase(), encryption: () => vaultOf(vault, wants).encryption };
}
