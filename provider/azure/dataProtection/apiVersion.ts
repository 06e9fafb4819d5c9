/**
 * The api-version of every Microsoft.DataProtection request. It changes behaviour, not only shape: since 2025-09-01
 * soft delete cannot be disabled. https://learn.microsoft.com/azure/backup/secure-by-default
 */
export const apiVersion = "2026-06-01";
