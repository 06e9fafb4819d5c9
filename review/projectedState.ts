import type { Vault } from "../provider/vaults/ruleVault.js";

/**
 * What a vault will be: what the program wants, and of the rest all that the program did not set before. What it did
 * set and sets no longer goes back to Azure's default.
 */
export function projectedState(before: Vault, managed: Vault, wanted: Vault): Vault {
  const merged = overlaid({ ...before }, { ...managed }, { ...wanted });
  for (const name of ["softDelete", "encryption", "immutabilityConfiguration", "classicAlerts"] as const) {
    const fields = overlaid({ ...before[name] }, { ...managed[name] }, { ...wanted[name] });
    if (Object.keys(fields).length > 0) merged[name] = fields;
    else delete merged[name];
  }
  return merged as Vault;
}

type Fields = Record<string, unknown>;

function overlaid(before: Fields, managed: Fields, wanted: Fields): Fields {
  const kept = Object.entries(before).filter(([name]) => managed[name] === undefined);
  return { ...Object.fromEntries(kept), ...wanted };
}
