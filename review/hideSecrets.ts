import { ruleText, type Verdict } from "../provider/rules/index.js";
import type { Vault } from "../provider/vaults/ruleVault.js";
import type { PlannedChange, State } from "./changes/plannedChange.js";
import type { Judgement } from "./judgeVault.js";
import { containsSecret, containsUnknown, isSecret, secretsHiddenNote, toValue } from "./values.js";
import { vaultOf } from "./vaults/adapters.js";
import type { Subject } from "./vaults/index.js";

/** The settings of a vault that a preview marks as secret, by their paths in the rules' form. */
export interface SecretSettings {
  from: string[];
  to: string[];
}

/**
 * Pages do not show what the preview hides: neither as a value nor in a sentence that may contain it. This package's
 * provider gets secrets in plain text and judges their values, and a live vault contains them as well.
 */
export function hideSecrets(judgement: Judgement, { from, to }: SecretSettings): Judgement {
  if (from.length + to.length === 0) return judgement;
  const verdicts = judgement.verdicts.map((verdict) =>
    hidden(verdict, touches(from, verdict.property), touches(to, verdict.property)),
  );
  const isSafe = (note: string) => note === secretsHiddenNote;
  const left = judgement.notes.filter(isSafe);
  return { ...judgement, verdicts, notes: left.length < judgement.notes.length ? [...left, notesAreHidden] : left };
}

const notesAreHidden = "Further notes on this resource are not shown, because they may contain its secrets.";

export const withoutValues = (verdict: Verdict): Verdict => hidden(verdict, true, true);

export function secretSettings({ old, new: wanted }: PlannedChange, subject: Subject): SecretSettings {
  const of = (state: State | undefined) =>
    state ? [...secretsOf(state.inputs, subject), ...secretsOf(state.outputs, subject)] : [];
  return { from: of(old), to: of(wanted) };
}

const idParts = ["subscriptionId", "resourceGroupName", "vaultName"];

/** Whether the vault's ARM ID contains a secret: the engine never hides a resource's ID. */
export const isIdSecret = ({ from, to }: SecretSettings): boolean =>
  [...from, ...to].some((path) => idParts.includes(path));

function secretsOf(values: Record<string, unknown>, subject: Subject): string[] {
  if (!containsSecret(values)) return [];
  const secrets = toValue(values, isSecret);
  if (subject.is === "vault") return pathsIn(vaultOf(subject.vault, secrets));
  if (subject.is === "part") {
    const ofId = containsUnknown(subject.part.vaultId(secrets)) ? idParts : [];
    return [...ofId, ...pathsIn(subject.part.added({}, secrets))];
  }
  return Object.keys(values);
}

function pathsIn(vault: Vault): string[] {
  return Object.entries(vault).flatMap(([name, value]) => {
    const isGroup = typeof value === "object" && !Array.isArray(value);
    if (!isGroup) return containsUnknown(value) ? [name] : [];
    return Object.entries(value).flatMap(([field, each]) => (containsUnknown(each) ? [`${name}.${field}`] : []));
  });
}

/** A verdict can be about a whole setting or a part of it. */
const touches = (paths: string[], property: string) =>
  paths.some((path) => path === property || path.startsWith(`${property}.`) || property.startsWith(`${path}.`));

function hidden(verdict: Verdict, isFrom: boolean, isTo: boolean): Verdict {
  const { code, from, to, reason } = verdict;
  return {
    ...verdict,
    from: isFrom && from ? "a secret" : from,
    to: isTo && to ? "a secret" : to,
    reason: ruleText(code)?.summary ?? reason,
  };
}
