import type { Call } from "./operation.js";
import { ok, type Reply } from "./reply.js";

/** A list in pages, as Azure gives it: the address of the next page is `nextLink`. */
export function page<Item>(
  { request, settings }: Call,
  items: Item[],
  show: (item: Item) => unknown,
  wanted = settings.pageSize,
): Reply {
  const from = Number(request.query.get("$skipToken") ?? 0) || 0;
  const next = from + Math.min(wanted, settings.pageSize);
  const value = items.slice(from, next).map(show);
  if (next >= items.length) return ok({ value });
  const query = new URLSearchParams(request.query);
  query.set("$skipToken", String(next));
  return ok({ value, nextLink: `${request.origin}${request.path}?${query}` });
}
