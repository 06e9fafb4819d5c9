import type { Live } from "./live.js";

/** What is asked of Azure. Why it cannot be read is no question: that shows only while it is being read. */
const questions: Record<Exclude<keyof Live, "noAccess">, true> = {
  vault: true,
  facts: true,
  vaultsUsing: true,
  vaults: true,
  resourceGuards: true,
  resourcesIn: true,
  policy: true,
  clusterStorage: true,
  clusterPrincipals: true,
  keyPermissions: true,
};

/**
 * Asks Azure each question once. Several changes are about the same vault, a resource with sensitive values is judged twice,
 * and a posture is about every vault again.
 */
export function readingOnce(live: Live): Live {
  const answers = new Map<string, unknown>();
  const once =
    (name: string, ask: (...args: never[]) => unknown) =>
    (...args: never[]) => {
      const key = JSON.stringify([name, ...args], withoutBody).toLowerCase();
      if (!answers.has(key)) answers.set(key, ask.apply(live, args));
      return answers.get(key);
    };
  const asked = Object.keys(questions).flatMap((name) => {
    const ask = live[name as keyof typeof questions];
    return ask ? [[name, once(name, ask)]] : [];
  });
  return { ...live, ...Object.fromEntries(asked) };
}

/** A vault that was just read says no more than its ID. */
const withoutBody = (name: string, value: unknown): unknown => (name === "body" ? undefined : value);
