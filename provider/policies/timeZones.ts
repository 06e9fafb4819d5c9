import { didYouMean, type Problem, text } from "../vaults/values.js";

/*
 * Azure Backup takes the names that Windows has for time zones. What they are in the rest of the world, a package of
 * Unicode's data says; how far they are from UTC, Node's own.
 */

/** Loaded when first used: its table takes longer than any other module that a run without policies needs. */
const windowsIana = (): typeof import("windows-iana") => require("windows-iana");

const ianaOf = (name: string): string | undefined =>
  isUtc(name) ? "UTC" : (older.get(name) ?? windowsIana().findIana(name)[0]);

/**
 * The second is what Windows calls it in full, and what Azure was recorded to keep:
 * https://github.com/Azure/azure-cli-extensions, test_dataprotection_backup_policy_manual
 */
const isUtc = (name: string) => /^(UTC|Coordinated Universal Time)$/i.test(name);

/** Names that Windows still has, and Unicode's data no longer. */
const older = new Map([
  ["Kamchatka Standard Time", "Asia/Kamchatka"],
  ["Mid-Atlantic Standard Time", "Etc/GMT+2"],
]);

/** One of the names of a zone, for comparisons. */
export const zoneNamed = (name: string): string => (isUtc(name) ? "UTC" : name);

const expected = 'must be the name that Windows has for a time zone, such as "W. Europe Standard Time"';

export const timeZone = text(expected, (given) => (isUtc(given) ? "UTC" : ianaOf(given) && given));

/** What is wrong with a time zone in Azure's own form. One that Azure has already is read whatever it is. */
export function timeZoneProblem(path: string, name: string): Problem[] {
  if (ianaOf(name) !== undefined) return [];
  const meant = windowsIana().findWindows(name as never);
  return [{ path, expected: `${expected}; it is ${JSON.stringify(name)}${didYouMean(meant)}` }];
}

/** Microsoft's specification of Backup vaults: these are time zones of a schedule, too. */
export const isOffset = (name: string): boolean => /^(Z|[+-]\d{2}:\d{2})$/.test(name);

/** How far a zone is from UTC at noon of a day: `+01:00`. */
export function offsetOf(name: string, date: string): string {
  const format = new Intl.DateTimeFormat("en", { timeZone: ianaOf(name) ?? "UTC", timeZoneName: "longOffset" });
  const parts = format.formatToParts(new Date(`${date}T12:00:00Z`));
  const shown = parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
  return shown.replace(/^GMT$/, "+00:00").replace(/^GMT/, "");
}
