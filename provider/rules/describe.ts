import { type VaultKind, vaultNouns } from "../vaults/vaultId.js";
import { isOnlyKnownAtUp } from "./undecided.js";
import type { Verdict } from "./verdict.js";

/** `Backup vault "a", Recovery Services vault "b"`, always in the same order. */
export const vaultsNamed = (vaults: readonly { kind: VaultKind; name: string }[]): string =>
  vaults
    .map(({ kind, name }) => `${vaultNouns[kind]} "${name}"`)
    .sort()
    .join(", ");

/** Stands before the source of what is not Microsoft's word. */
export const reported = "Reported or inferred, not stated by Microsoft:";

/** The one wording of a verdict, wherever it is shown: a short paragraph. `subject` is the vault's name. */
export function describe(verdict: Verdict, subject: string): string {
  const { code, decision, property, reason, remediation } = verdict;
  const vault = `${vaultNouns[verdict.resource]} "${subject}"`;
  if (isOnlyKnownAtUp(verdict) && property !== "")
    return `${code}: ${vault}: ${onlyKnownAtUp(property)} ${source(verdict)}`;
  const sentences = [
    `${code}: ${headlines[decision](vault, deeds[verdict.operation](verdict))}.`,
    reason,
    remediation,
    decision === "undecided" ? "`pulumi up` will not write until this can be determined." : "",
    override(verdict),
    source(verdict),
  ];
  return sentences.filter((sentence) => sentence !== "").join(" ");
}

const onlyKnownAtUp = (property: string): string =>
  `\`${property}\` is only known during \`pulumi up\`; it is checked then, before anything is written.`;

const headlines = {
  refuse: (vault, deed) => `${vault} cannot ${deed}`,
  warn: (vault, deed) => `${vault} would ${deed}`,
  undecided: (vault, deed) => `cannot determine yet whether ${vault} can ${deed}`,
} satisfies Record<Verdict["decision"], (vault: string, deed: string) => string>;

const deeds = {
  create: ({ property, to }) => `be created with ${property} ${to}`,
  change: ({ property, from, to }) =>
    from === to ? `be changed while its ${property} is ${to}` : `change ${property} from ${from} to ${to}`,
  replace: ({ property, from, to }) =>
    property === "" ? "be replaced" : `be replaced to change ${property} from ${from} to ${to}`,
  delete: ({ property, from }) => (property === "" ? "be deleted" : `be deleted while its ${property} is ${from}`),
} satisfies Record<Verdict["operation"], (verdict: Verdict) => string>;

function override({ accepted, overridable, decision, code }: Verdict): string {
  if (accepted) return `\`accept\` contains "${code}", so this is allowed.`;
  return overridable && decision === "refuse" ? `To override, add "${code}" to \`accept\`.` : "";
}

function source({ evidence, source }: Verdict): string {
  return evidence === "microsoft" ? source : `${reported} ${source}`;
}
