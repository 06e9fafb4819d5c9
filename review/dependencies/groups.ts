import { groupDeleted, holdingFacts, holdings, type VaultInGroup, type Verdict } from "../../provider/rules/index.js";
import { judgeSourcesInGroup } from "./backupSources.js";
import type { DependencyChange } from "./change.js";
import { judgeKeysInGroup } from "./keys.js";
import { judgeGuardsInGroup } from "./protections.js";
import { isBelow, subscriptionIn } from "./reading.js";
import { judgeSnapshotsInGroup } from "./snapshots.js";

/**
 * A resource group, with every vault in it that the same run does not delete by itself, and with what vaults elsewhere
 * need.
 */
export async function judgeGroup(change: DependencyChange): Promise<Verdict[]> {
  const { isRemoved, known, old, judge } = change;
  if (!isRemoved) return [];
  const id = old.id?.replace(/\/$/, "");
  if (id === undefined) return judge(groupDeleted, { unreadable: "its ID is not known." });
  const found = await known.vaults(subscriptionIn(id));
  const isInside = (each: unknown) => typeof each === "string" && isBelow(id, each);
  const inside = found.vaults.filter((vault) => isInside(vault.id));
  const elsewhere = found.vaults.filter((vault) => !inside.includes(vault));
  const inGroup = found.isBlind || elsewhere.length === 0 ? undefined : await known.resourcesIn(id);
  const others = [
    ...(await judgeSnapshotsInGroup(change, id, elsewhere, inGroup)),
    ...(await judgeSourcesInGroup(change, id, elsewhere, inGroup)),
    ...judgeKeysInGroup(change, elsewhere, isInside, inGroup),
    ...(await judgeGuardsInGroup(change, isInside, found, inGroup)),
  ];
  if (inside.length === 0 && found.unread !== undefined) {
    return [...judge(groupDeleted, { unreadable: found.unread }), ...others];
  }
  const vaults = inside.map(async ({ kind, name, id: vaultId = "" }): Promise<VaultInGroup> => {
    const facts = await known.contents({ kind, id: vaultId }, holdingFacts[kind]);
    return { kind, name, holds: holdings(kind, facts) };
  });
  return [...judge(groupDeleted, { value: await Promise.all(vaults) }), ...others];
}
