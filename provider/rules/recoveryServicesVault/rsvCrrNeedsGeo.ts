import { crrNeedsGeo } from "../backupVault/crrNeedsGeo.js";
import type { Rule } from "../rule.js";
import { sources } from "../sources.js";

export const rsvCrrNeedsGeo: Rule = {
  ...crrNeedsGeo,
  code: "rsv-crr-needs-geo",
  resource: "RecoveryServicesVault",
  source: sources.recoveryServicesCreate,
};
