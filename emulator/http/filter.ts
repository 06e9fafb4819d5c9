import { ArmError } from "./armError.js";

/** What each field of an OData filter is in an item; undefined: the item has no such value. */
export type FilterFields<Item> = Record<string, (item: Item) => string | undefined>;

/** `$filter` in the form that Azure's lists take: `field eq 'value'`, joined by `and`. In any case, as all of Azure. */
export function filterOf<Item>(
  text: string | null,
  fields: FilterFields<Item>,
  /** Fields that mean something else than equality, and are left to the caller. */
  others: readonly string[] = [],
): (item: Item) => boolean {
  const parts = partsOf(text, [...Object.keys(fields), ...others]).filter(({ field }) => !others.includes(field));
  return (item) =>
    parts.every(({ field, value }) => (fields[field]?.(item) ?? "").toLowerCase() === value.toLowerCase());
}

/** The values that a filter asks for, by field. */
export function filterValues(text: string | null, fields: readonly string[]): Record<string, string> {
  return Object.fromEntries(partsOf(text, fields).map(({ field, value }) => [field, value]));
}

function partsOf(text: string | null, fields: readonly string[]): { field: string; value: string }[] {
  if (!text) return [];
  return text.split(/\s+and\s+/i).map((part) => {
    const [, given = "", value = ""] = /^\(?\s*(\w+)\s+eq\s+'?([^']*?)'?\s*\)?$/i.exec(part.trim()) ?? [];
    const field = fields.find((known) => known.toLowerCase() === given.toLowerCase());
    if (field !== undefined) return { field, value };
    throw new ArmError(400, "InvalidFilterInQueryString", `Invalid $filter '${part}' specified in the query string.`);
  });
}
