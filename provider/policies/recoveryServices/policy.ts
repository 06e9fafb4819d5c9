import { type ChildId, childIdOf, requireChildId } from "../../vaults/childId.js";
import { computedId, duration, guardRequests, vaultIdOfKind } from "../../vaults/sharedSettings.js";
import { containsUnknown, isUnknown } from "../../vaults/unknowns.js";
import {
  type Fields,
  fields,
  flag,
  matching,
  type Of,
  oneOf,
  type Problem,
  parseFields,
  wholeNumber,
} from "../../vaults/values.js";
import { withAzureForm } from "../azureForm.js";
import { type ParsedPolicy, parseNamed } from "../named.js";
import { type ArmPolicy, armProperties, readArmProperties } from "./armValues.js";
import { keptBy, type PolicyContent } from "./content.js";
import { contentOfArm, workloadOfArm } from "./fromArm.js";
import {
  contentOfShortForm,
  differential,
  incremental,
  log,
  retention,
  type ShortForm,
  schedule,
  shortFormOf,
} from "./shortForm.js";
import { armOf } from "./toArm.js";
import { problemsOf } from "./validate.js";
import {
  type Variant,
  type VariantName,
  variantOf,
  type WorkloadName,
  workloadNames,
  workloadOf,
} from "./workloads.js";

/** The arguments of a policy. */
export const policyArguments = fields(
  {
    vault: vaultIdOfKind("RecoveryServicesVault"),
    // https://github.com/hashicorp/terraform-provider-azurerm: Azure's specification has no pattern.
    policyName: matching(
      /^[A-Za-z][A-Za-z0-9_!-]{2,149}$/,
      "must be 3 to 150 letters, digits, hyphens, underscores and exclamation marks, beginning with a letter",
    ),
    dataSource: oneOf(...workloadNames),
    policyType: oneOf("V1", "V2"),
    schedule,
    retention,
    instantRpRetentionRangeInDays: wholeNumber("days"),
    snapshotRetentionInDays: wholeNumber("days"),
    differential,
    incremental,
    log,
    isCompression: flag,
    properties: armProperties,
    resourceGuardOperationRequests: guardRequests,
    adopt: flag,
    timeouts: fields({ create: duration, update: duration, delete: duration }),
    policyId: computedId,
  },
  ["vault", "policyName", "dataSource"],
);

/** As `check` returns them and state records them. Any value may be the engine's text for "not known yet". */
export type ProtectionPolicyInputs = Of<typeof policyArguments> & { policyId: string };

/** The short form, which `properties` says in Azure's own. */
const short = [
  ...(["policyType", "schedule", "retention", "instantRpRetentionRangeInDays", "snapshotRetentionInDays"] as const),
  ...(["differential", "incremental", "log", "isCompression"] as const),
] as const;

/** The arguments that say what the policy does. */
export const policyContents = ["dataSource", ...short, "properties"] as const;

/** @param olds the inputs of the existing policy */
export function parsePolicy(
  news: Record<string, unknown>,
  olds: Partial<ProtectionPolicyInputs>,
): ParsedPolicy<ProtectionPolicyInputs> {
  const problems: Problem[] = [];
  const inputs = parseNamed<ProtectionPolicyInputs>(
    policyArguments,
    withAzureForm(news, "properties", armProperties),
    olds,
    problems,
  );
  if (problems.length === 0) problems.push(...formProblems(inputs));
  const content = problems.length === 0 ? policyContent(inputs, problems) : undefined;
  const isRead = content !== undefined && problems.length === 0;
  return { inputs, problems, limits: isRead ? problemsOf(inputs.dataSource, content) : [] };
}

function formProblems(inputs: ProtectionPolicyInputs): Problem[] {
  const { properties, dataSource } = inputs;
  const given = short.filter((name) => inputs[name] !== undefined);
  if (properties === undefined) {
    const missing = (["schedule", "retention"] as const).filter((name) => inputs[name] === undefined);
    return [
      ...missing.map((path) => ({ path, expected: "is missing, or say all of the policy in `properties`" })),
      ...(isUnknown(dataSource) ? [] : foreignProblems(inputs)),
    ];
  }
  const both = given.map((path) => ({ path, expected: "and `properties` exclude each other: keep one of them" }));
  if (both.length > 0 || containsUnknown([properties.backupManagementType, properties.workLoadType, dataSource]))
    return both;
  return workloadOfArm(properties) === dataSource
    ? []
    : [
        {
          path: "properties",
          expected: `is not a policy for ${dataSource}, by its backupManagementType and workLoadType`,
        },
      ];
}

/** Arguments of another data source. */
function foreignProblems(inputs: ProtectionPolicyInputs): Problem[] {
  const { dataSource } = inputs;
  const workload = workloadOf(dataSource);
  const own = Object.values(workload.variants).flatMap(({ snapshots }) => snapshots?.argument ?? []);
  const isOwn: Partial<Record<(typeof short)[number], boolean>> = {
    policyType: dataSource === "VM",
    instantRpRetentionRangeInDays: own.includes("instantRpRetentionRangeInDays"),
    snapshotRetentionInDays: own.includes("snapshotRetentionInDays"),
    isCompression: workload.managementType === "AzureWorkload",
  };
  return short
    .filter((name) => inputs[name] !== undefined && isOwn[name] === false)
    .map((path) => ({ path, expected: `is not available for ${workload.noun}` }));
}

