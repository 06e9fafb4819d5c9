import { type ChildId, childIdOf, parseChildId, requireChildId } from "../vaults/childId.js";
import { computedId, duration, vaultIdOfKind } from "../vaults/sharedSettings.js";
import { containsUnknown } from "../vaults/unknowns.js";
import { type Fields, fields, flag, matching, type Of, oneOf, type Problem, parseFields } from "../vaults/values.js";
import { armRulesOf } from "./armForm.js";
import { withAzureForm } from "./azureForm.js";
import { contentOf, type PolicyContent } from "./content.js";
import { type DataSourceName, dataSourceNamed, dataSourceNames, dataSourceOf, dataSources } from "./dataSources.js";
import { type ParsedPolicy, parseNamed } from "./named.js";
import { type ArmRule, policyRules, readPolicyRules } from "./policyRules.js";
import { contentOfShortForm, retention, type ShortForm, schedule, shortFormOf } from "./shortForm.js";
import { problemsOf } from "./validate.js";

/** Programs that know a data source by its type in Resource Manager are told its name here. */
export const dataSource = {
  ...oneOf(...dataSourceNames),
  alsoCalled: Object.fromEntries(dataSourceNames.map((name) => [dataSources[name].armType.toUpperCase(), name])),
};

/** The arguments of a policy. */
export const policyArguments = fields(
  {
    vault: vaultIdOfKind("BackupVault"),
    // https://github.com/hashicorp/terraform-provider-azurerm: Azure's specification has no pattern.
    policyName: matching(
      /^[A-Za-z0-9][A-Za-z0-9-]{2,149}$/,
      "must be 3 to 150 letters, digits and hyphens, not beginning with a hyphen",
    ),
    dataSource,
    schedule,
    retention,
    policyRules,
    adopt: flag,
    timeouts: fields({ create: duration, delete: duration }),
    policyId: computedId,
  },
  ["vault", "policyName", "dataSource"],
);

/** As `check` returns them and state records them. Any value may be the engine's text for "not known yet". */
export type BackupPolicyInputs = Of<typeof policyArguments> & { policyId: string };

/** What another value of makes another policy of. Azure changes nothing of a policy that exists. */
export const policyContents = ["dataSource", "schedule", "retention", "policyRules"] as const;

/** @param olds the inputs of the existing policy */
export function parsePolicy(
  news: Record<string, unknown>,
  olds: Partial<BackupPolicyInputs>,
): ParsedPolicy<BackupPolicyInputs> {
  const problems: Problem[] = [];
  const inputs = parseNamed<BackupPolicyInputs>(
    policyArguments,
    withAzureForm(news, "policyRules", policyRules),
    olds,
    problems,
  );
  problems.push(...formProblems(inputs));
  const content = problems.length === 0 ? policyContent(inputs) : undefined;
  return { inputs, problems, limits: content ? problemsOf(dataSourceOf(inputs.dataSource), content) : [] };
}

function formProblems({ schedule, retention, policyRules }: BackupPolicyInputs): Problem[] {
  if (policyRules === undefined && retention === undefined)
    return [{ path: "retention", expected: "is missing. It says how long backups are kept" }];
  if (policyRules === undefined) return [];
  const both = Object.entries({ schedule, retention }).filter(([, value]) => value !== undefined);
  return both.map(([path]) => ({ path, expected: "and `policyRules` exclude each other: keep one of them" }));
}

/** What the policy does. Undefined as long as a part of it is not known. */
export function policyContent(inputs: BackupPolicyInputs): PolicyContent | undefined {
  const { dataSource, schedule, retention, policyRules } = inputs;
  if (containsUnknown([dataSource, schedule, retention, policyRules])) return undefined;
  if (policyRules) return contentOf(policyRules);
  return contentOfShortForm(dataSourceOf(dataSource), { retention: retention ?? [], ...(schedule && { schedule }) });
}

/** The same of arguments that nobody has checked. Undefined also where they are wrong. */
export function contentOfArguments(
  given: Partial<Record<(typeof policyContents)[number], unknown>>,
): PolicyContent | undefined {
  const problems: Problem[] = [];
  const { dataSource, schedule, retention, policyRules } = policyArguments.fields;
  const contents = fields({ dataSource, schedule, retention, policyRules }, ["dataSource"]);
  const inputs = parseFields(
    contents as Fields,
    withAzureForm(given, "policyRules", policyRules),
    "",
    problems,
  ) as BackupPolicyInputs;
  return problems.length > 0 ? undefined : policyContent(inputs);
}

/** The body of the request that creates it. */
export function policyBody(inputs: BackupPolicyInputs) {
  const content = policyContent(inputs);
  if (!content) throw new Error("The policy's rules are not known yet.");
  return {
    properties: {
      objectType: "BackupPolicy",
      datasourceTypes: [dataSources[inputs.dataSource].armType as string],
      policyRules: inputs.policyRules ?? armRulesOf(content),
    },
  };
}

/** A policy as Azure has it. */
export interface LivePolicy {
  dataSource?: DataSourceName;
  rules: ArmRule[];
  content?: PolicyContent;
  /** What this version does not know of it. */
  unread: string[];
}

export function readPolicy({
  policyRules,
  datasourceTypes = [],
}: {
  policyRules?: unknown;
  datasourceTypes?: string[];
}): LivePolicy {
  const { rules, problems } = readPolicyRules(policyRules);
  const [type = "", ...more] = datasourceTypes;
  const dataSource = more.length === 0 ? dataSourceNamed(type) : undefined;
  const content = problems.length === 0 ? contentOf(rules) : undefined;
  return {
    ...(dataSource && { dataSource }),
    rules,
    ...(content && { content }),
    unread: [
      ...(dataSource ? [] : [`its data source ${datasourceTypes.join(", ") || "is missing"}`]),
      ...problems.map(({ path, expected }) => `${path} ${expected}`.trim()),
    ],
  };
}

/** The inputs of a policy that exists, in the short form where that can say it. */
export function inputsOfLive(id: string, { dataSource, rules, content }: LivePolicy): Partial<BackupPolicyInputs> {
  const { vault = "", name = "" } = parseChildId(id, "backupPolicies") ?? {};
  const named = { vault, policyName: name, policyId: childIdOf(vault, "backupPolicies", name), dataSource };
  const short: ShortForm | undefined = content && dataSource && shortFormOf(dataSourceOf(dataSource), content);
  return short ? { ...named, ...short } : { ...named, policyRules: rules };
}

export const requirePolicyId = (given: string): ChildId => requireChildId(given, "a backup policy", "backupPolicies");
