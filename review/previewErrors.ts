import { reported, ruleOf, ruleText, type Verdict } from "../provider/rules/index.js";
import type { Diagnostic } from "./changes/plannedChange.js";
import { nameIn, typeIn } from "./changes/pulumiStep.js";
import type { ReviewedResource } from "./report.js";
import { subjectOf } from "./vaults/index.js";

/** Of a component's resource, the argument that holds it comes before the code. */
const ofOurs = /azure-backup:(?:index:)?\w+ resource .*? has a problem: (?:\w+: )?([a-z]+-[a-z-]+): (.*)$/s;

const endedEarly =
  "The preview ended at the first refused resource, so it may not show all refusals. Run `azure-backup review` without --from " +
  "to check all of them.";

/**
 * The errors of a preview: refusals by this package's provider, if the preview was not made for a review, and other
 * errors that ended it.
 */
export function classifyErrors(errors: readonly Diagnostic[]): { refused: ReviewedResource[]; failures: string[] } {
  const refused: ReviewedResource[] = [];
  const failures: string[] = [];
  for (const error of errors) {
    const resource = refusedIn(error);
    if (resource) refused.push(resource);
    else failures.push(error.message.replace(/^error: /, ""));
  }
  // The engine's last message repeats what the others say.
  const specific = failures.filter((message) => !/^(preview|update) failed$/.test(message));
  if (refused.length > 0) return { refused, failures: [...specific, endedEarly] };
  return { refused, failures: specific.length > 0 ? specific : failures };
}

function refusedIn({ message, address }: Diagnostic): ReviewedResource | undefined {
  const [, code, sentence = ""] = ofOurs.exec(message) ?? [];
  const rule = code ? ruleText(code) : undefined;
  if (!rule || !address) return undefined;
  const { remediation } = rule;
  const subject = subjectOf({ type: typeIn(address) });
  const noun = subject?.is === "dependency" ? subject.dependency.noun : undefined;
  const source = /https:\/\/\S+$/.exec(sentence)?.[0] ?? rule.source;
  // One rule can be based on Microsoft's statement in one case and on reports in another.
  const evidence = sentence.includes(reported) ? "community" : "microsoft";
  const verdict: Verdict = {
    code: rule.code,
    decision: "refuse",
    resource: ruleOf(rule.code)?.resource ?? (rule.code.startsWith("rsv-") ? "RecoveryServicesVault" : "BackupVault"),
    operation: "change",
    property: "",
    from: "",
    to: "",
    reason: sentence.replace(/\s*https:\/\/\S+$/, "").replace(` ${reported}`, ""),
    remediation,
    source,
    evidence,
    overridable: evidence === "community",
  };
  return {
    urn: address,
    type: typeIn(address),
    provider: "azure-backup",
    ...(noun !== undefined && { noun }),
    name: (noun === undefined && /vault "([^"]+)"/.exec(sentence)?.[1]) || nameIn(address),
    planned: "update",
    verdicts: [verdict],
    notes: [],
  };
}
