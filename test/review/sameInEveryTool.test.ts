import { allRules, type Facts } from "../../provider/rules/index.js";
import { type Report, review } from "../../review/index.js";
import { examples } from "../rules/examples.js";
import { recoveryExamples } from "../rules/recoveryExamples.js";
import type { ProposedChange } from "../rules/transitions.js";
import { azureClassic, azureNative, type Family, knowing, stepOf } from "./families.js";
import { armTypeOf, asAzapi, asAzurerm, asWhatIf, inTerraform } from "./planDocuments.js";
import { preview, type StepOf } from "./previews.js";
import { azureClassicRecovery, azureNativeRecovery } from "./recoveryFamilies.js";

// The examples of all rules, said in one provider of Pulumi and then in every other form of the same arguments.

/** Without the words, which differ between tools. */
const judged = ({ decision, resources }: Report) => ({
  decision,
  verdicts: resources.flatMap(({ name, verdicts, unchecked }) => [
    ...verdicts.map((verdict) => [name, verdict.decision, verdict.code, verdict.property, verdict.from, verdict.to]),
    ...(unchecked === undefined ? [] : [unchecked]),
  ]),
});

/** Also without the values, of which a page shows nothing if they are sensitive. */
const found = ({ resources }: Report) =>
  resources.flatMap(({ verdicts, unchecked }) => [
    ...verdicts.map(({ decision, code, property }) => [decision, code, property]),
    unchecked !== undefined,
  ]);

/** Every argument of every change, before and after. */
function markedAsSensitive(plan: string): string {
  const document = JSON.parse(plan);
  for (const { change } of document.resource_changes) {
    const { before, after } = change;
    const marks = Object.fromEntries(Object.keys({ ...before, ...after }).map((name) => [name, true]));
    Object.assign(change, { before_sensitive: marks, after_sensitive: marks });
  }
  return JSON.stringify(document);
}

/** What a user reads, without links. */
const words = ({ resources }: Report): string =>
  JSON.stringify(resources.map(({ verdicts, notes }) => [...verdicts.map(({ source: _, ...said }) => said), notes]));

async function reviewed(document: string, facts: Facts): Promise<Report> {
  return review(document, { live: knowing(facts), now: 1_800_000_000 });
}

function stepsOf(families: Family[]): { code: string; step: StepOf; facts: Facts }[] {
  return families.flatMap((family) =>
    allRules.flatMap(({ code, resource }) => {
      const isOfVault = (resource === "BackupVault") === /backupvault/i.test(family.type);
      const proposed = (examples[code] ?? recoveryExamples[code]) as ProposedChange | undefined;
      const step = isOfVault && proposed ? stepOf(family, proposed) : undefined;
      return step ? [{ code, step, facts: proposed?.facts ?? {} }] : [];
    }),
  );
}

const bridged: Record<string, string> = {
  [azureClassic.type]: "azurerm:index/dataProtectionBackupVault:DataProtectionBackupVault",
  [azureClassicRecovery.type]: "azurerm:index/recoveryServicesVault:RecoveryServicesVault",
};
const terraform: Record<string, string> = {
  [azureClassic.type]: "azurerm_data_protection_backup_vault",
  [azureClassicRecovery.type]: "azurerm_recovery_services_vault",
};

test.each(stepsOf([azureClassic, azureClassicRecovery]))(
  "azurerm is judged like Pulumi's classic provider, in Terraform and as a bridged package: $code",
  async ({ step, facts }) => {
    const expected = judged(await reviewed(preview(step), facts));
    const plan = await reviewed(inTerraform(step, terraform[step.type] ?? "", asAzurerm), facts);
    expect(judged(plan)).toEqual(expected);
    expect(words(plan)).not.toMatch(/\bpulumi (up|state)|retainOnDelete|adopt:/i);
    const sensitive = markedAsSensitive(inTerraform(step, terraform[step.type] ?? "", asAzurerm));
    expect(found(await reviewed(sensitive, facts))).toEqual(found(plan));
    expect(judged(await reviewed(preview({ ...step, type: bridged[step.type] ?? "" }), facts))).toEqual(expected);
  },
);

const native = stepsOf([azureNative, azureNativeRecovery]);
const asText = (body: object) => JSON.stringify(body);

/** The type of azure-native has no api-version, which the last write says. */
const withVersion = ({ step, ...rest }: (typeof native)[number]) => ({
  ...rest,
  step: { ...step, ...(step.outputs && { outputs: { ...step.outputs, azureApiVersion: undefined } }) },
});

test.each(native.map(withVersion))(
  "azapi is judged like azure-native, whose body is the same: $code",
  async ({ step, facts }) => {
    const expected = judged(await reviewed(preview(step), facts));
    for (const written of [(body: object) => body, asText]) {
      const plan = await reviewed(inTerraform(step, "azapi_resource", asAzapi(step.type, written)), facts);
      expect(judged(plan)).toEqual(expected);
      expect(words(plan)).not.toMatch(/\bpulumi (up|state)|retainOnDelete|adopt:/i);
    }
  },
);

test.each(native.map(withVersion))(
  "azapi's package for Pulumi is judged like azure-native: $code",
  async ({ step, facts }) => {
    const expected = judged(await reviewed(preview(step), facts));
    const inPulumi = (values: Record<string, unknown>) => {
      const { parent_id, identity, ...rest } = asAzapi(step.type, (body) => body)(values);
      const [{ identity_ids = undefined, ...first } = {}] = identity as Record<string, unknown>[];
      return {
        ...rest,
        parentId: parent_id,
        ...(first.type !== undefined && { identity: { ...first, identityIds: identity_ids } }),
      };
    };
    const renamed: Record<string, string> = { vaultName: "name", resourceGroupName: "parentId" };
    const same: StepOf = {
      ...step,
      type: "azapi:index/resource:Resource",
      ...(step.old && { old: inPulumi(step.old), outputs: inPulumi({ ...step.old, ...step.outputs }) }),
      ...(step.new && { new: inPulumi(step.new) }),
      ...(step.replaceReasons && { replaceReasons: step.replaceReasons.map((name) => renamed[name] ?? name) }),
    };
    expect(judged(await reviewed(preview(same), facts))).toEqual(expected);
  },
);

test.each(native.map(withVersion))(
  "a generic resource of azure-native is judged like its typed one: $code",
  async ({ step, facts }) => {
    const expected = judged(await reviewed(preview(step), facts));
    const { armType, apiVersion } = armTypeOf(step.type);
    const [resourceProviderNamespace, resourceType] = armType.split("/");
    const generic = (values: Record<string, unknown> | undefined) =>
      values && { ...values, resourceName: values.vaultName, resourceProviderNamespace, resourceType, apiVersion };
    const same = {
      ...step,
      type: "azure-native:resources:Resource",
      old: generic(step.old),
      new: generic(step.new),
      replaceReasons: step.replaceReasons?.map((name) => (name === "vaultName" ? "resourceName" : name)),
    };
    expect(judged(await reviewed(preview(same), facts))).toEqual(expected);
  },
);

// A template that names another vault leaves this one as it is.
test.each(native.map(withVersion).filter(({ step }) => step.op !== "replace"))(
  "what-if is judged like azure-native, whose body is the same: $code",
  async ({ step, facts }) => {
    const expected = judged(await reviewed(preview(step), facts));
    const result = await reviewed(asWhatIf(step), facts);
    expect(judged(result)).toEqual(expected);
    expect(words(result)).not.toMatch(/\bpulumi (up|state)|retainOnDelete|adopt:|terraform/i);
  },
);
