import { type StepOf, vaultId } from "./previews.js";

type Values = Record<string, unknown>;

/** A change of a Terraform plan. */
export interface ResourceChange {
  address?: string;
  type: string;
  actions: string[];
  before?: unknown;
  after?: unknown;
  after_unknown?: unknown;
  before_sensitive?: unknown;
  after_sensitive?: unknown;
  replace_paths?: unknown[];
  deposed?: string;
  importing?: unknown;
  mode?: string;
}

export const resourceChange = ({
  type,
  address = `${type}.main`,
  deposed,
  mode = "managed",
  ...change
}: ResourceChange) => ({
  address,
  mode,
  type,
  name: "main",
  deposed,
  change: { before: null, after: null, after_unknown: {}, ...change },
});

/** A plan as `terraform show -json` writes it, as far as the format's documentation says. */
export const terraformPlan = (changes: ResourceChange[], rest: Values = {}): string =>
  JSON.stringify({
    format_version: "1.2",
    terraform_version: "1.11.4",
    planned_values: { root_module: {} },
    resource_changes: changes.map(resourceChange),
    configuration: {},
    complete: true,
    errored: false,
    ...rest,
  });

/** The result of `az deployment group what-if --result-format FullResourcePayloads`: az writes what there is none of as null. */
export const whatIf = (...changes: Values[]): string =>
  JSON.stringify({ changes, diagnostics: null, error: null, potentialChanges: null, status: "Succeeded" });

const actionsOf: Record<string, string[]> = {
  create: ["create"],
  update: ["update"],
  delete: ["delete"],
  replace: ["delete", "create"],
};

/** What Terraform plans for a step of Pulumi's, whose values are translated. */
export const inTerraform = (step: StepOf, type: string, translated: (values: Values) => Values): string =>
  terraformPlan([
    {
      type,
      actions: actionsOf[step.op] ?? [],
      ...(step.old && { before: { id: step.id ?? vaultId(), ...translated({ ...step.old, ...step.outputs }) } }),
      ...(step.new && { after: translated(step.new), after_unknown: { id: step.old === undefined } }),
      replace_paths: (step.replaceReasons ?? []).map((name) => [inSnakeCase(name)]),
    },
  ]);

const blocks = ["identity", "encryption", "monitoring"];

export const inSnakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The arguments of Pulumi's classic provider as Terraform has them: a block that can occur once is a list. */
export const asAzurerm = (values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      inSnakeCase(name),
      blocks.includes(name) ? [asAzurerm(value as Values)] : value,
    ]),
  );

const armTypes: Record<string, string> = {
  "dataprotection:BackupVault": "Microsoft.DataProtection/backupVaults",
  "recoveryservices:Vault": "Microsoft.RecoveryServices/vaults",
};

/** Azure's type and api-version of a type of azure-native. */
export function armTypeOf(type: string): { armType: string; apiVersion: string } {
  const [, module, version, name] = /^azure-native:(\w+)(?:\/v(\d{8}))?:(\w+)$/.exec(type) ?? [];
  const apiVersion = version?.replace(/(\d{4})(\d\d)(\d\d)/, "$1-$2-$3") ?? "2025-01-01";
  return { armType: armTypes[`${module}:${name}`] ?? "", apiVersion };
}

/** The arguments of azure-native as those of azapi. */
export const asAzapi =
  (type: string, written: (body: Values) => unknown) =>
  (values: Values): Values => {
    const { armType, apiVersion } = armTypeOf(type);
    const { vaultName, resourceGroupName, location, identity, properties, sku } = values;
    const { type: identityType, userAssignedIdentities } = (identity ?? {}) as Values;
    return {
      type: `${armType}@${apiVersion}`,
      name: vaultName,
      parent_id: `/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/${resourceGroupName}`,
      location,
      identity: identity ? [{ type: identityType, identity_ids: userAssignedIdentities }] : [],
      body: written({ properties, ...(sku !== undefined && { sku }) }),
      output: { properties },
    };
  };

/** What Resource Manager predicts for a step of azure-native. */
export function asWhatIf(step: StepOf): string {
  const { armType, apiVersion } = armTypeOf(step.type);
  const body = (values: Values) => {
    const { vaultName, resourceGroupName, ...rest } = values;
    const id = `/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/${resourceGroupName}/providers/${armType}/${vaultName}`;
    return { id, name: vaultName, type: armType, apiVersion, ...rest };
  };
  const before = step.old ? body({ ...step.old, ...step.outputs }) : null;
  const after = step.new ? body(step.new) : null;
  const changeType = { create: "Create", update: "Modify", delete: "Delete" }[step.op];
  return whatIf({ resourceId: (after ?? before)?.id, changeType, before, after });
}
