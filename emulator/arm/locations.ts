import type { ArmResource } from "../state/records.js";
import { ArmError } from "./armError.js";

/**
 * Azure's regions as it writes them for people, each with the one that geo-redundant data is copied to, where there is
 * one. https://learn.microsoft.com/azure/reliability/regions-list
 */
const regions: readonly [displayName: string, pair?: string][] = [
  ["Australia Central", "Australia Central 2"],
  ["Australia Central 2", "Australia Central"],
  ["Australia East", "Australia Southeast"],
  ["Australia Southeast", "Australia East"],
  ["Austria East"],
  ["Belgium Central"],
  ["Brazil South", "South Central US"],
  ["Brazil Southeast", "Brazil South"],
  ["Canada Central", "Canada East"],
  ["Canada East", "Canada Central"],
  ["Central India", "South India"],
  ["Central US", "East US 2"],
  ["Central US EUAP", "East US 2 EUAP"],
  ["Chile Central"],
  ["Denmark East"],
  ["East Asia", "Southeast Asia"],
  ["East US", "West US"],
  ["East US 2", "Central US"],
  ["East US 2 EUAP", "Central US EUAP"],
  ["France Central", "France South"],
  ["France South", "France Central"],
  ["Germany North", "Germany West Central"],
  ["Germany West Central", "Germany North"],
  ["Indonesia Central"],
  ["Israel Central"],
  ["Italy North"],
  ["Japan East", "Japan West"],
  ["Japan West", "Japan East"],
  ["Jio India Central", "Jio India West"],
  ["Jio India West", "Jio India Central"],
  ["Korea Central", "Korea South"],
  ["Korea South", "Korea Central"],
  ["Malaysia West"],
  ["Mexico Central"],
  ["New Zealand North"],
  ["North Central US", "South Central US"],
  ["North Europe", "West Europe"],
  ["Norway East", "Norway West"],
  ["Norway West", "Norway East"],
  ["Poland Central"],
  ["Qatar Central"],
  ["South Africa North", "South Africa West"],
  ["South Africa West", "South Africa North"],
  ["South Central US", "North Central US"],
  ["Southeast Asia", "East Asia"],
  ["South India", "Central India"],
  ["Spain Central"],
  ["Sweden Central", "Sweden South"],
  ["Sweden South", "Sweden Central"],
  ["Switzerland North", "Switzerland West"],
  ["Switzerland West", "Switzerland North"],
  ["UAE Central", "UAE North"],
  ["UAE North", "UAE Central"],
  ["UK South", "UK West"],
  ["UK West", "UK South"],
  ["West Central US", "West US 2"],
  ["West Europe", "North Europe"],
  ["West India", "South India"],
  ["West US", "East US"],
  ["West US 2", "West Central US"],
  ["West US 3", "East US"],
];

export const displayNames: readonly string[] = regions.map(([displayName]) => displayName);

/** By their names as ids have them. */
export const pairedLocations: Record<string, string | undefined> = Object.fromEntries(
  regions.map(([displayName, pair]) => [normalLocation(displayName), pair && normalLocation(pair)]),
);

/** "West Europe" is westeurope. */
export function normalLocation(location: string): string {
  return location.replace(/\s/g, "").toLowerCase();
}

/** A resource needs a region that there is, and stays in it. */
export function refuseLocation(given: ArmResource, type: string, group: string, before: ArmResource | undefined): void {
  if (typeof given.location !== "string" || given.location === "") {
    throw new ArmError(400, "LocationRequired", "The location property is required for this definition.");
  }
  const location = normalLocation(given.location);
  if (before !== undefined && before.location !== location) {
    throw new ArmError(
      409,
      "InvalidResourceLocation",
      `The resource '${before.name}' already exists in location '${before.location}' in resource group '${group}'. ` +
        `A resource with the same name cannot be created in location '${location}'. Please select a new resource name.`,
    );
  }
  if (!(location in pairedLocations)) {
    throw new ArmError(
      400,
      "LocationNotAvailableForResourceType",
      `The provided location '${given.location}' is not available for resource type '${type}'. ` +
        `List of available regions for the resource type is '${Object.keys(pairedLocations).join(",")}'.`,
    );
  }
}
