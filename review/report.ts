import { controlsOf, ruleText } from "../provider/rules/index.js";
import type { Control, UnmetControl, Verdict } from "../provider/rules/verdict.js";
import type { Position, Preview, Tool } from "./changes/plannedChange.js";

/** The result of a review, as plain data. `docs/review.schema.json` describes it as JSON. */
export interface Report {
  /** The version of this format. New fields do not change it. */
  version: 1;
  /** Whose preview it is: `what-if` is the one of a Bicep file or an ARM template. */
  tool: Tool;
  /** What was reviewed, as the caller calls it. It heads the page in place of the project and the stack. */
  name?: string;
  project?: string;
  stack?: string;
  /**
   * The most severe finding: `refuse` if a change is refused, `unchecked` if something could not be checked at all,
   * `undecided` if a value or a fact is missing, `warn`, or `clear`.
   */
  decision: "refuse" | "unchecked" | "undecided" | "warn" | "clear";
  counts: Counts;
  /** The changes to vaults in the preview, by name. */
  resources: ReviewedResource[];
  /** Why Azure could not be read. Findings that depend on it are undecided. */
  noAccess?: string;
  /** Why the preview is incomplete. There may be changes that it does not show. */
  failures: string[];
  /** The vaults that the program has after the run, changed or not, if the posture was asked for. It decides nothing. */
  posture?: VaultPosture[];
}

export interface Counts {
  /** Changes with a refusal. */
  refused: number;
  /** Changes with a warning. */
  warnings: number;
  /** Changes with an undecided finding. */
  undecided: number;
  /** Changes that could not be checked. */
  unchecked: number;
  /** Changes to vaults in the preview. */
  resources: number;
  /** Other steps of the preview, without the one of the stack itself. */
  others: number;
}

/** `arm`: a Bicep file or an ARM template. */
export type Provider = "azure-backup" | "azure-native" | "azure" | "azurerm" | "azapi" | "arm";

/** Terraform's provider, or Pulumi's classic one, which is made of it: they have arguments and blocks of their own. */
export const isOfAzurerm = (provider: Provider): boolean => provider === "azurerm" || provider === "azure";

/** A provider of Resource Manager's own bodies, which writes a resource as a whole. */
export const isOfArm = (provider: Provider): boolean => ["azure-native", "azapi", "arm"].includes(provider);

export interface ReviewedResource {
  /** Pulumi's. Absent if the preview ended before this resource. */
  urn?: string;
  /** Terraform's address, or the ARM ID of a resource in a what-if result. */
  address?: string;
  type: string;
  provider: Provider;
  /** What it is, if it is not a vault and not a setting of one: `resource group`, `backup policy`, ... */
  noun?: string;
  /** The vault's name, or the resource's name in the program if that is not known yet. */
  name: string;
  /** The vault's ARM ID, if known. */
  vaultId?: string;
  /** Where the vault is, if known. */
  resourceGroupName?: string;
  subscriptionId?: string;
  /** What the engine plans. */
  planned: "create" | "update" | "replace" | "delete";
  /** A vault would be deleted in Azure, by a deletion or a replacement. */
  destroys?: true;
  /** The run creates the vault. */
  creates?: true;
  /** It is an action of Terraform that would run, and no resource. */
  runs?: true;
  verdicts: ReviewedVerdict[];
  /** Further information for the reader. */
  notes: string[];
  /** Why it could not be checked. */
  unchecked?: string;
  /** Where the program creates it. */
  position?: Position;
}

export interface ReviewedVerdict extends Verdict {
  /** Of benchmarks and policies, what the verdict is about. Absent if there is none. */
  controls?: readonly Control[];
}

/** How a vault after the run compares with what benchmarks and policies ask. */
export interface VaultPosture
  extends Pick<
    ReviewedResource,
    "urn" | "address" | "type" | "provider" | "name" | "vaultId" | "resourceGroupName" | "subscriptionId" | "position"
  > {
  findings: PostureFinding[];
  /** The settings that controls ask values of, and whose values could not be determined. */
  undetermined: string[];
}

/** A setting that is weaker than a control asks. */
export interface PostureFinding {
  property: string;
  value: string;
  /** The controls that it does not satisfy. */
  controls: UnmetControl[];
}

/** The counts and the most severe finding. */
export function summary(
  { tool, stack, project, others }: Preview,
  resources: ReviewedResource[],
  failures: string[],
): Report {
  const count = (decision: string) =>
    resources.filter(({ verdicts }) => verdicts.some((verdict) => verdict.decision === decision)).length;
  const counts: Counts = {
    refused: count("refuse"),
    warnings: count("warn"),
    undecided: count("undecided"),
    unchecked: resources.filter(({ unchecked }) => unchecked !== undefined).length,
    resources: resources.length,
    others,
  };
  return {
    version: 1,
    tool,
    ...(project !== undefined && { project }),
    ...(stack !== undefined && { stack }),
    decision: decisionOf(counts, failures),
    counts,
    resources: resources.map((resource) => ({ ...resource, verdicts: resource.verdicts.map(withControls) })),
    failures,
  };
}

function withControls(verdict: Verdict): ReviewedVerdict {
  const controls = controlsOf(verdict, ruleText(verdict.code));
  return controls.length > 0 ? { ...verdict, controls } : verdict;
}

function decisionOf({ refused, unchecked, undecided, warnings }: Counts, failures: string[]): Report["decision"] {
  if (refused > 0) return "refuse";
  // Changes that the preview does not show were not checked.
  if (unchecked > 0 || failures.length > 0) return "unchecked";
  if (undecided > 0) return "undecided";
  return warnings > 0 ? "warn" : "clear";
}

/**
 * Whether what is undecided can stay open until `pulumi up`: all of it depends on values that are known then, not on what
 * could not be read in Azure, and either this package's provider decides before it writes, or the vault is new.
 */
export const canWait = ({ resources }: Pick<Report, "resources">): boolean =>
  resources.every(({ provider, creates, verdicts }) =>
    verdicts.every(
      ({ decision, operation, needs = [] }) =>
        decision !== "undecided" ||
        (needs.length === 0 &&
          operation !== "delete" &&
          operation !== "replace" &&
          (creates || provider === "azure-backup")),
    ),
  );
