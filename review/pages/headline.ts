import type { Report, ReviewedResource } from "../report.js";
import { cut } from "./escape.js";

export const maxName = 80;
const maxNamesInHeadline = 5;

export const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

/** The result of the review in one line. What would be lost stands first, whether or not it is refused. */
export function headline(report: Report): string {
  const { decision, counts, failures } = report;
  const { refused, unchecked, undecided, warnings } = counts;
  const all: [count: number, what: string][] = [
    [refused, "refused"],
    [unchecked, "not checked"],
    [undecided, "undecided"],
    [warnings, "with warnings"],
  ];
  const parts = all
    .filter(([count]) => count > 0)
    .map(([count, what], at) => `${at === 0 ? counted(count, "change", "changes") : count} ${what}`);
  const rest = counts.resources === 0 ? "no vault changes" : "nothing refused";
  const found = [failures.length > 0 && "preview incomplete", parts.join(", ")].filter(Boolean).join("; ");
  return [lost(report, "delete", "deleted"), lost(report, "replace", "replaced"), decision === "clear" ? rest : found]
    .flat()
    .join("; ");
}

function lost({ resources }: Report, planned: ReviewedResource["planned"], how: string): string[] {
  const those = resources.filter((resource) => resource.destroys && resource.planned === planned);
  if (those.length === 0) return [];
  const label = labelsOf(resources);
  const names = listed(those.map(label), maxNamesInHeadline);
  return [`${counted(those.length, "vault", "vaults")} would be ${how}: ${names}`];
}

/** Names, and how many more there are. */
export function listed(names: string[], limit: number, show = (name: string) => name): string {
  const more = names.length - limit;
  const shown = names.slice(0, limit).map(show).join(", ");
  return more > 0 ? `${shown} and ${more} more` : shown;
}

/** What was checked, so that a page without findings shows what it is based on. */
export function checkedLine({ counts }: Report): string {
  const changes = `Checked ${counted(counts.resources, "vault change", "vault changes")}.`;
  return counts.others === 0
    ? changes
    : `${changes} The preview has ${counted(counts.others, "other step", "other steps")}.`;
}

/** What was reviewed: the name that the caller gave, or Pulumi's project and stack. */
export const stackOf = ({ name, project, stack }: Report): string => name ?? [project, stack].filter(Boolean).join("/");

/** Names by which resources can be told apart: with a resource group or a subscription only where names are the same. */
export function labelsOf(resources: readonly Placed[]): (resource: Placed) => string {
  const byName = Map.groupBy(resources, ({ name }) => name);
  const differ = (those: readonly Placed[], what: (each: Placed) => string | undefined) =>
    new Set(those.map((each) => what(each)?.toLowerCase())).size > 1;
  return (resource) => {
    const { name, resourceGroupName, subscriptionId } = resource;
    const same = byName.get(name) ?? [];
    const where = [
      differ(same, (each) => each.resourceGroupName) && (resourceGroupName ?? "resource group not known yet"),
      differ(same, (each) => each.subscriptionId) && `subscription ${subscriptionId ?? "not known yet"}`,
    ].filter((part) => part !== false);
    return [cut(name, maxName), where.length > 0 && `(${cut(where.join(", "), maxName)})`].filter(Boolean).join(" ");
  };
}

type Placed = Pick<ReviewedResource, "name" | "resourceGroupName" | "subscriptionId">;
