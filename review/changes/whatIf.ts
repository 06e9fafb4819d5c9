import { at } from "../../provider/vaults/body.js";
import { unknownSentinel } from "../../provider/vaults/unknowns.js";
import { deepest } from "../values.js";
import { endOfObject, PreviewError } from "./json.js";
import {
  type Diagnostic,
  denySettingsType,
  fields,
  type IsWanted,
  type PlannedChange,
  type Preview,
  type Reader,
} from "./plannedChange.js";

/**
 * Reads what `az deployment group what-if` and its siblings return for a Bicep file or an ARM template.
 * https://learn.microsoft.com/azure/azure-resource-manager/templates/deploy-what-if
 * https://learn.microsoft.com/rest/api/resources/deployments/what-if#whatifoperationresult
 */
export function whatIfReader(isWanted: IsWanted): Reader {
  const changes: PlannedChange[] = [];
  const errors: Diagnostic[] = [];
  let count = 0;
  let isWhatIf = false;
  // Other documents have lists of changes, too.
  let hasStatus = false;
  let hasError = false;
  let documents = 0;

  function add(value: unknown): void {
    const { resourceChanges, denySettingsChange } = fields(value);
    if (Array.isArray(resourceChanges)) {
      addStack(resourceChanges.map(fields), fields(denySettingsChange));
      return;
    }
    const change = changeFrom(value);
    count += 1;
    if (isWanted(change)) changes.push(change);
    else if (isUnseen(change)) errors.push(failed(unseen(change)));
  }
  /** What-if of a deployment stack says the same in other words, and what the stack denies. */
  function addStack(all: Record<string, unknown>[], denied: Record<string, unknown>): void {
    isWhatIf = true;
    for (const each of all) add({ ...each, resourceId: each.id, ...fields(each.resourceConfigurationChanges) });
    const change = deniedFrom(all, denied);
    if (isWanted(change)) changes.push(change);
  }
  function addDiagnostic(value: unknown): void {
    const { level, code, message } = fields(value);
    // A warning says what was not evaluated. Its resources are reported as Ignore, or not at all.
    if (!/^info/i.test(String(level))) errors.push(failed(`${code}: ${message}`));
  }
  function status(value: unknown): void {
    hasStatus = true;
    if (typeof value !== "string" || !/^succeeded$/i.test(value)) {
      errors.push(failed(`The what-if operation ended with the status ${value}.`));
    }
  }
  const parts: Record<string, (value: unknown) => void> = {
    status,
    provisioningState: status,
    error(value) {
      const { code, message } = fields(value);
      if (code === undefined && message === undefined) return;
      hasError = true;
      errors.unshift(failed(`${code}: ${message}`));
    },
    "changes[]"() {
      isWhatIf = true;
    },
    changes: add,
    // Whether these are made depends on what is not known before the deployment.
    potentialChanges: add,
    diagnostics: addDiagnostic,
    [endOfObject]() {
      documents += 1;
    },
    // Resource Manager's own response has the changes one level deeper.
    properties(value) {
      const { changes: all, potentialChanges, diagnostics, error, provisioningState } = fields(value);
      if (Array.isArray(all)) isWhatIf = true;
      else if (!isObject(all)) return;
      for (const each of [...(Array.isArray(all) ? all : [all]), ...listIn(potentialChanges)]) add(each);
      for (const each of listIn(diagnostics)) addDiagnostic(each);
      if (error) parts.error?.(error);
      if (provisioningState !== undefined) status(provisioningState);
    },
  };

  return {
    count: () => count,
    take(name, value) {
      if (Object.hasOwn(parts, name)) parts[name]?.(value);
    },
    end(): Preview | undefined {
      const [failure] = errors;
      // It has no list of changes then.
      if (!isWhatIf && hasError && hasStatus) throw new PreviewError(`What-if failed. ${failure?.message}`);
      if (!isWhatIf || !hasStatus) return undefined;
      if (documents > 1) throw new PreviewError("It has several documents. Review each result on its own.");
      return { tool: "what-if", changes, others: count - changes.length, errors, config: {} };
    },
  };
}

const failed = (message: string): Diagnostic => ({ severity: "error", message });

