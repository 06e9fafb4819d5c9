import { normalLocation, pairedLocations } from "../arm/locations.js";
import type { Azure } from "../azure/azure.js";
import { isGroupName } from "../resourceManager/resourceGroups.js";
import type { FirstGroup } from "../state/options.js";
import { type Answer, inside } from "./inside.js";

/** Creates those that do not exist yet. One that exists, in a data file, stays as it is. */
export function createFirstGroups(groups: readonly FirstGroup[], azure: Azure, answer: Answer): void {
  const client = inside(azure, answer, "https://localhost");
  const wrong = groups.flatMap((group) => misfitOf(group) ?? []);
  if (wrong.length > 0) throw notStarted(wrong);
  const elsewhere = groups.flatMap(({ name, location }) => {
    const id = `/subscriptions/${azure.world.subscriptionId}/resourceGroups/${name}`;
    const existing = azure.world.resourceGroups.get(id.toLowerCase());
    if (existing === undefined) client.make("PUT", id, { location: location ?? "westeurope" });
    if (existing === undefined || location === undefined || existing.location === normalLocation(location)) return [];
    return [
      `The resource group "${existing.name}" exists in ${existing.location}, not in ${normalLocation(location)}. ` +
        `Use ${existing.name}=${existing.location}, or another name.`,
    ];
  });
  if (elsewhere.length > 0) throw notStarted(elsewhere);
}

function misfitOf({ name, location }: FirstGroup): string | undefined {
  if (!isGroupName(name)) {
    const likely = name
      .replace(/[^-\w.()]+/g, "-")
      .slice(0, 90)
      .replace(/\.+$/, "");
    return (
      `"${name}" is not a valid resource group name. A name has 1 to 90 letters, digits, "-", ".", "_", "(" or ")", ` +
      `and does not end with ".".${/[a-z\d]/i.test(likely) ? ` Use "${likely}", for example.` : ""}`
    );
  }
  if (location === undefined || normalLocation(location) in pairedLocations) return undefined;
  return (
    `"${location}", the location of the resource group "${name}", is not an Azure region. Use a name such as westeurope; ` +
    "`az account list-locations` lists them."
  );
}

function notStarted(facts: readonly string[]): Error {
  const text = facts.length === 1 ? ` ${facts[0]}` : `\n${facts.map((fact) => `- ${fact}`).join("\n")}`;
  return new Error(`The emulator did not start:${text}`);
}
