import type { ArmResource } from "../armResource.js";
import { ArmError } from "../http/armError.js";
import { normalLocation, pairedLocations } from "./locations.js";

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
