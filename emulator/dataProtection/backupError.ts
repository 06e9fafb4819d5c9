import { ArmError, unverifiedCode } from "../arm/armError.js";
import type { ArmResource } from "../state/records.js";
import { guid } from "../state/world.js";

/**
 * DataProtection says no. The text that helps stands in `additionalInfo`, as its published failures show:
 * https://learn.microsoft.com/azure/backup/backup-azure-data-protection-use-rest-api-backup-postgresql
 */
export function backupError(status: number, code: string, message: string, recommendedAction: string[] = []): ArmError {
  const error = { ...userFacingError(code, message, recommendedAction), target: null, details: null };
  return new ArmError(status, code, message, { error });
}

/** What the service recommends where it has nothing better. */
export const contactSupport = "Please contact Microsoft Support if this is not expected.";

/** As a failed operation carries it: without target and details. */
export function userFacingError(code: string, message: string, recommendedAction: string[] = []): ArmResource {
  const info = {
    message,
    recommendedAction,
    details: null,
    code,
    target: "",
    innerError: null,
    isRetryable: false,
    // False even where the user is at fault, in every published failure.
    isUserError: false,
    properties: { ActivityId: guid() },
  };
  return { additionalInfo: [{ type: "UserFacingError", info }], code, message };
}

/** A refusal whose code Azure does not publish: the code says that it is the emulator's own. */
export function unverified(rule: string, message: string, status = 400): ArmError {
  return backupError(status, unverifiedCode(rule), message);
}

// Code, sentence and advice as quoted by users: Azure/azure-rest-api-specs#21911, #21183,
// hashicorp/terraform-provider-azurerm#24775.
export function invalidInput(fact: string): ArmError {
  return backupError(400, "BMSUserErrorInvalidInput", `The User input provided for the call is invalid. ${fact}`, [
    "Please check the required inputs",
  ]);
}
