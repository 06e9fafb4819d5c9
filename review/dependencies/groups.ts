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
    ...(await judgeSnapshotsInGroup(change, id, { ...found, vaults: elsewhere }, inGroup)),
    ...(await judgeSourcesInGroup(change, id, { ...found, vaults: elsewhere }, inGroup)),
    ...judgeKeysInGroup(change, { ...found, vaults: elsewhere }, isInside, inGroup),
    ...(await judgeGuardsInGroup(change, isInside, found, inGroup)),
  ];
  const vaults = inside.map(async ({ kind, name, id: vaultId = "" }): Promise<VaultInGroup> => {
    const facts = await known.contents({ kind, id: vaultId }, holdingFacts[kind]);
    return { kind, name, holds: holdings(kind, facts) };
  });
  const shown = judge(groupDeleted, { value: await Promise.all(vaults) });
  const unread = found.unreadIn(id);
  if (unread === undefined || shown.some(({ decision }) => decision !== "warn")) return [...shown, ...others];
  return [...judge(groupDeleted, { unreadable: unread }), ...others];
}
