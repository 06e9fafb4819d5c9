import { azureAnswer, ourAnswer, patchAnswer, rulesAnswer, writtenAllTheSame } from "./answers.js";
import type { BothSides } from "./bothSides.js";
import { existingVault, type Holding } from "./existingVault.js";
import type { ProgramVault } from "./programVault.js";

export interface Pair {
  from: string;
  to: string;
  /** Absent: the vault is created. */
  before?: ProgramVault;
  /** Absent: the vault is deleted. */
  after?: ProgramVault;
  holds?: Holding;
  /** What else is done to the vault that is there, before anybody is asked. */
  arrange?: (id: string) => void;
  /** Given: our rules alone are asked, for what no argument can say or for a version that we do not use. */
  apiVersion?: string;
  vaultName?: string;
}

export interface Judged {
  pair: Pair;
  ours: string[];
  azures: string[];
  isLate: boolean;
  warnedOf: string[];
}

/** Asks both sides, each on a vault of its own in the same state. */
export async function judged(sides: BothSides, pair: Pair): Promise<Judged> {
  const { before, after, holds = "nothing", apiVersion, arrange, vaultName } = pair;
  const made = () => {
    const id = vaultName === undefined ? sides.freshId() : sides.idOf(vaultName);
    if (before) existingVault(sides, id, before, holds);
    arrange?.(id);
    return id;
  };
  const [mine, theirs] = [made(), made()];
  const ours = apiVersion
    ? await rulesAnswer(sides, mine, apiVersion, before, after)
    : await ourAnswer(sides, mine, before, after);
  // Two vaults cannot have one name: ours goes before somebody else's is made.
  if (vaultName && sides.emulator.vault(mine)) sides.emulator.setVault(mine, undefined);
  const azures = await azureAnswer(sides, theirs, after, apiVersion);
  const patched = before && after && (await patchAnswer(sides, made(), before, after, apiVersion));
  const said = [...azures.refusedBy];
  if (patched && patched.refusedBy.join() !== said.join()) said.push(`by PATCH ${patched.refusedBy.join() || "taken"}`);
  if (!apiVersion && !vaultName && ours.refusedBy.length + said.length === 0) {
    said.push(...differencesOf(sides.emulator.vault(mine), sides.emulator.vault(theirs)));
  }
  return { pair, ours: ours.refusedBy, azures: said, isLate: ours.isLate === true, warnedOf: ours.warnedOf ?? [] };
}

/** Where both made the change, what both have made of the vault. Absent is Azure's default. */
function differencesOf(ours: Live = {}, theirs: Live = {}): string[] {
  const [a, b] = [settingsOf(ours), settingsOf(theirs)];
  return Object.keys(a)
    .filter((name) => JSON.stringify(a[name]) !== JSON.stringify(b[name]))
    .map((name) => `made ${name} ${JSON.stringify(b[name])}, we ${JSON.stringify(a[name])}`);
}

type Live = ReturnType<BothSides["emulator"]["vault"]> & object;

function settingsOf({ properties = {}, identity }: Live): Record<string, unknown> {
  const { securitySettings: security = {}, featureSettings: features = {} } = properties;
  return {
    storage: properties.storageSettings,
    softDelete: security.softDeleteSettings,
    immutability: security.immutabilitySettings?.state ?? "Disabled",
    crossRegionRestore: features.crossRegionRestoreSettings?.state ?? "Disabled",
    crossSubscriptionRestore: features.crossSubscriptionRestoreSettings?.state ?? "Enabled",
    encryption: [
      security.encryptionSettings?.state ?? "Disabled",
      security.encryptionSettings?.keyVaultProperties?.keyUri,
      security.encryptionSettings?.kekIdentity?.identityId ?? security.encryptionSettings?.kekIdentity?.identityType,
      security.encryptionSettings?.infrastructureEncryption ?? "Disabled",
    ],
    identity: [identity?.type ?? "None", ...Object.keys(identity?.userAssignedIdentities ?? {}).sort()],
  };
}

/**
 * Where both sides agree: both make the change, or both refuse it and what Azure names is among what we name. Azure
 * names the first thing that it dislikes, we name all.
 */
