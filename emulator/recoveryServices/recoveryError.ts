import { ArmError, unverifiedCode } from "../arm/armError.js";

/** Recovery Services says no, in the shape that MicrosoftDocs/azure-docs#42016 quotes. */
export function recoveryError(status: number, code: string, message: string): ArmError {
  return new ArmError(status, code, message, { error: errorBody(code, message) });
}

/** As a failed operation carries it, too. */
export function errorBody(code: string, message: string): object {
  return { code, message, target: null, details: null, innerError: null };
}

/** A refusal whose code Azure does not publish: the code says that it is the emulator's own. */
export function unverified(rule: string, message: string, status = 400): ArmError {
  return recoveryError(status, unverifiedCode(rule), message);
}

// Quoted in Azure/azure-rest-api-specs#13076 and hashicorp/terraform-provider-azurerm#24087.
export function invalidParameter(name: string, fact?: string): ArmError {
  const message = `${name} parameter is invalid.\r\nPlease provide a valid ${name}`;
  return recoveryError(400, "InvalidRestApiParameter", fact === undefined ? message : `${message}\r\n${fact}`);
}
