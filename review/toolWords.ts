import type { Tool } from "./changes/plannedChange.js";
import type { Report } from "./report.js";

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

/** A setting of the stack's configuration, and the variable that has the same meaning. */
const setting = /azure-backup:\w+ \((ARM_[A-Z_]+)\)/g;

/** The report in the words of the tool whose preview it is about. */
export function inToolWords(report: Report): Report {
  const { tool } = report;
  if (tool === "pulumi") return report;
  const said = (text: string) =>
    words[tool].reduce((left, [from, to]) => left.replaceAll(from, to), text.replace(setting, "$1"));
  const resources = report.resources.map((resource) => ({
    ...resource,
    verdicts: resource.verdicts.map((verdict) => ({
      ...verdict,
      reason: said(verdict.reason),
      remediation: said(verdict.remediation),
    })),
    notes: resource.notes.map(said),
    ...(resource.unchecked !== undefined && { unchecked: said(resource.unchecked) }),
  }));
  return { ...report, resources, ...(report.noAccess !== undefined && { noAccess: said(report.noAccess) }) };
}
