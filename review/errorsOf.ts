import { reported, ruleOf, type Verdict } from "../provider/rules/index.js";
import { type Diagnostic, nameOf, typeOf } from "./preview/step.js";
import type { ReviewedResource } from "./report.js";

const ofOurs = /dynamic\/azure-backup:\w+ resource .*? has a problem: ([a-z][a-z-]+): (.*)$/s;

const endedThere =
  "It ended at the first vault that is refused, so it does not show what else may be. `azure-backup review` without --from " +
  "runs one that does.";

/**
 * The errors of a preview: refusals by this package's provider, where the preview was not made for a review, and
 * whatever else ended it.
 */
export function errorsOf(errors: readonly Diagnostic[]): { refused: ReviewedResource[]; failures: string[] } {
  const refused: ReviewedResource[] = [];
  const failures: string[] = [];
  for (const error of errors) {
    const resource = refusedIn(error);
    if (resource) refused.push(resource);
    else failures.push(error.message.replace(/^error: /, ""));
  }
  // The engine's last word says nothing that the others do not.
  const said = failures.filter((message) => !/^(preview|update) failed$/.test(message));
  if (refused.length > 0) return { refused, failures: [...said, endedThere] };
  return { refused, failures: said.length > 0 ? said : failures };
}

function refusedIn({ message, urn }: Diagnostic): ReviewedResource | undefined {
  const [, code, sentence = ""] = ofOurs.exec(message) ?? [];
  const rule = code ? ruleOf(code) : undefined;
  if (!rule || !urn) return undefined;
  const { remediation, resource } = rule;
  const source = /https:\/\/\S+$/.exec(sentence)?.[0] ?? rule.source;
  // One rule may rest on Microsoft's word in one case and on others' reports in another.
  const evidence = sentence.includes(reported) ? "community" : "microsoft";
  const verdict: Verdict = {
    code: rule.code,
    decision: "refuse",
    resource,
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
    urn,
    type: typeOf(urn),
    provider: "azure-backup",
    name: /vault "([^"]+)"/.exec(sentence)?.[1] ?? nameOf(urn),
    planned: "update",
    verdicts: [verdict],
    notes: [],
  };
}
