export { asyncLocation, asyncOperation } from "../operations/asyncHeaders.js";
export { retryAfter } from "../operations/begin.js";

export function locationId({ subscriptionId, location }: { subscriptionId: string; location: string }): string {
  return `/subscriptions/${subscriptionId}/providers/Microsoft.DataProtection/locations/${location}`;
}
