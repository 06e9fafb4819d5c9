import type { FactName, Facts } from "./facts.js";
import type { DependencyFact, Finding } from "./rule.js";
import { capitalized, ended, listed } from "./wording.js";

/** What makes a finding undecided. */
export type Open = Pick<Finding, "reason" | "remediation" | "needs">;

const readAccess = "Run the command again with credentials that can read the vault in Azure.";

/** The new value comes out of another resource, which the same run creates or changes. */
export const comesAtUp = {
  reason: "The new value is only known during `pulumi up`.",
  remediation: "To get an answer at preview, write the value itself in the program.",
} satisfies Open;

/** Nothing stands against the change but that the new value comes out of another resource. */
export const isOnlyKnownAtUp = ({ decision, reason }: Pick<Finding, "decision" | "reason">): boolean =>
  decision === "undecided" && reason === comesAtUp.reason;

/** The vault's current value of a setting is not known. */
export function notRead(property: string, { vault }: Pick<Facts, "vault">): Open {
  const why = vault && "unreadable" in vault ? `, because it could not be read: ${ended(vault.unreadable)}` : ".";
  return {
    reason: `The vault's current \`${property}\` is not known${why}`,
    remediation: readAccess,
    needs: ["vault"],
  };
}

export const factNouns: Record<FactName | DependencyFact, string> = {
  protection: "the vault's backup instances",
  deleted: "the vault's soft-deleted backup instances",
  policies: "the vault's backup policies",
  protectedItems: "the vault's protected items",
  containers: "the storage accounts and servers that are registered with the vault",
  replication: "the vault's Site Recovery items and servers",
  storageTypeState: "the vault's storageTypeState",
  key: "the key",
  keyVault: "the key vault",
  access: "the identity's permissions on the key",
  oldKey: "the current key",
  oldKeyVault: "the current key vault",
  oldAccess: "the identity's permissions on the current key",
  guard: "the vault's resource guard",
  vault: "the vault",
  vaults: "the vaults of the subscription",
  guards: "the resource guards of the subscription's vaults",
};

/** The facts of one kind of vault, or of both. */
type SomeFacts = Partial<Facts>;

type NameIn<F extends SomeFacts> = keyof F & FactName;

/** What is still open about facts. Nothing where all of them are read. */
export function openFacts<F extends SomeFacts>(facts: F, names: readonly NameIn<F>[]): Open | undefined {
  const unread = names.filter((name) => facts[name] === undefined);
  const unreadable = unreadableOf(facts, names);
  if (unread.length + unreadable.length === 0) return undefined;
  const reason =
    unread.length > 0
      ? `Not read yet: ${listed(unread.map((name) => factNouns[name]))}.`
      : capitalized(unreadableText(facts, unreadable));
  return { reason, remediation: readAccess, needs: [...unread, ...unreadable] };
}

export function unreadableOf<F extends SomeFacts>(facts: F, names: readonly NameIn<F>[]): NameIn<F>[] {
  return names.filter((name) => whyUnreadable(facts, name) !== undefined);
}

/** `the key could not be read: 403 Forbidden.` */
export function unreadableText<F extends SomeFacts>(facts: F, names: readonly NameIn<F>[]): string {
  const reasons = [...new Set(names.map((name) => whyUnreadable(facts, name)))];
  return `${listed(names.map((name) => factNouns[name]))} could not be read: ${ended(reasons.join("; "))}`;
}

function whyUnreadable<F extends SomeFacts>(facts: F, name: NameIn<F>): string | undefined {
  const fact = facts[name] as Facts[FactName];
  return fact && "unreadable" in fact ? fact.unreadable : undefined;
}
