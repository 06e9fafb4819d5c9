import { rules, type Verdict } from "../provider/rules/index.js";
import type { Judgement } from "./judgeVault.js";
import type { State } from "./preview/step.js";
import { isSecret, withSecrets } from "./values.js";

/**
 * This package's provider is given secrets in clear and judges them as they are. The preview knows which they are, and
 * what it hides no page shows: not as a value, and not in a sentence that may have been made with it.
 */
export function hideSecrets(judgement: Judgement, old: State | undefined, wanted: State | undefined): Judgement {
  if (![old, wanted].some((state) => withSecrets(state?.inputs))) return judgement;
  const verdicts = judgement.verdicts.map((verdict) => {
    const path = verdict.property.split(".");
    return hidden(verdict, holdsSecret(old?.inputs, path), holdsSecret(wanted?.inputs, path));
  });
  const left =
    judgement.notes.length > 0 ? ["Something more is worth knowing, and not shown because of its secrets."] : [];
  return { ...judgement, verdicts, notes: left };
}

export const withoutValues = (verdict: Verdict): Verdict => hidden(verdict, true, true);

function hidden(verdict: Verdict, isFrom: boolean, isTo: boolean): Verdict {
  const { code, from, to, because } = verdict;
  return {
    ...verdict,
    from: isFrom && from ? "a secret" : from,
    to: isTo && to ? "a secret" : to,
    because: rules.find((rule) => rule.code === code)?.summary ?? because,
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
