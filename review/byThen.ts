import type { Encryption, Vault } from "../provider/vaults/ruleVault.js";
import type { Planned } from "./planned.js";
import { toValue, type Value } from "./values.js";
import { isVaultId, vaultOf } from "./vaults/adapters.js";
import { subjectOf } from "./vaults/index.js";

/**
 * What a preview does to vaults before it deletes anything: the engine creates and updates first. An identity, or an access
 * to a key, may go once the vault's key has moved to another.
 */
export interface ByThen {
  /** The vault with what other resources of the program set on it in this run. */
  vault(vault: Vault, id: Value, urn: string): Vault;
  /** The encryption that the program gives a vault in this run. Nothing: it stays as it is. */
  encryption(id: string): Encryption | undefined;
}

export function byThen(all: readonly Planned[]): ByThen {
  const coming = all.flatMap((planned) => changeIn(planned) ?? []);
  const byVault = Map.groupBy(coming, ({ id }) => id);
  return {
    vault(vault, id, urn) {
      const others = isVaultId(id) ? (byVault.get(id.toLowerCase()) ?? []) : [];
      return others.filter((each) => each.urn !== urn).reduce((left, { added }) => added?.(left) ?? left, vault);
    },
    encryption: (id) => byVault.get(id.toLowerCase())?.find(({ encryption }) => encryption)?.encryption,
  };
}

interface Change {
  urn: string;
  id: string;
  /** With what a resource of its own sets on the vault. */
  added?: (vault: Vault) => Vault;
  encryption?: Encryption;
}

function changeIn({ urn, type, does, old, new: wanted }: Planned): Change | undefined {
  const subject = subjectOf(type);
  if (!wanted || (does !== "create" && does !== "update" && does !== "replace")) return undefined;
  const wants: Value = toValue(wanted.inputs);
  if (subject?.is === "part") {
    const { part } = subject;
    const id = part.vaultId(wants);
    if (!isVaultId(id)) return undefined;
    const added = (vault: Vault) => part.added(vault, wants);
    return { urn, id: id.toLowerCase(), added, encryption: added({}).encryption };
  }
  if (subject?.is !== "vault" || !isVaultId(old?.id)) return undefined;
  return { urn, id: old.id.toLowerCase(), encryption: vaultOf(subject.vault, wants).encryption };
}
