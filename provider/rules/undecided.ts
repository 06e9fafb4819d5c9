import type { FactName, Facts } from "./facts.js";
import type { Finding } from "./rule.js";
import { ended, listed } from "./wording.js";

/** What makes a finding undecided. */
export type Open = Required<Pick<Finding, "reason" | "remediation">> & Pick<Finding, "needs">;

const readAccess = "Run this where it can read the vault at Azure.";

/** The new value comes out of another resource, which the same run creates or changes. */
export const comesAtUp: Open = {
  reason: "The new value is not known before `pulumi up`.",
  remediation: "For an answer at preview, write the value itself into the program.",
};

/** The vault's present value of a setting is not known. */
export function notRead(property: string, { vault }: Facts): Open {
  const why = vault && "unreadable" in vault ? `, because it could not be read: ${ended(vault.unreadable)}` : ".";
  return { reason: `The vault's present ${property} is not known${why}`, remediation: readAccess, needs: ["vault"] };
}

export const factNouns: Record<FactName, string> = {
  protection: "the vault's backup instances",
  deleted: "the vault's soft-deleted backup instances",
  policies: "the vault's backup policies",
  protectedItems: "the vault's protected items",
  containers: "what is registered with the vault",
  replication: "what Site Recovery has in the vault",
  storageTypeState: "whether the vault's storage type is locked",
  key: "the key",
  keyVault: "the key vault",
  access: "what the vault's identity may do with the key",
  oldKey: "the key that the vault uses now",
  oldKeyVault: "the key vault that the vault uses now",
  oldAccess: "what the vault's identity may do with the key that it uses now",
  guard: "the vault's resource guard",
  vault: "the vault",
};

/** What is still open about facts. Nothing where all of them are read. */
export function openFacts(facts: Facts, names: readonly FactName[]): Open | undefined {
  const unread = names.filter((name) => facts[name] === undefined);
  const unreadable = unreadableOf(facts, names);
  if (unread.length + unreadable.length === 0) return undefined;
  const reason =
    unread.length > 0
      ? `It depends on ${listed(unread.map((name) => factNouns[name]))}, not read yet.`
      : `It depends on ${unreadableText(facts, unreadable)}`;
  return { reason, remediation: readAccess, needs: [...unread, ...unreadable] };
}

export function unreadableOf(facts: Facts, names: readonly FactName[]): FactName[] {
  return names.filter((name) => whyUnreadable(facts, name) !== undefined);
}

/** `the key, which could not be read: 403 Forbidden.` */
export function unreadableText(facts: Facts, names: readonly FactName[]): string {
  const reasons = [...new Set(names.map((name) => whyUnreadable(facts, name)))];
  return `${listed(names.map((name) => factNouns[name]))}, which could not be read: ${ended(reasons.join("; "))}`;
}

function whyUnreadable(facts: Facts, name: FactName): string | undefined {
  const fact = facts[name];
  return fact && "unreadable" in fact ? fact.unreadable : undefined;
}
