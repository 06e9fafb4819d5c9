import type { BothSides } from "./bothSides.js";
import { bodyOf, type ProgramVault } from "./programVault.js";

/** What lies in a vault before anybody asks for anything. */
export const holdings = ["nothing", "a backup instance", "a soft-deleted instance", "a policy"] as const;
export type Holding = (typeof holdings)[number];

/** The three that rules about protection tell apart. */
export const protections = ["nothing", "a backup instance", "a soft-deleted instance"] as const;

/** Whom every such vault with a system-assigned identity is to the directory, so that a key can be granted to it. */
export const systemPrincipal = "0b1e0000-0000-4000-8000-00000000a11c";

/** Puts a vault into the state that a test names, past all rules: nobody could create some of them in one step. */
export function existingVault({ emulator }: BothSides, id: string, vault: ProgramVault, holds: Holding): void {
  const { location, identity, properties } = bodyOf(vault) as {
    location: string;
    identity?: Identity;
    properties: Set;
  };
  const { storageSettings } = properties;
  // By a version that asks for no particular soft delete, as for a vault from earlier days.
  const made = emulator.arm("PUT", `${id}?api-version=2025-07-01`, { location, properties: { storageSettings } });
  if (made.status !== 201) throw new Error(`The emulator refused ${id}: ${JSON.stringify(made.body)}`);
  const principal = identity?.type.includes("SystemAssigned") && { principalId: systemPrincipal };
  emulator.setVault(id, { properties, ...(identity && { identity: { ...identity, ...principal } }) });
  if (holds === "a policy") {
    const properties = { objectType: "BackupPolicy", datasourceTypes: [], policyRules: [] };
    emulator.arm("PUT", `${id}/backupPolicies/daily`, { properties });
  } else if (holds !== "nothing") {
    const name = `blobs-${id.split("/").at(-1)}`;
    emulator.protect(id, { name });
    if (holds === "a soft-deleted instance") emulator.softDelete(id, name);
  }
}

interface Identity {
  type: string;
}
interface Set {
  storageSettings: unknown;
}