export const isAgreed = ({ ours, azures }: Judged): boolean =>
  azures.length === 0
    ? ours.length === 0
    : !ours.includes(writtenAllTheSame) && azures.every((code) => isAmong(code, ours));

/** Some of Azure's codes stand for several rules. */
const isAmong = (code: string, rules: readonly string[]) => code.split(" or ").some((rule) => rules.includes(rule));

/** A few at a time: each one waits for Azure now and then. */
export async function allJudged(sides: BothSides, pairs: readonly Pair[]): Promise<Judged[]> {
  const results: Judged[] = [];
  for (let at = 0; at < pairs.length; at += 8) {
    results.push(...(await Promise.all(pairs.slice(at, at + 8).map((pair) => judged(sides, pair)))));
  }
  return results;
}

export type States = Readonly<Record<string, ProgramVault>>;

type Circumstances = Omit<Pair, "from" | "to" | "before" | "after">;

/** Each state to each one of the others. */
export function pairsOf(from: States, to: States, more: Circumstances = {}): Pair[] {
  return Object.entries(from).flatMap(([from, before]) =>
    Object.entries(to).map(([to, after]) => ({ ...more, from, to, before, after })),
  );
}

/** Each state as a new vault's first. */
export function creationsOf(states: States, more: Circumstances = {}): Pair[] {
  return Object.entries(states).map(([to, after]) => ({ ...more, from: "new vault", to, after, holds: "nothing" }));
}

/** The whole from x to product: every state to every state, and each one as a new vault's first. */
export function productOf(states: States, more: Circumstances = {}): Pair[] {
  return [...creationsOf(states, more), ...pairsOf(states, states, more)];
}

/**
 * The pairs as a table: a row for each state before, a column for each after. `-`: both make the change. `no`: both
 * refuse it by the same rule; `late`: so too, but ours only at `up`, after a warning. Where they are not one: `ours`:
 * only we refuse; `theirs`: we write, and Azure refuses; `apart`: each refuses, or does, something else.
 */
export function tableOf(results: readonly Judged[]): string {
  const rows = [...new Set(results.map(({ pair }) => pair.from))];
  const columns = [...new Set(results.map(({ pair }) => pair.to))];
  const cell = (from: string, to: string) => {
    const found = results.filter(({ pair }) => pair.from === from && pair.to === to);
    return [...new Set(found.map(wordFor))].join("/");
  };
  const table = aligned([
    ["from \\ to", ...columns],
    ...rows.map((from) => [from, ...columns.map((to) => cell(from, to))]),
  ]);
  return `\n${table}\n`;
}

function wordFor(result: Judged): string {
  const { ours, azures, isLate } = result;
  if (!isAgreed(result)) {
    if (ours.includes(writtenAllTheSame)) return "theirs";
    return azures.length === 0 ? "ours" : "apart";
  }
  if (ours.length === 0) return "-";
  return isLate ? "late" : "no";
}

/** The pairs on which the two sides are not one, under what each side says. */
export function deviationsOf(results: readonly Judged[]): Record<string, string[]> {
  const deviations: Record<string, string[]> = {};
  for (const { pair, ours, azures, warnedOf } of results.filter((result) => !isAgreed(result))) {
    const said = (codes: string[]) => codes.join(" + ") || "makes it";
    const isWarned = azures.every((code) => isAmong(code, warnedOf));
    const writes = isWarned ? "warns and writes" : said(ours);
    const key = `ours ${ours.includes(writtenAllTheSame) ? writes : said(ours)}, Azure ${said(azures)}`;
    deviations[key] = [...(deviations[key] ?? []), `${pair.from} -> ${pair.to}`];
  }
  return deviations;
}

/** How many pairs both sides make, and how many both refuse by which rule of Azure's. */
export function countsOf(results: readonly Judged[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const result of results.filter(isAgreed)) {
    const what = result.azures[0] ?? "both make the change";
    counts[what] = (counts[what] ?? 0) + 1;
  }
  return counts;
}

function aligned(rows: string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: string[]) => row.map((text, column) => text.padEnd(widths[column] ?? 0)).join(" | ");
  return rows.map((row) => line(row).trimEnd()).join("\n");
}
