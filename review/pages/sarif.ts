import { posix } from "node:path";
import {
  type Control,
  capitalized,
  catalogue,
  controlsOfRule,
  type Demand,
  demands,
  type RuleText,
  type Verdict,
} from "../../provider/rules/index.js";
import { alternatives } from "../../provider/vaults/values.js";
import { vaultNouns } from "../../provider/vaults/vaultId.js";
import type { PostureFinding, Report, ReviewedResource, ReviewedVerdict, VaultPosture } from "../report.js";
import { deedOf, factOf } from "./blocks.js";
import { cut } from "./escape.js";
import { labelsOf, maxName } from "./headline.js";
import { controlName } from "./posture.js";

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
  const taxonomies = taxonomiesOf(report);
  const results = report.resources.flatMap((resource) => [
    ...resource.verdicts.map((verdict) => resultOf(resource, verdict)),
    ...(resource.unchecked === undefined ? [] : [uncheckedResult(resource, resource.unchecked)]),
  ]);
  const postureLabel = labelsOf(report.posture ?? []);
  const postureResults = (report.posture ?? []).flatMap((vault) =>
    vault.findings.map((finding) => postureResult(vault, finding)),
  );
  const weak = new Set(postureResults.map(({ ruleId }) => ruleId));
  const codes = new Set(results.map(({ ruleId }) => ruleId));
  const used = [
    ...catalogue.filter(({ code }) => codes.has(code)).map((rule) => ruleOf(rule, taxonomies)),
    ...(codes.has(uncheckedRule.id) ? [uncheckedRule] : []),
    ...demands.map(postureRule).filter(({ id }) => weak.has(id)),
  ];
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "azure-backup",
            ...(version && { semanticVersion: version }),
            rules: used,
            ...supported(taxonomies),
          },
        },
        invocations: [
          {
            executionSuccessful: report.failures.length === 0,
            toolExecutionNotifications: report.failures.map((text) => ({ level: "error", message: { text } })),
          },
        ],
        ...(taxonomies.length > 0 && { taxonomies }),
        results: [...results, ...postureResults],
      },
    ],
  };

  function resultOf(resource: ReviewedResource, verdict: ReviewedVerdict) {
    const { name, urn, planned } = resource;
    const noun = capitalized(resource.noun ?? vaultNouns[verdict.resource]);
    const subject = [`${noun} "${label(resource)}" ${deedOf(resource)}`, factOf(verdict, planned)]
      .filter(Boolean)
      .join(", ");
    return {
      ruleId: verdict.code,
      level: levelOf(verdict),
      message: { text: `${subject}: ${verdict.reason} ${verdict.remediation}` },
      locations: [location(resource)],
      partialFingerprints: { change: `${urn ?? resource.address ?? name} ${verdict.code} ${verdict.property}` },
      ...(verdict.controls && { taxa: verdict.controls.map((control) => reference(taxonomies, control)) }),
    };
  }

  function postureResult(vault: VaultPosture, { property, value, controls }: PostureFinding) {
    const asked = controls.map((control) => `${alternatives(control.satisfiedBy)} (${controlName(control)})`);
    const ruleId = postureCode(property);
    return {
      ruleId,
      level: "note" as const,
      message: { text: `Vault "${postureLabel(vault)}": ${property} is ${value}. Asked for: ${asked.join("; ")}.` },
      locations: [location(vault)],
      partialFingerprints: { change: `${vault.urn ?? vault.address ?? vault.name} ${ruleId}` },
      taxa: controls.map((control) => reference(taxonomies, control)),
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

  function location({
    position,
    urn,
    address = urn,
    name,
  }: Pick<VaultPosture, "position" | "urn" | "address" | "name">) {
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

/** Such as `posture-soft-delete-state`. */
const postureCode = (property: string): string => `posture-${property.replace(/\.|(?=[A-Z])/g, "-").toLowerCase()}`;

const postureRule = ({ property }: Demand) => ({
  id: postureCode(property),
  shortDescription: { text: `A vault whose ${property} is weaker than benchmarks or policies ask` },
  fullDescription: {
    text: "The findings name the controls and the values that they ask for. The change itself may be fine.",
  },
  defaultConfiguration: { level: "note" as const },
});

function ruleOf(rule: RuleText, taxonomies: readonly Taxonomy[]) {
  const { code, title, summary, remediation, source, decision } = rule;
  const relationships = controlsOfRule(rule)
    .filter((control) => taxonomies.some(({ name }) => name === control.framework))
    .map((control) => ({ target: reference(taxonomies, control), kinds: ["relevant"] }));
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
    ...(relationships.length > 0 && { relationships }),
  };
}

interface Taxonomy {
  name: string;
  organization: string;
  shortDescription: { text: string };
  taxa: { id: string; name: string; shortDescription: { text: string }; helpUri: string }[];
}

/** The benchmarks and policies that findings are about, with the controls that any of them or their rules name. */
function taxonomiesOf({ resources, posture = [] }: Report): Taxonomy[] {
  const verdicts = resources.flatMap((resource) => resource.verdicts);
  const codes = new Set(verdicts.map(({ code }) => code));
  const ofRules = catalogue.filter(({ code }) => codes.has(code)).flatMap(controlsOfRule);
  const unmet = posture.flatMap(({ findings }) => findings.flatMap(({ controls }) => controls));
  const all = new Set([...ofRules, ...verdicts.flatMap(({ controls = [] }) => controls), ...unmet]);
  return [...Map.groupBy(all, ({ framework }) => framework)].map(([name, controls]) => ({
    name,
    organization: name.startsWith("CIS") ? "Center for Internet Security" : "Microsoft",
    shortDescription: { text: name },
    taxa: [...new Map(controls.map((control) => [control.id, control])).values()].map(({ id, title, url }) => ({
      id,
      name: title,
      shortDescription: { text: title },
      helpUri: url,
    })),
  }));
}

const supported = (taxonomies: readonly Taxonomy[]) =>
  taxonomies.length > 0 && { supportedTaxonomies: taxonomies.map(({ name }, index) => ({ name, index })) };

function reference(taxonomies: readonly Taxonomy[], { framework, id }: Control) {
  const index = taxonomies.findIndex(({ name }) => name === framework);
  const taxon = taxonomies[index]?.taxa.findIndex((each) => each.id === id) ?? -1;
  return { id, index: taxon, toolComponent: { name: framework, index } };
}
