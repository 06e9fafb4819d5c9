import type { World } from "../world.js";

/** Somebody else's update of the vault in this path has failed half-way. A vault without a key has nothing to lose. */
export function leaveInconsistent(world: World, path: string): void {
  const [id] = /^.*\/providers\/Microsoft\.DataProtection\/backupVaults\/[^/]+/i.exec(path) ?? [];
  const vault = id === undefined ? undefined : world.vaults.get(id.toLowerCase());
  const encryption = vault?.body.properties.securitySettings?.encryptionSettings;
  if (encryption !== undefined) encryption.state = "Inconsistent";
}