/** What the policy does. Undefined as long as a part of it is not known. */
export function policyContent(inputs: ProtectionPolicyInputs, problems: Problem[] = []): PolicyContent | undefined {
  if (containsUnknown(policyContents.map((name) => inputs[name]))) return undefined;
  if (inputs.properties)
    return withSnapshots(inputs.dataSource, contentOfArm(inputs.properties, "properties", problems));
  const { dataSource, policyType, snapshotRetentionInDays: days } = inputs;
  const variant = variantGiven(dataSource, policyType, days);
  return contentOfShortForm(variant, snapshotsOf(variant, inputs), inputs as ShortForm);
}

/** The same of arguments that nobody has checked. Undefined also where they are wrong. */
export function contentOfArguments(
  given: Partial<Record<(typeof policyContents)[number], unknown>>,
): PolicyContent | undefined {
  const problems: Problem[] = [];
  const all = policyArguments.fields;
  const contents = Object.fromEntries(policyContents.map((name) => [name, all[name]]));
  const inputs = parseFields(
    fields(contents, ["dataSource"]) as Fields,
    withAzureForm(given, "properties", armProperties),
    "",
    problems,
  ) as ProtectionPolicyInputs;
  if (problems.length > 0 || formProblems(inputs).length > 0) return undefined;
  const content = policyContent(inputs, problems);
  return problems.length > 0 ? undefined : content;
}

function variantGiven(
  name: WorkloadName,
  policyType: "V1" | "V2" = "V1",
  snapshotDays: number | undefined,
): VariantName {
  if (name === "VM") return policyType;
  if (name === "AzureFileShare") return snapshotDays === undefined ? "Snapshot" : "Vaulted";
  return "Streaming";
}

function snapshotsOf(variant: VariantName, inputs: ProtectionPolicyInputs): Pick<PolicyContent, "snapshotDays"> {
  const snapshots = variantOf(inputs.dataSource, variant)?.snapshots;
  if (!snapshots) return {};
  return { snapshotDays: inputs[snapshots.argument] ?? usualDays(snapshots, inputs.schedule?.every) };
}

const usualDays = ({ usual, weekly }: NonNullable<Variant["snapshots"]>, every: string | undefined): number =>
  (every === "P1W" ? weekly : undefined) ?? usual;

/** Azure shows a number of days also where Azure's own form was sent without one. */
function withSnapshots(dataSource: WorkloadName, content: PolicyContent): PolicyContent {
  const snapshots = variantOf(dataSource, content.variant)?.snapshots;
  if (!snapshots) return content;
  return { snapshotDays: usualDays(snapshots, content.main.schedule.every), ...content };
}

/** How long a policy keeps which backups, in which store. */
export const keptIn = ({ dataSource, content }: { dataSource: WorkloadName; content: PolicyContent }) =>
  keptBy(content, variantOf(dataSource, content.variant)?.store ?? "VaultStore");

/** The body of the request that creates or updates it. */
export function policyBody(inputs: ProtectionPolicyInputs) {
  const content = policyContent(inputs);
  if (!content) throw new Error("The policy is not known yet.");
  const { resourceGuardOperationRequests } = inputs;
  return {
    properties: {
      ...(inputs.properties ? complete(inputs.properties, content) : armOf(inputs.dataSource, content)),
      ...(resourceGuardOperationRequests && { resourceGuardOperationRequests }),
    },
  };
}

const complete = (arm: ArmPolicy, { snapshotDays }: PolicyContent): ArmPolicy =>
  arm.backupManagementType === "AzureIaasVM" && snapshotDays !== undefined
    ? { ...arm, instantRpRetentionRangeInDays: snapshotDays }
    : arm;

/** A policy as Azure has it. */
export interface LivePolicy {
  dataSource?: WorkloadName;
  arm: ArmPolicy;
  content?: PolicyContent;
  /** What this version does not know of it. */
  unread: string[];
}

export function readPolicy(properties: object): LivePolicy {
  const { arm, problems } = readArmProperties(properties);
  const dataSource = problems.length === 0 ? workloadOfArm(arm) : undefined;
  const content = dataSource && withSnapshots(dataSource, contentOfArm(arm, "properties", problems));
  const { backupManagementType, workLoadType = "" } = arm;
  return {
    ...(dataSource && { dataSource }),
    arm,
    ...(content && problems.length === 0 && { content }),
    unread: [
      ...problems.map(({ path, expected }) => `${path} ${expected}`.trim()),
      ...(dataSource || problems.length > 0
        ? []
        : [`its data source ${`${backupManagementType} ${workLoadType}`.trim()}`]),
    ],
  };
}

/** The inputs of a policy that exists, in the short form where that can say it. */
export function inputsOfLive(id: string, { dataSource, arm, content }: LivePolicy): Partial<ProtectionPolicyInputs> {
  const { vault, name } = requirePolicyId(id);
  const named = { vault, policyName: name, policyId: childIdOf(vault, "backupPolicies", name), dataSource };
  const form = content && shortFormOf(content);
  return form ? { ...named, ...form } : { ...named, properties: arm };
}

export const requirePolicyId = (given: string): ChildId =>
  requireChildId(given, "a backup policy of a Recovery Services vault", "backupPolicies", "RecoveryServicesVault");
