import { type Parse, type Problem, parser } from "./parse.js";
import { armId } from "./values.js";

export const userAssignedIdentity = armId("Microsoft.ManagedIdentity/userAssignedIdentities");

/** `SystemAssigned`, or the ARM id of a user-assigned identity. */
export const managedIdentity: Parse = (value, path, problems) =>
  typeof value === "string" && value.toLowerCase() === "systemassigned"
    ? "SystemAssigned"
    : parser(
        "must be SystemAssigned or the ARM id of a user-assigned identity, " +
          "/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/{name}",
        (text) => {
          const found: Problem[] = [];
          const id = userAssignedIdentity(text, path, found);
          return found.length === 0 ? id : undefined;
        },
      )(value, path, problems);
