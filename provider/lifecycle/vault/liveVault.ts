import type { Fact } from "../../rules/index.js";
import { readVault } from "../../vaults/definitions.js";
import { forRules, liveState, unknown, type Vault } from "../../vaults/ruleVault.js";
import { isUnknown } from "../../vaults/unknowns.js";
import { kindOf } from "../../vaults/vaultId.js";
import { orUnreadable } from "../run/facts.js";
import { services, type VaultService } from "./services.js";

/** The vault that something is in, as rules judge it. */
export function liveVault(
  azure: () => Parameters<VaultService["vaults"]>[0],
  vaultId: string,
  deadline: number,
): Promise<Fact<Vault>> {
  const kind = kindOf(vaultId);
  const service = services[kind];
  return orUnreadable(async () => {
    const live = await service.vaults(azure()).get(vaultId, { deadline });
    if (!live) throw new Error(`${vaultId} returned 404.`);
    return forRules(service, readVault(service, vaultId, live), liveState[kind](live));
  });
}

/**
 * What is in a vault depends on it, so the vault comes first, and has what the program gives it by then.
 *
 * @param immutability what this run's program makes of it, in a plan. May be unknown
 */
export function asPlanned(
  live: Fact<Vault>,
  immutability: string | undefined,
): { vault: Fact<Vault>; isPlanned: boolean } {
  if (!("value" in live) || immutability === undefined) return { vault: live, isPlanned: false };
  const isPlanned = immutability !== (live.value.immutability ?? "Disabled");
  const wanted = isUnknown(immutability) ? unknown : immutability;
  return { vault: { value: { ...live.value, immutability: wanted } }, isPlanned };
}
