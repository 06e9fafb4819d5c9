import type { ArmResource } from "../../armResource.js";

const timeOfDay = /^\d{2}:\d{2}:\d{2}Z$/;

/** Azure reads times as points in time: one of the day alone, as azurerm sends it, is one of today. */
export function withDates(policy: ArmResource, now: number): ArmResource {
  const today = new Date(now).toISOString().slice(0, 10);
  const text = JSON.stringify(policy, (_name, value) =>
    typeof value === "string" && timeOfDay.test(value) ? `${today}T${value}` : value,
  );
  return JSON.parse(text);
}
