import { unknown } from "../../vaults/ruleVault.js";
import { fromTo, undecided, when } from "../findings.js";
import type { Change, Finding, Rule } from "../rule.js";
import { sources } from "../sources.js";
import { isUnrecognized, type StateMachine, stateOf } from "../stateMachine.js";
import { all, any, differs, truthOf } from "../truth.js";
import { crossRegionRestore } from "./crrAfterProtection.js";
import { redundancy } from "./redundancyAfterProtection.js";

const reason = "Cross-region restore needs a vault whose redundancy is GeoRedundant.";

export const crrNeedsGeo: Rule = {
  code: "crr-needs-geo",
  resource: "BackupVault",
  title: "Cross-region restore needs geo-redundancy",
  summary: reason,
  remediation: "Set redundancy to GeoRedundant, or leave crossRegionRestore Disabled.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.crossRegionRestore,
  needs: [],
  judge: (change) => judgeNeedsGeo(redundancy, change),
};

/** @param redundancy the redundancy of this kind of vault, and what it is where nobody sets it */
export function judgeNeedsGeo(redundancy: StateMachine, change: Change): Finding[] {
  const { operation, before, after } = change;
  if (!after || operation === "replace") return [];
  const restore = stateOf(crossRegionRestore, after);
  const storage = stateOf(redundancy, after);
  const isEnabled = restore === unknown ? "after" : truthOf(restore === "Enabled");
  const storageDiffers = before ? differs(stateOf(redundancy, before), storage) : "no";
  const isTouched = before ? any(differs(stateOf(crossRegionRestore, before), restore), storageDiffers) : "yes";
  const where = fromTo(before && storageDiffers === "yes" ? redundancy : crossRegionRestore, change);
  if (storage === "unset" || isUnrecognized(redundancy, storage)) {
    if (all(isEnabled, isTouched) === "no") return [];
    const what = storage === "unset" ? "no redundancy is set" : `this version does not know ${String(storage)}`;
    return [undecided(where, { reason: `${reason.slice(0, -1)}, and ${what}.`, remediation: crrNeedsGeo.remediation })];
  }
  const isOther = storage === unknown ? "after" : truthOf(storage !== "GeoRedundant");
  return when(all(isEnabled, isTouched, isOther), { decision: "refuse", ...where, reason }, change);
}
