import { announce, oneWayChange } from "../backupVault/oneWayChange.js";
import type { Rule } from "../rule.js";
import { rsvCmkAfterRegistration } from "./rsvCmkAfterRegistration.js";
import { rsvCsrPermanentlyDisabled } from "./rsvCsrPermanentlyDisabled.js";
import { rsvImmutabilityLocked } from "./rsvImmutabilityLocked.js";
import { rsvInfrastructureEncryptionFixed } from "./rsvInfrastructureEncryptionFixed.js";
import { rsvSoftDeleteOff } from "./rsvSoftDeleteOff.js";

const doors = [
  rsvImmutabilityLocked,
  rsvCsrPermanentlyDisabled,
  rsvCmkAfterRegistration,
  rsvInfrastructureEncryptionFixed,
];

export const rsvOneWayChange: Rule = {
  ...oneWayChange,
  code: "rsv-one-way-change",
  resource: "RecoveryServicesVault",
  summary:
    "Locking a vault, soft delete that is always on, cross-subscription restore that is permanently disabled, encryption " +
    "with a customer-managed key and infrastructure encryption are permanent. The preview in which one of them is set " +
    "says so, also where the value is not known yet and may be one of them.",
  source: rsvCmkAfterRegistration.source,
  // A new vault's soft delete is always on, whatever the program says; an older one's comes to it here.
  judge: (change) => announce(change.before ? [...doors, rsvSoftDeleteOff] : doors, change),
};
