import { matching, type Text, text } from "../vaults/values.js";

const resource = /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/([^/]+\/[^/]+)\/([^/#?]+)$/i;

/** The type and the name in the ARM ID of a resource that is in a resource group. Undefined for any other text. */
export function parseResourceId(given: string): { type: string; name: string } | undefined {
  const [, type, name] = resource.exec(given) ?? [];
  return type !== undefined && name !== undefined ? { type, name } : undefined;
}

export const resourceId: Text = text("must be the ARM ID of a resource", (given) =>
  parseResourceId(given) ? given : undefined,
);

export const resourceGroupId: Text = matching(
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/#?]+$/i,
  "must be the ARM ID of a resource group, such as /subscriptions/{subscription}/resourceGroups/{group}",
);

/** Azure does not preserve the case of IDs. */
export const isSameId = (a: unknown, b: unknown): boolean =>
  typeof a === "string" && typeof b === "string" && a.toLowerCase() === b.toLowerCase();
