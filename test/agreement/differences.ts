import { readBody } from "../../provider/vaults/body.js";
import { definitions } from "../../provider/vaults/definitions.js";
import type { BothSides } from "./bothSides.js";

type Live = ReturnType<BothSides["emulator"]["vault"]> & object;

/** Where both made the change, what both have made of the vault. Absent is Azure's default. */
export function differencesOf(ours: Live = {}, theirs: Live = {}): string[] {
  const [a, b] = [settingsOf(ours), settingsOf(theirs)];
  return [...new Set([...Object.keys(a), ...Object.keys(b)])]
    .filter((name) => JSON.stringify(a[name]) !== JSON.stringify(b[name]))
    .map((name) => `made ${name} ${JSON.stringify(b[name])}, we ${JSON.stringify(a[name])}`);
}

const { settings } = definitions.BackupVault;

/** Every setting of the table but the names, and the datastores as they are. */
function settingsOf(vault: Live): Record<string, unknown> {
  const has = readBody(settings, vault);
  const written = Object.entries(settings).filter(([, { role }]) => role === "setting");
  const read = written.map(([name, { whenAbsent }]) => [name, sorted(has[name] ?? whenAbsent ?? null)]);
  return { ...Object.fromEntries(read), storage: vault.properties?.storageSettings };
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return [...value].sort();
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.entries(value).map(([name, each]) => [name, sorted(each)] as const);
  return Object.fromEntries(fields.sort(([one], [two]) => (one < two ? -1 : 1)));
}
