import type { Verdict } from "./verdict.js";

/** The one wording of a verdict, wherever it is shown: a short paragraph. `subject` is the vault's name. */
export function describe(verdict: Verdict, subject: string): string {
  return [
    `${verdict.code}: Backup vault "${subject}" ${deed(verdict)}.`,
    verdict.because,
    verdict.instead,
    verdict.decision === "undecided" ? "`pulumi up` writes nothing until this is decided." : "",
    override(verdict),
    source(verdict),
  ]
    .filter((sentence) => sentence !== "")
    .join(" ");
}

function deed(verdict: Verdict): string {
  const { decision, operation } = verdict;
  if (decision === "refuse") return `cannot ${phrases[operation](verdict)}`;
  if (decision === "warn") return `is to ${phrases[operation](verdict)}`;
  return `may not be able to ${phrases[operation](verdict)}: that is not decided yet`;
}

const phrases = {
  create: ({ property, to }: Verdict) => (property ? `be created with ${property} ${to}` : "be created"),
  change: ({ property, from, to }: Verdict) =>
    from === to ? `be changed while its ${property} is ${to}` : `change ${property} from ${from} to ${to}`,
  replace: ({ property, from, to }: Verdict) => `be replaced to change ${property} from ${from} to ${to}`,
  delete: () => "be deleted",
} satisfies Record<Verdict["operation"], (verdict: Verdict) => string>;

function override({ accepted, overridable, decision, code }: Verdict): string {
  if (accepted) return `The program accepts it: accept names ${code}.`;
  return overridable && decision === "refuse" ? `To do it all the same, add "${code}" to accept.` : "";
}

function source({ evidence, source }: Verdict): string {
  return evidence === "microsoft" ? source : `Reported or inferred, not stated by Microsoft: ${source}`;
}
