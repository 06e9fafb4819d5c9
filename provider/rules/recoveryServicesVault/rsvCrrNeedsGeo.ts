import { crrNeedsGeo, judgeNeedsGeo } from "../backupVault/crrNeedsGeo.js";
import type { Rule } from "../rule.js";
import { sources } from "../sources.js";
import { redundancy } from "./rsvRedundancyAfterRegistration.js";

export const rsvCrrNeedsGeo: Rule = {
  ...crrNeedsGeo,
  code: "rsv-crr-needs-geo",
  resource: "RecoveryServicesVault",
  summary: `${crrNeedsGeo.summary} A vault without a redundancy of its own is GeoRedundant.`,
  source: sources.recoveryServicesCreate,
  judge: (change) => judgeNeedsGeo(redundancy, change),
};
