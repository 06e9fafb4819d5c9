import { isArmError } from "../../azure/index.js";

/** Azure's codes for roles that it does not see. https://learn.microsoft.com/azure/backup/disk-backup-troubleshoot */
export const isAboutPermission = (error: unknown): boolean =>
  isArmError(error) && /^UserError.*Permission|^UserErrorMSI|^LinkedAuthorizationFailed$/i.test(error.code);
