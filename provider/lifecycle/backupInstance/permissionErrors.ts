import { isArmError } from "../../azure/index.js";

/**
 * Azure's codes for roles that it does not see.
 * https://learn.microsoft.com/azure/backup/disk-backup-troubleshoot
 * https://learn.microsoft.com/azure/backup/azure-kubernetes-service-backup-troubleshoot
 */
const codes = [
  /^UserError.*(Permission|AuthorizationFailed)/i,
  /^UserErrorMSI/i,
  /^LinkedAuthorizationFailed$/i,
  /^UserErrorBackupStorageLocationNotReady$/i,
  /^KubernetesBackupListExtensionsError$/i,
];

export const isAboutPermission = (error: unknown): boolean =>
  isArmError(error) && codes.some((code) => code.test(error.code));
