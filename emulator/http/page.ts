import type { Call } from "./operation.js";
import { ok, type Reply } from "./reply.js";

/** A list in pages, as Azure gives it: the address of the next page is `nextLink`. */
export function page(call: Call, items: unknown[]): Reply {
  const { request, settings } = call;
  const from = Number(request.query.get("$skipToken") ?? 0) || 0;
  const value = items.slice(from, from + settings.pageSize);
  const next = from + value.length;
  if (next >= items.length) return ok({ value });
  const query = new URLSearchParams(request.query);
  query.set("$skipToken", String(next));
  return ok({ value, nextLink: `${request.origin}${request.path}?${query}` });
}
