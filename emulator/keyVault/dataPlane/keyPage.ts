import type { Call } from "../../http/operation.js";
import { page } from "../../http/page.js";
import type { Reply } from "../../http/reply.js";

/** https://learn.microsoft.com/rest/api/keyvault/keys/get-keys: pages are 25 items long, or as long as is asked for. */
export function keyPage<Item>(call: Call<never>, items: Item[], show: (item: Item) => unknown): Reply {
  const wanted = Number(call.request.query.get("maxresults") ?? 25) || 25;
  const settings = { ...call.settings, pageSize: Math.min(wanted, 25, call.settings.pageSize) };
  return page({ ...call, settings }, items, show);
}
