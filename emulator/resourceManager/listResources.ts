import type { ArmResource } from "../armResource.js";
import { ArmError } from "../http/armError.js";
import { operation } from "../http/operation.js";
import { page } from "../http/page.js";
import { genericView } from "./genericView.js";
import { requireSubscription } from "./requireGroup.js";

export const listResources = operation({
  name: "Resources_List",
  method: "GET",
  path: "/subscriptions/{subscriptionId}/resources",
  answer(call) {
    requireSubscription(call);
    const wanted = filter(call.request.query.get("$filter"));
    return page(call, genericView(call.world).filter(wanted), (resource) => resource);
  },
});

// https://learn.microsoft.com/rest/api/resources/resources/list
function filter(text: string | null): (resource: ArmResource) => boolean {
  if (!text) return () => true;
  const parts = text.split(/\s+and\s+/i).map((part) => {
    const [, field = "", value = ""] =
      /^\(?\s*(resourceType|name|resourceGroup|location)\s+eq\s+'([^']*)'\s*\)?$/i.exec(part.trim()) ?? [];
    if (field === "")
      throw new ArmError(400, "InvalidFilterInQueryString", `Invalid $filter '${part}' specified in the query string.`);
    return { field: field.toLowerCase(), value: value.toLowerCase() };
  });
  return (resource) => parts.every(({ field, value }) => fields[field]?.(resource).toLowerCase() === value);
}

const fields: Record<string, (resource: ArmResource) => string> = {
  resourcetype: ({ type }) => type,
  name: ({ name }) => name,
  resourcegroup: ({ id }) => id.split("/")[4],
  location: ({ location }) => location,
};
