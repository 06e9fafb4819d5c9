/** Of the vaults. What lies in them is another API, whose version Microsoft's client for it knows. */
export const recoveryServicesApiVersion = "2026-07-01";
