import { unknown } from "../../provider/vaults/ruleVault.js";
import type { PlannedChange, State } from "../changes/plannedChange.js";
import { at, toValue, type Value } from "../values.js";
import type { Subject } from "./adapters.js";
import { bodyFrom } from "./armBody.js";
import { nativeType } from "./azureNative.js";
import { armTypeOf, providerOf } from "./dependencies.js";

/** Where each provider has the template, and where it says that the deployment deletes what the template does not have. */
const templatePaths = [
  "template_content",
  "templateContent",
  "template_body",
  "templateBody",
  "template",
  "properties.template",
];
const modePaths = ["deployment_mode", "deploymentMode", "properties.mode"];

/**
 * A resource that deploys an ARM template: vaults may be in it, and in complete mode it deletes whatever is not. The classic
 * provider and azurerm delete with it what it deployed.
 * https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/guides/features-block#template_deployment
 */
export function deploymentSubject(change: Pick<PlannedChange, "type" | "old" | "new">): Subject | undefined {
  if (!isDeployment(change)) return undefined;
  const { old, new: wanted } = change;
  const [before, after] = [old, wanted].map((state) => state && argumentsIn(state));
  const why = (after && ofMode(after)) ?? (before && ofTemplate(before)) ?? (after && ofTemplate(after));
  // Without a deployment of azure-native, what it deployed stays.
  const without = /^resources:Deployment(At\w+)?$/.test(nativeType(change.type) ?? "") ? (["delete"] as const) : [];
  return why === undefined ? undefined : { is: "unsupported", provider: providerOf(change.type), why, without };
}

/** What-if shows what a template of its own changes. */
function isDeployment(change: Pick<PlannedChange, "type" | "old" | "new">): boolean {
  const { type } = change;
  if (/^microsoft\./i.test(type)) return false;
  return (
    /^azurerm_\w*(template_deployment|deployment_stack)$/.test(type) ||
    /^(azure|azurerm):\w+\/\w*templateDeployment:/i.test(type) ||
    /^resources:Deployment/.test(nativeType(type) ?? "") ||
    /^microsoft\.resources\/deployment(s|stacks)$/i.test(armTypeOf(change) ?? "")
  );
}

interface Deployment {
  template: Value;
  mode: Value;
}

function argumentsIn({ inputs }: State): Deployment {
  const values = toValue(inputs);
  const body = bodyFrom(at(values, "body"));
  const found = (paths: string[]): Value => paths.flatMap((path) => at(values, path) ?? at(body, path) ?? []).at(0);
  return { template: bodyFrom(found(templatePaths)), mode: found(modePaths) };
}

const ofMode = ({ mode }: Deployment): string | undefined =>
  mode === unknown || /^complete$/i.test(String(mode ?? ""))
    ? `It deploys a template in complete mode, which deletes what is in the resource group and not in the template. ${instead}`
    : undefined;

/** Why its template cannot be checked. Undefined if no vault and no part of one is in it. */
function ofTemplate({ template }: Deployment): string | undefined {
  const text = JSON.stringify(template) ?? "";
  if (typeof at(template, "resources") !== "object" || /"templateLink"/i.test(text))
    return `The preview does not show all of its template. ${instead}`;
  const [type] = /microsoft\.(dataprotection|recoveryservices)\/[\w/]+/i.exec(text) ?? [];
  return type && `Its template contains ${type}, and this version cannot check templates. ${instead}`;
}

const instead = "Review the template with `az deployment group what-if`.";
