import { announce, oneWayChange } from "../backupVault/oneWayChange.js";
import type { Rule } from "../rule.js";
import { rsvCmkAfterRegistration } from "./rsvCmkAfterRegistration.js";
import { rsvCsrPermanentlyDisabled } from "./rsvCsrPermanentlyDisabled.js";
import { rsvImmutabilityLocked } from "./rsvImmutabilityLocked.js";
import { rsvSoftDeleteOff } from "./rsvSoftDeleteOff.js";

const doors = [rsvImmutabilityLocked, rsvCsrPermanentlyDisabled, rsvCmkAfterRegistration];

export const rsvOneWayChange: Rule = {
  ...oneWayChange,
  code: "rsv-one-way-change",
  resource: "RecoveryServicesVault",
  source: rsvCmkAfterRegistration.source,
  // A new vault's soft delete is always on, whatever the program says; an older one's comes to it here.
  judge: (change) => announce(change.before ? [...doors, rsvSoftDeleteOff] : doors, change),
};
