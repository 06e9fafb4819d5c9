/** Where the vault as a whole is meant, as in a deletion. */
export const wholeVault = { property: "", from: "", to: "" } as const;
