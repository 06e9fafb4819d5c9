import { type Maybe, unknown } from "../../provider/vaults/ruleVault.js";
import { listOf, type Value } from "../values.js";
import type { DependencyChange } from "./change.js";
import type { Truth } from "./keyAddress.js";
import { isSameHidden, type Reading, readingOf } from "./reading.js";

/** Whether an update makes a key unusable that can be used to wrap and unwrap. */
export function becomesUnusable({ operation, planned, old, wanted, context }: DependencyChange): Truth {
  if (operation !== "change") return "no";
  const before = readingOf(planned.old, false);
  // What stays as it is makes no key unusable that is not.
  const changed: Reading["value"] = (...paths) => {
    const wants = wanted.value(...paths);
    return isSameHidden(planned, before.value(...paths), wants) ? undefined : wants;
  };
  const [had, wants] = [old, { value: changed }].map((reading) => usability(reading, context.now));
  return had === "no" || wants === undefined ? "no" : wants === "yes" ? "no" : wants === "no" ? "yes" : "unknown";
}

/** Whether a key can be used to wrap and unwrap now. */
function usability(key: Pick<Reading, "value">, now: number): Truth {
  const enabled = key.value("properties.attributes.enabled", "enabled");
  // azure-native has names of its own.
  const expires = key.value("properties.attributes.exp", "properties.attributes.expires", "expirationDate");
  const starts = key.value("properties.attributes.nbf", "properties.attributes.notBefore", "notBeforeDate");
  const operations = key.value("properties.keyOps", "keyOpts", "keyOps");
  const [end, start] = [secondsIn(expires), secondsIn(starts)];
  const given = listOf(operations);
  const missing = ["wrapKey", "unwrapKey"].filter((each) => !given.includes(each));
  const open = given.filter((each) => each === unknown);
  // Azure's policies ask for an expiry, so one in the future is no finding.
  if (enabled === false || (typeof end === "number" && end <= now)) return "no";
  if (typeof start === "number" && start > now) return "no";
  const isOpen = operations === unknown || (missing.length > 0 && open.length >= missing.length);
  if (Array.isArray(operations) && missing.length > open.length) return "no";
  return isOpen || [enabled, end, start].includes(unknown) ? "unknown" : "yes";
}

/** Unix seconds. Terraform has dates. */
function secondsIn(time: Value): Maybe<number> | undefined {
  if (time === undefined || time === null || time === "") return undefined;
  if (typeof time === "number") return time;
  const seconds = typeof time !== "string" ? Number.NaN : /^\d+$/.test(time) ? Number(time) : Date.parse(time) / 1000;
  return Number.isNaN(seconds) ? unknown : seconds;
}
