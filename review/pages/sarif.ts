import { posix } from "node:path";
import { capitalized, catalogue, type RuleText, type Verdict } from "../../provider/rules/index.js";
import { vaultNouns } from "../../provider/vaults/vaultId.js";
import type { Report, ReviewedResource } from "../report.js";
import { deeds, factOf } from "./blocks.js";
import { cut } from "./escape.js";
import { labelsOf, maxName } from "./headline.js";

/** Code scanning shows a finding only in a file. Other tools' previews name none, so it is the usual one. */
const projectFile = { pulumi: "Pulumi.yaml", terraform: "main.tf", "what-if": "main.bicep" };

const levels = { refuse: "error", warn: "warning", undecided: "note" } as const;

/** Whether a vault's data is lost must not be a note, which tools hide. */
const levelOf = ({ decision, operation }: Verdict) =>
  decision === "undecided" && (operation === "delete" || operation === "replace") ? "warning" : levels[decision];

/**
 * For GitHub's code scanning and other tools. Every result needs a position: if the preview gives none, it is the
 * project's main file.
 * https://docs.github.com/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 *
 * @param directory the project's directory in the repository
 */
export function sarif(
  report: Report,
  { directory = "", version = "" }: { directory?: string; version?: string } = {},
): object {
  const label = labelsOf(report.resources);
  const results = report.resources.flatMap((resource) => [
    ...resource.verdicts.map((verdict) => resultOf(resource, verdict)),
    ...(resource.unchecked === undefined ? [] : [uncheckedResult(resource, resource.unchecked)]),
  ]);
  const codes = new Set(results.map(({ ruleId }) => ruleId));
  const used = [
    ...catalogue.filter(({ code }) => codes.has(code)).map(ruleOf),
    ...(codes.has(uncheckedRule.id) ? [uncheckedRule] : []),
  ];
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "azure-backup", ...(version && { semanticVersion: version }), rules: used } },
        invocations: [
          {
            executionSuccessful: report.failures.length === 0,
            toolExecutionNotifications: report.failures.map((text) => ({ level: "error", message: { text } })),
          },
        ],
        results,
      },
    ],
  };

  function resultOf(resource: ReviewedResource, verdict: Verdict) {
    const { name, urn, planned } = resource;
    const noun = capitalized(resource.noun ?? vaultNouns[verdict.resource]);
    const subject = [`${noun} "${label(resource)}" ${deeds[planned]}`, factOf(verdict, planned)]
      .filter(Boolean)
      .join(", ");
    return {
      ruleId: verdict.code,
      level: levelOf(verdict),
      message: { text: `${subject}: ${verdict.reason} ${verdict.remediation}` },
      locations: [location(resource)],
      partialFingerprints: { change: `${urn ?? resource.address ?? name} ${verdict.code} ${verdict.property}` },
    };
  }

  function uncheckedResult(resource: ReviewedResource, why: string) {
    return {
      ruleId: uncheckedRule.id,
      level: "error" as const,
      message: { text: `"${label(resource)}" (${cut(resource.type, maxName)}): ${why}` },
      locations: [location(resource)],
      partialFingerprints: { change: `${resource.urn ?? resource.address ?? resource.name} ${uncheckedRule.id}` },
    };
  }

  function location({ position, urn, address = urn, name }: ReviewedResource) {
    const uri = encodeURI(posix.join(directory, position?.file ?? projectFile[report.tool]));
    return {
      physicalLocation: {
        artifactLocation: { uri },
        region: { startLine: position?.line ?? 1, ...(position && { startColumn: position.column }) },
      },
      logicalLocations: [{ fullyQualifiedName: address ?? cut(name, maxName), kind: "resource" }],
    };
  }
}

const uncheckedRule = {
  id: "not-checked",
  shortDescription: { text: "A change that was not checked" },
  fullDescription: { text: "This version cannot check the change." },
};

function ruleOf({ code, title, summary, remediation, source, decision }: RuleText) {
  return {
    id: code,
    shortDescription: { text: title },
    fullDescription: { text: summary },
    help: {
      text: `${summary} ${remediation} ${source}`,
      markdown: `${summary}\n\n${remediation}\n\n[Source](${source})`,
    },
    helpUri: source,
    defaultConfiguration: { level: levels[decision] },
  };
}