const listIn = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** https://learn.microsoft.com/rest/api/resources/deployments/what-if#changetype */
const actions: Record<string, PlannedChange["action"]> = {
  create: "create",
  delete: "delete",
  modify: "update",
  // It may or may not change.
  deploy: "update",
  nochange: "nothing",
  ignore: "nothing",
  // A deployment stack leaves it in Azure.
  detach: "nothing",
};

/** @throws PreviewError if it is none in the format that this version knows */
function changeFrom(value: unknown): PlannedChange {
  const { changeType, resourceId, symbolicName, extension, before, after, delta, unsupportedReason } = fields(value);
  const id = typeof resourceId === "string" ? resourceId : "";
  if (typeof changeType !== "string" || (id === "" && symbolicName === undefined && !isObject(extension))) {
    throw new PreviewError("A change has no changeType or no resourceId, so this version does not know the format.");
  }
  const kind = changeType.toLowerCase();
  const unnamed = kind === "unsupported" ? unnamedRole(id, changeType) : undefined;
  if (unnamed) return unnamed;
  const isNoise = kind === "modify" && Array.isArray(delta) && delta.every(hasNoEffect);
  const action = isNoise ? "nothing" : Object.hasOwn(actions, kind) ? (actions[kind] ?? "unknown") : "unknown";
  const hasValues = (action === "create" || isObject(before)) && (action === "delete" || isObject(after));
  return {
    address: id || String(symbolicName),
    name: id.split("/").at(-1) || String(symbolicName),
    // What an extension of Bicep deploys, such as Microsoft Graph's, is not in Azure.
    type: isObject(extension) ? "extension" : typeOf(id),
    action,
    operation: changeType,
    ...(action === "unknown" && { unchecked: unsupported(changeType, unsupportedReason) }),
    ...(action !== "nothing" && action !== "unknown" && !hasValues && { unchecked: withoutValues }),
    // Complete mode deletes after the deployment.
    isCreatedFirst: true,
    ...(isObject(before) && {
      old: stateFrom(id, before, isObject(after) ? touchedPart(before, delta) : before),
    }),
    ...(isObject(after) && { new: stateFrom(id, evaluated(after), evaluated(after)) }),
    replaceReasons: [],
  };
}

/**
 * How what-if shows the ID of a role assignment with such a name, for the ways in which templates and Bicep write it. The scope
 * and the type are there, and the name is a function's result.
 * https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-resource#extensionresourceid
 */
