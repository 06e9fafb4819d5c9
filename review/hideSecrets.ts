import { ruleOf, type Verdict } from "../provider/rules/index.js";
import type { Vault } from "../provider/vaults/ruleVault.js";
import type { Judgement } from "./judgeVault.js";
import type { Planned } from "./planned.js";
import type { State } from "./preview/step.js";
import { isOpenIn, isSecret, toValue, valuesAreHidden, withSecrets } from "./values.js";
import { vaultOf } from "./vaults/adapters.js";
import type { Subject } from "./vaults/index.js";

/** The settings of a vault, by their paths in the rules' form, that a preview keeps secret. */
export interface SecretSettings {
  from: string[];
  to: string[];
}

/**
 * What the preview hides no page shows: not as a value, and not in a sentence that may have been made with it. This
 * package's provider is given secrets in clear and judges them as they are, and a live vault tells them as well.
 */
export function hideSecrets(judgement: Judgement, { from, to }: SecretSettings): Judgement {
  if (from.length + to.length === 0) return judgement;
  const verdicts = judgement.verdicts.map((verdict) =>
    hidden(verdict, touches(from, verdict.property), touches(to, verdict.property)),
  );
  const isSafe = (note: string) => note === valuesAreHidden;
  const left = judgement.notes.filter(isSafe);
  return { ...judgement, verdicts, notes: left.length < judgement.notes.length ? [...left, notesAreHidden] : left };
}

const notesAreHidden = "There are further notes on this resource. They may contain its secrets and are not shown.";

export const withoutValues = (verdict: Verdict): Verdict => hidden(verdict, true, true);

export function secretSettings({ old, new: wanted }: Planned, subject: Subject): SecretSettings {
  const of = (state: State | undefined) => [
    ...secretsOf(state?.inputs ?? {}, subject),
    ...secretsOf(state?.outputs ?? {}, subject),
  ];
  return { from: of(old), to: of(wanted) };
}

const idParts = ["subscriptionId", "resourceGroupName", "vaultName"];

/** Whether the vault's ARM id tells something secret, although the engine never hides a resource's id. */
export const isIdSecret = ({ from, to }: SecretSettings): boolean =>
  [...from, ...to].some((path) => idParts.includes(path));

function secretsOf(values: Record<string, unknown>, subject: Subject): string[] {
  if (!withSecrets(values)) return [];
  const secrets = toValue(values, isSecret);
  if (subject.is === "vault") return pathsIn(vaultOf(subject.vault, secrets));
  if (subject.is === "part") {
    const ofId = isOpenIn(subject.part.vaultId(secrets)) ? idParts : [];
    return [...ofId, ...pathsIn(subject.part.added({}, secrets))];
  }
  return Object.keys(values);
}

function pathsIn(vault: Vault): string[] {
  return Object.entries(vault).flatMap(([name, value]) => {
    const isGroup = typeof value === "object" && !Array.isArray(value);
    if (!isGroup) return isOpenIn(value) ? [name] : [];
    return Object.entries(value).flatMap(([field, each]) => (isOpenIn(each) ? [`${name}.${field}`] : []));
  });
}

/** A verdict may be about all of a setting, or about a part of it. */
const touches = (paths: string[], property: string) =>
  paths.some((path) => path === property || path.startsWith(`${property}.`) || property.startsWith(`${path}.`));

function hidden(verdict: Verdict, isFrom: boolean, isTo: boolean): Verdict {
  const { code, from, to, reason } = verdict;
  return {
    ...verdict,
    from: isFrom && from ? "a secret" : from,
    to: isTo && to ? "a secret" : to,
    reason: ruleOf(code)?.summary ?? reason,
  };
}
