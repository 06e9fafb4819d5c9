import { operation } from "../http/operation.js";
import { ok } from "../http/reply.js";
import { displayNames, normalLocation, pairedLocations } from "./locations.js";
import { requireSubscription } from "./requireGroup.js";

export const listLocations = operation({
  name: "Subscriptions_ListLocations",
  method: "GET",
  path: "/subscriptions/{subscriptionId}/locations",
  answer(call) {
    requireSubscription(call);
    return ok({ value: displayNames.map((displayName) => location(call.params.subscriptionId, displayName)) });
  },
});

function location(subscriptionId: string, displayName: string) {
  const id = (name: string) => `/subscriptions/${subscriptionId}/locations/${name}`;
  const name = normalLocation(displayName);
  const pair = pairedLocations[name];
  return {
    id: id(name),
    name,
    type: "Region",
    displayName,
    regionalDisplayName: displayName,
    metadata: {
      regionType: "Physical",
      regionCategory: "Recommended",
      pairedRegion: pair === undefined ? [] : [{ name: pair, id: id(pair) }],
    },
  };
}
