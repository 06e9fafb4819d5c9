import { months, weekdays, weeks } from "../../provider/policies/calendar.js";
import { markers } from "../../provider/policies/dataSources.js";
import type { Criteria, KeptBackups } from "../../provider/policies/keptBackups.js";
import { at, listOf, type Value } from "../values.js";

/*
 * Of which backups a retention is, in the blocks of azurerm and the classic provider, which has the names of some lists in
 * the plural: of both kinds of vaults.
 */

/** Each with its names in the policies of Backup vaults, and then of Recovery Services vaults. */
const lists = [
  { name: "absoluteCriteria", paths: ["absoluteCriteria"], known: ["AllBackup", ...markers] },
  { name: "daysOfTheWeek", paths: ["daysOfWeek", "daysOfWeeks", "weekdays"], known: weekdays },
  { name: "weeksOfTheMonth", paths: ["weeksOfMonth", "weeksOfMonths", "weeks"], known: weeks },
  { name: "monthsOfYear", paths: ["monthsOfYear", "monthsOfYears", "months"], known: months },
] as const;

/** @param perDay how many backups the schedule makes on a day that has any */
export function backupsInBlocks(blocks: readonly Value[], perDay: number): KeptBackups {
  const unread: string[] = [];
  const criteria = blocks.flatMap((block): Criteria[] => {
    const named = lists.map(({ name, paths, known }) => {
      const given = textsAt(block, paths);
      const found = given.map((text) => known.find((each) => each.toLowerCase() === text.toLowerCase()));
      unread.push(...given.filter((_, index) => found[index] === undefined));
      return [name, found] as const;
    });
    const days = textsAt(block, ["daysOfMonth", "daysOfMonths", "days", "monthdays"]);
    unread.push(...days.filter((day) => !/^\d{1,2}$/.test(day)));
    const dates = days.map((day) => (day === "0" ? { isLast: true } : { date: Number(day) }));
    const last = at(block, "includeLastDays") === true ? [{ isLast: true }] : [];
    const all = [
      ...named,
      ["daysOfMonth", [...dates, ...last]] as const,
      ["scheduleTimes", textsAt(block, ["scheduledBackupTimes"])] as const,
    ].filter(([, values]) => values.length > 0);
    return all.length > 0 ? [Object.fromEntries(all) as Criteria] : [];
  });
  return { criteria, perDay, ...(unread.length > 0 && { unread: unread.join(", ") }) };
}

const textsAt = (block: Value, paths: readonly string[]): string[] =>
  paths
    .flatMap((path) => listOf(at(block, path)))
    .map((value) => String(value?.toString()))
    .filter((text) => text !== "" && text !== "undefined");