const unnamedRoles = [
  /^[^[]*\/providers\/Microsoft\.Authorization\/roleAssignments\/(\[.+\])$/is,
  /^\[extensionResourceId\('[^'[]*', *'Microsoft\.Authorization\/roleAssignments', *(\w+\(.+)\)\]$/is,
  /^\[format\('[^'[{]*\/providers\/Microsoft\.Authorization\/roleAssignments\/\{0\}', *(\w+\(.+)\)\]$/is,
  /^\[concat\('[^'[]*\/providers\/Microsoft\.Authorization\/roleAssignments\/', *(\w+\(.+)\)\]$/is,
  /^\[concat\('[^'[]*\/providers\/', *concat\('Microsoft\.Authorization\/roleAssignments\/', *(\w+\(.+)\)\)\]$/is,
];

/**
 * A role assignment whose name the template calculates from values of the deployment, such as the principal of an identity
 * that it creates. Only the template has an expression in the place of a name, and what is in the template is deployed: what
 * is deleted is reported as that, in complete mode and by a stack as well.
 * https://learn.microsoft.com/rest/api/resources/deployments/what-if#changetype
 * https://learn.microsoft.com/azure/azure-resource-manager/templates/deployment-modes#complete-mode
 */
function unnamedRole(id: string, operation: string): PlannedChange | undefined {
  const [name] = unnamedRoles.flatMap((each) => each.exec(id)?.[1] ?? []);
  if (name === undefined) return undefined;
  return {
    ...{ address: id, name, type: "Microsoft.Authorization/roleAssignments", action: "create", operation },
    ...{ isCreatedFirst: true, replaceReasons: [], new: stateFrom(id, {}, {}), note: notNamedYet },
  };
}

const notNamedYet =
  "Its name is only known during the deployment, so what-if does not show it. The deployment assigns this role and takes none away.";

/**
 * What the deployment does not set, such as a value that only Azure writes.
 * https://learn.microsoft.com/rest/api/resources/deployments/what-if#propertychangetype
 */
function hasNoEffect(change: unknown): boolean {
  const { changeType, propertyChangeType = changeType, children } = fields(change);
  if (/^array$/i.test(String(propertyChangeType)))
    return listIn(children).length > 0 && listIn(children).every(hasNoEffect);
  return /^noEffect$/i.test(String(propertyChangeType));
}

/**
 * What a stack denies to others, as a change of its own: its settings, and which of them apply to each of its resources.
 * https://learn.microsoft.com/azure/azure-resource-manager/bicep/deployment-stacks#protect-managed-resources
 */
function deniedFrom(
  all: readonly Record<string, unknown>[],
  { before, after }: Record<string, unknown>,
): PlannedChange {
  const resources = all.map(({ id, denyStatusChange }) => ({ id, ...fields(denyStatusChange) }));
  const state = (settings: unknown) => ({
    inputs: { settings: fields(settings), resources },
    outputs: {},
    retainOnDelete: false,
  });
  return {
    ...{ address: denySettingsType, name: "deny settings", type: denySettingsType, action: "update" },
    ...{ operation: "modify", isCreatedFirst: true, replaceReasons: [], old: state(before), new: state(after) },
  };
}

const withoutValues = "The result has no values. Run what-if with `--result-format FullResourcePayloads`.";

const unsupported = (changeType: string, reason: unknown) =>
  `What-if reports it as ${changeType}.${typeof reason === "string" ? ` ${reason}` : ""}`;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** `Microsoft.DataProtection/backupVaults/backupInstances`. Empty if the ID is an expression of the template. */
function typeOf(resourceId: string): string {
  const [namespace = "", ...names] =
    resourceId
      .split(/\/providers\//i)
      .at(-1)
      ?.split("/") ?? [];
  if (resourceId.includes("[")) return "";
  if (/^\/subscriptions\/[^/]+(\/resourceGroups\/[^/]+)?$/i.test(resourceId))
    return "Microsoft.Resources/resourceGroups";
  return [namespace, ...names.filter((_, index) => index % 2 === 0)].join("/");
}

const stateFrom = (id: string, all: unknown, managed: unknown): NonNullable<PlannedChange["old"]> => ({
  id,
  inputs: { ...fields(managed), id },
  outputs: { ...fields(all), id },
  retainOnDelete: false,
});

/**
 * The part of the resource that the deployment changes or removes. A template sets what it contains, and whether the
 * absence of anything else removes it is what the delta says.
 */
function touchedPart(before: Record<string, unknown>, delta: unknown): Record<string, unknown> {
  if (!Array.isArray(delta)) return before;
  const touched: Record<string, unknown> = Object.create(null);
  for (const { path, changeType, propertyChangeType = changeType } of delta.map(fields)) {
    if (typeof path === "string" && !/^noEffect$/i.test(String(propertyChangeType)))
      put(touched, path.split("."), at(before, path));
  }
  return touched;
}

/** Without prototypes, no name of a path has a meaning of its own. */
function put(object: Record<string, unknown>, [name = "", ...rest]: string[], value: unknown): void {
  if (rest.length === 0) object[name] = value;
  else {
    if (!isObject(object[name])) object[name] = Object.create(null);
    put(object[name] as Record<string, unknown>, rest, value);
  }
}

/** With a mark in place of an expression that Resource Manager could not evaluate before the deployment. */
function evaluated(value: unknown, depth = 0): unknown {
  if (isExpression(value) || depth > deepest) return unknownSentinel;
  if (Array.isArray(value)) return value.map((each) => evaluated(each, depth + 1));
  if (!isObject(value)) return value;
  if (Object.keys(value).some(isExpression)) return unknownSentinel;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, evaluated(each, depth + 1)]));
}

/** A text that begins with two brackets is a literal. */
const isExpression = (value: unknown): boolean => typeof value === "string" && /^\[(?!\[).*\]$/s.test(value);

/** Resources that the what-if operation could not see: those of a nested deployment, or without an ID. */
const isUnseen = ({ type, action }: PlannedChange): boolean =>
  type === "" ? action !== "nothing" : action === "unknown" && /^Microsoft\.Resources\/deployments$/i.test(type);

const unseen = ({ address, unchecked = "Its ID is not known." }: PlannedChange): string =>
  `What-if did not evaluate ${address}, so it may not show all changes. ${unchecked}`;
