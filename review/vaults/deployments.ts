import { unknown } from "../../provider/vaults/ruleVault.js";
import type { PlannedChange, State } from "../changes/plannedChange.js";
import { at, toValue, type Value } from "../values.js";
import { type DependencyKind, everyAction, type Subject, type Unsupported } from "./adapters.js";
import { bodyFrom } from "./armBody.js";
import { nativeType } from "./azureNative.js";
import { armTypeOf, isAboutBackups, isSource, kindOfArmType, providerOf } from "./dependencies.js";

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
  const { type, old, new: wanted } = change;
  const [before, after] = [old, wanted].map((state) => state && argumentsIn(state));
  const unsupported = (why: string, ...without: PlannedChange["action"][]): Unsupported => ({
    is: "unsupported",
    provider: providerOf(type),
    why: `${why} ${instead}`,
    // Without a deployment of azure-native, what it deployed stays.
    without: [
      ...without,
      ...(/^resources:Deployment(At\w+)?$/.test(nativeType(type) ?? "") ? (["delete"] as const) : []),
    ],
  });
  if (after && isComplete(after)) return unsupported(complete);
  const templates = [before, after].flatMap((each): Value[] => (each ? [each.template] : []));
  if (!templates.every(isShown)) return unsupported("The preview does not show all of its template.");
  const types = templates.flatMap(typesIn);
  const contains = (found: string) => `Its template contains ${found}, and this version cannot check templates.`;
  const [changed] = types.filter((each) => isAboutBackups(each) || !onlyAdded.includes(kindOf(each)));
  if (changed !== undefined) return unsupported(contains(changed));
  const added = types.find((each) => kindOf(each));
  const source = types.find((each) => isSource(kindOfArmType(each)));
  // A stack deletes what its template no longer has.
  const harmless = /stack/i.test(type) ? (["create"] as const) : (["create", "update"] as const);
  if (source === undefined) return added === undefined ? undefined : unsupported(contains(added), ...harmless);
  return { ...unsupported(contains(source)), ifBackedUp: added === undefined ? everyAction : harmless };
}

/** What-if shows what a template of its own changes, but not what a stack in it does. */
function isDeployment(change: Pick<PlannedChange, "type" | "old" | "new">): boolean {
  const { type } = change;
  if (/^microsoft\.resources\/deployments$/i.test(type)) return false;
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

const isComplete = ({ mode }: Deployment): boolean => mode === unknown || /^complete$/i.test(String(mode ?? ""));

const complete =
  "It deploys a template in complete mode, which deletes what is in the resource group and not in the template.";

const isShown = (template: Value): boolean =>
  typeof at(template, "resources") === "object" && !/"templateLink"/i.test(JSON.stringify(template));

/** The types of resources in a template and in the deployments in it. */
const typesIn = (template: Value): string[] =>
  [...JSON.stringify(template).matchAll(/"(microsoft\.[\w./]+)"/gi)].flatMap(([, type = ""]) => withExtension(type));

/** A type as `Microsoft.KeyVault/vaults/providers/locks` is that of an extension of a resource. */
function withExtension(type: string): string[] {
  const [, extension] = /\/providers\/(\w+)$/i.exec(type) ?? [];
  return extension === undefined ? [type] : [type, `Microsoft.Authorization/${extension}`];
}

function kindOf(type: string): DependencyKind | undefined {
  const kind = kindOfArmType(type);
  return isSource(kind) ? undefined : kind;
}

/** To deploy it takes nothing from a vault, but to delete it may: what vaults do not depend on, and what grants or holds. */
const onlyAdded: readonly (DependencyKind | undefined)[] = [undefined, "resourceGroup", "roleAssignment", "identity"];

const instead = "Review the template with `az deployment group what-if`.";
