import type { Azure } from "../../azure/index.js";
import type { Fact } from "../../rules/index.js";
import { readVault } from "../../vaults/definitions.js";
import { forRules, liveState, type Vault } from "../../vaults/ruleVault.js";
import { kindOf } from "../../vaults/vaultId.js";
import { orUnreadable } from "../run/facts.js";
import { services } from "./services.js";

/** The vault that something is in, as rules judge it. */
export function liveVault(azure: () => Azure, vaultId: string, deadline: number): Promise<Fact<Vault>> {
  const kind = kindOf(vaultId);
  const service = services[kind];
  return orUnreadable(async () => {
    const live = await service.vaults(azure()).get(vaultId, { deadline });
    if (!live) throw new Error(`${vaultId} returned 404.`);
    return forRules(service, readVault(service, vaultId, live), liveState[kind](live));
  });
}
