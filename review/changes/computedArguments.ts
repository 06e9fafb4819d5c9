import { unknownSentinel } from "../../provider/vaults/unknowns.js";
import { withoutKeys } from "./azurermFeatures.js";
import { fields, type PlannedChange } from "./plannedChange.js";

/**
 * Arguments of something new that a plan does not know because Azure fills them in, and not because the program sets them to
 * something that is only known later. Of these, the plan alone shows no difference; its configuration does.
 * https://developer.hashicorp.com/terraform/internals/json-format#expression-representation
 */
export function computedArguments() {
  const noted: { values: Record<string, unknown>; address: string }[] = [];
  const resources = new Map<string, Scoped>();

  return {
    /** A plan has the changes before the configuration. */
    note({ type, action, new: wanted }: PlannedChange, change: unknown): void {
      const isNew = action === "create" || action === "replace";
      if (!wanted || !types.includes(type) || !(isNew || type === withBlock)) return;
      noted.push({ values: wanted.inputs, address: withoutKeys(String(fields(change).address)) });
    },

    read(configuration: unknown): void {
      resourcesIn({ module: fields(fields(configuration).root_module), prefix: "" }, resources);
    },

    /** Without the configuration, whether the program sets it remains open, and so does the value. */
    apply(): void {
      for (const { values, address } of noted) {
        const resource = resources.get(address);
        if (!resource) continue;
        const { expressions, scope } = resource;
        leaveOut(values, expressions, scope);
        const [rules, given] = [values, fields(expressions)].map((each) => firstOf(each.network_rules));
        if (rules && given) leaveOut(fields(rules), given, scope);
      }
    },
  };
}

const firstOf = (block: unknown): unknown => (Array.isArray(block) ? block[0] : undefined);

function leaveOut(values: Record<string, unknown>, expressions: unknown, scope: Scope): void {
  for (const [name, value] of Object.entries(values)) {
    if (value !== unknownSentinel || blocks.includes(name)) continue;
    if (isKnown(fields(expressions)[name], scope)) delete values[name];
  }
}

/** An account that stays may get a new block of network rules. Azure fills in their `bypass`. */
const withBlock = "azurerm_storage_account";

const types = [
  "azurerm_data_protection_backup_vault",
  "azurerm_recovery_services_vault",
  "azurerm_storage_account_network_rules",
  withBlock,
];

/** A configuration does not show a `dynamic` block, so none may be there although it shows none. */
const blocks = ["identity", "encryption", "monitoring", "network_rules"];

interface Scope {
  module: Record<string, unknown>;
  prefix: string;
  /** Absent: the root module. */
  caller?: { scope: Scope; expressions: Record<string, unknown> };
}

interface Scoped {
  expressions: unknown;
  scope: Scope;
}

function resourcesIn(scope: Scope, found: Map<string, Scoped>): void {
  const { resources, module_calls } = scope.module;
  for (const each of Array.isArray(resources) ? resources : []) {
    const { address, type, expressions } = fields(each);
    if (types.includes(String(type))) found.set(`${scope.prefix}${address}`, { expressions, scope });
  }
  for (const [name, call] of Object.entries(fields(module_calls))) {
    const { module, expressions } = fields(call);
    const inside = { module: fields(module), prefix: `${scope.prefix}module.${name}.` };
    resourcesIn({ ...inside, caller: { scope, expressions: fields(expressions) } }, found);
  }
}

/**
 * Whether the plan would show the value of an expression: it is absent, a constant, or made of nothing but variables whose
 * values are known when the plan is made. If it does not, the value is null.
 */
function isKnown(expression: unknown, scope: Scope): boolean {
  const { references } = fields(expression);
  if (expression === undefined || references === undefined) return true;
  return Array.isArray(references) && references.every((each) => isKnownReference(String(each), scope));
}

function isKnownReference(reference: string, { caller }: Scope): boolean {
  const [, variable] = /^var\.([^.[]+)/.exec(reference) ?? [];
  if (variable === undefined) return false;
  return !caller || isKnown(caller.expressions[variable], caller.scope);
}
