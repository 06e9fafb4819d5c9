import type { Tool } from "./changes/plannedChange.js";
import type { Provider, Report } from "./report.js";

const stackConfiguration = [
  " or the same settings in the stack's configuration (azure-backup:tenantId and so on)",
  "",
] as const;

/** What the rules and notes say to a user of Pulumi, and what they say to a user of another tool. */
const words: Record<Exclude<Tool, "pulumi">, readonly (readonly [string, string])[]> = {
  terraform: [
    [
      "set `retainOnDelete: true` on the resource, run `pulumi up`, and only then remove it from the program",
      "replace the resource in the configuration with a `removed` block that has `destroy = false`",
    ],
    [
      "set `retainOnDelete: true` on it, run `pulumi up`, and only then remove it from the program",
      "replace it in the configuration with a `removed` block that has `destroy = false`",
    ],
    [
      "run `pulumi state delete`, then set `adopt: true` under the new ID",
      "run `terraform state rm`, then import it under the new ID",
    ],
    [
      "If you renamed the resource in the program, add its old name to the `aliases` of",
      "If you renamed the resource, add a `moved` block to",
    ],
    ["run `pulumi state delete` for", "run `terraform state rm` for"],
    ["in this program", "in this configuration"],
    [
      "but this deletion may come first",
      "but Terraform does so after the deletion, unless `create_before_destroy` is set, which a plan does not show",
    ],
    [
      "because `retainOnDelete` is set. Pulumi only removes it from the stack",
      "because Terraform only removes it from the state",
    ],
    ["`pulumi up` runs them before it writes to the vault", "`terraform apply` does not run them"],
    ["`pulumi up`", "`terraform apply`"],
    ["outside Pulumi", "outside Terraform"],
    stackConfiguration,
    ["the program", "the configuration"],
  ],
  "what-if": [
    [
      "set `retainOnDelete: true` on the resource, run `pulumi up`, and only then remove it from the program",
      "leave it in the template, or deploy in incremental mode",
    ],
    [
      "keep the resource, or set `retainOnDelete: true` on it, run `pulumi up`, and only then remove it from the program",
      "leave it in the template, or deploy in incremental mode",
    ],
    ["in this program", "in this template"],
    [
      "run `pulumi state delete`, then set `adopt: true` under the new ID",
      "then deploy the template to its new resource group",
    ],
    ["`pulumi up` runs them before it writes to the vault", "the deployment does not run them"],
    ["run `pulumi up`", "deploy"],
    ["Run `pulumi up` again now", "Deploy again now"],
    ["one `pulumi up`", "one deployment"],
    ["`pulumi up`", "the deployment"],
    ["outside Pulumi", "by another client"],
    stackConfiguration,
    ["the program", "the template"],
  ],
};

/** azurerm fills in what its block leaves out, so only without the block it sends none of these settings. */
const inBlock = ["remove `classicAlerts`", "remove the block `monitoring`"] as const;
const inBody = ["remove `classicAlerts`", "remove `classicAlertSettings` from `monitoringSettings`"] as const;

/** Arguments that the rules name and that another provider does not have, with what its users can do instead. */
const argumentsOf: Partial<Record<Provider, readonly (readonly [string, string])[]>> = {
  azurerm: [inBlock],
  azure: [inBlock],
  "azure-native": [inBody],
  azapi: [inBody],
  arm: [inBody],
};

const replaced = (text: string, pairs: readonly (readonly [string, string])[]): string =>
  pairs.reduce((left, [from, to]) => left.replaceAll(from, to), text);

/** A setting of the stack's configuration, and the variable that has the same meaning. */
const setting = /azure-backup:\w+ \((ARM_[A-Z_]+)\)/g;

/** The report in the words of the tool whose preview it is about, and of the providers of its resources. */
export function inToolWords(report: Report): Report {
  const { tool } = report;
  const said = (text: string) => (tool === "pulumi" ? text : replaced(text.replace(setting, "$1"), words[tool]));
  const resources = report.resources.map((resource) => ({
    ...resource,
    verdicts: resource.verdicts.map((verdict) => ({
      ...verdict,
      reason: said(verdict.reason),
      remediation: replaced(said(verdict.remediation), argumentsOf[resource.provider] ?? []),
    })),
    notes: resource.notes.map(said),
    ...(resource.unchecked !== undefined && { unchecked: said(resource.unchecked) }),
  }));
  return { ...report, resources, ...(report.noAccess !== undefined && { noAccess: said(report.noAccess) }) };
}
