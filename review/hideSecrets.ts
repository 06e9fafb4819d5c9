import type { Verdict } from "../provider/rules/index.js";
import type { State } from "./preview/step.js";
import { isSecret } from "./values.js";

/**
 * This package's provider is given secrets in clear and judges them as they are. The preview knows which they are, and
 * what it hides no page shows.
 */
export function hideSecrets(verdicts: Verdict[], old: State | undefined, wanted: State | undefined): Verdict[] {
  return verdicts.map((verdict) => {
    const path = verdict.property.split(".");
    const isHidden = (state: State | undefined) => holdsSecret(state?.inputs, path);
    return hidden(verdict, isHidden(old), isHidden(wanted));
  });
}

export const withoutValues = (verdict: Verdict): Verdict => hidden(verdict, true, true);

function hidden(verdict: Verdict, isFrom: boolean, isTo: boolean): Verdict {
  const { from, to, because } = verdict;
  const secrets = [isFrom && from, isTo && to].filter((value) => typeof value === "string" && value !== "");
  return {
    ...verdict,
    from: isFrom && from ? "a secret" : from,
    to: isTo && to ? "a secret" : to,
    because: secrets.reduce((text: string, secret) => text.replaceAll(String(secret), "a secret"), because),
  };
}

/** Whether something secret lies at the path, above it or below it. */
function holdsSecret(value: unknown, path: string[]): boolean {
  if (isSecret(value)) return true;
  if (typeof value !== "object" || value === null) return false;
  const [first, ...rest] = path;
  if (first === undefined) return Object.values(value).some((each) => holdsSecret(each, []));
  return holdsSecret((value as Record<string, unknown>)[first], rest);
}
