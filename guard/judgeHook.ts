import * as pulumi from "@pulumi/pulumi";
import { liveAzure } from "../cli/liveAzure.js";
import { describe, type Verdict } from "../provider/rules/index.js";
import { parseVaultId } from "../provider/vaults/vaultId.js";
import { sameId, vaultIn } from "../review/dependencies/reading.js";
import { withoutValues } from "../review/hideSecrets.js";
import type { ReviewedResource } from "../review/report.js";
import { review } from "../review/review.js";
import { dependencyKindOf, isBackupType, isOurType, isVaultType } from "../review/vaults/index.js";

/** A resource of this package in the program, as it is registered. */
export type OwnResource = Pick<pulumi.ResourceTransformArgs, "type" | "name" | "props">;

/** What the hooks of one run know of each other. */
export interface RunOfProgram {
  own: OwnResource[];
  /** What was let pass: the engine deletes something after all that needs it. */
  before: Step[];
}

interface Step {
  op: "delete" | "update";
  urn: string;
  type: string;
  oldState: { id?: string; inputs: unknown; outputs: unknown };
  newState?: { id?: string; inputs: unknown };
}

/**
 * Judges one deletion or update as `azure-backup review` does, from a preview of this one step. Pulumi stops the run with
 * the message of what this throws, and shows nothing else of it.
 */
export async function judgeHook(
  op: "delete" | "update",
  args: pulumi.ResourceHookArgs,
  run: RunOfProgram,
): Promise<void> {
  const { urn, id, type } = args;
  const [oldInputs, oldOutputs, newInputs] = await Promise.all(
    [args.oldInputs, args.oldOutputs, args.newInputs].map((each) => inClear(each ?? {})),
  );
  const step: Step = {
    op,
    urn,
    type,
    oldState: { id, inputs: oldInputs?.value, outputs: oldOutputs?.value },
    ...(op === "update" && { newState: { id, inputs: newInputs?.value } }),
  };
  if (op === "update" && isOurType(type)) {
    run.before.push(step);
    return;
  }
  if (op === "delete" && (await isOnlyRenamed(args, oldInputs?.value, run.own))) return;
  const others = op === "delete" ? [...inSameVault(step, run.before), ...(await othersFor(args, run.own))] : [];
  const preview = JSON.stringify({ config: pulumi.runtime.allConfig(), steps: [step, ...others] });
  const { resources, noAccess } = await review(preview, { live: liveAzure(process.env) });
  const hasSecrets = [oldInputs, oldOutputs, newInputs].some((each) => each?.isSecret);
  // Of what came before, its own hook has said all.
  const judged = resources.filter((each) => each.urn === undefined || each.urn === urn);
  const shown = hasSecrets ? judged.map((each) => ({ ...each, verdicts: each.verdicts.map(withoutValues) })) : judged;

  const said = (decision: Verdict["decision"]) => sentences(shown, decision);
  const open = [...said("undecided"), ...shown.flatMap(({ unchecked }) => unchecked ?? [])];
  if (noAccess !== undefined && open.length > 0) open.push(noAccess);
  const isPreview = pulumi.runtime.isDryRun();
  // A preview can say what is open. Once the run deletes, it is too late.
  const stops = isPreview ? said("refuse") : [...said("refuse"), ...open];
  if (stops.length > 0) throw new Error(stops.join("\n"));
  run.before.push(step);
  // What is in a vault of this package says so itself when it is deleted.
  const isSaid = !isPreview && isOurType(type) && !isVaultType(type);
  for (const warning of isSaid ? [] : isPreview ? [...open, ...said("warn")] : said("warn")) {
    await pulumi.log.warn(`${urn.split("::").at(-1)}: ${warning}`);
  }
}

/** Of what nothing in the vault needs, an instance or item, the rest decides nothing. */
function inSameVault({ type, oldState: { id } }: Step, before: readonly Step[]): Step[] {
  if (isBackupType(type)) return [];
  const vault = vaultIn(id);
  return before.filter((each) =>
    vault
      ? sameId(vaultIn(each.oldState.id)?.id, vault.id)
      : dependencyKindOf({ type: each.type }) === "guardAssociation",
  );
}

/** The arguments that say which one it is in Azure. */
const identifying: Record<string, readonly string[]> = {
  BackupPolicy: ["vault", "policyName"],
  RecoveryServicesBackupPolicy: ["vault", "policyName"],
  BackupInstance: ["vault", "instanceName"],
  ProtectedItem: ["vault", "sourceResourceId", "fileShareName"],
  ResourceGuard: ["resourceGroupName", "resourceGuardName"],
  ResourceGuardAssociation: ["vault"],
};

/** This package's provider deletes nothing that the program has under another name. */
async function isOnlyRenamed(
  { type, name }: pulumi.ResourceHookArgs,
  inputs: unknown,
  own: readonly OwnResource[],
): Promise<boolean> {
  const names = identifying[type.split(":").at(-1) ?? ""];
  if (!isOurType(type) || !names) return false;
  const of = (values: unknown) => names.map((each) => (values as Record<string, unknown>)[each] ?? "");
  const found = own.map(async (each) => {
    if (each.type !== type || each.name === name) return false;
    return sameTexts((await inClear(of(each.props))).value, of(inputs ?? {}));
  });
  return (await Promise.all(found)).includes(true);
}

/** The program's other resources for the vault that goes, as steps that do nothing. */
async function othersFor({ id, type, name }: pulumi.ResourceHookArgs, own: readonly OwnResource[]): Promise<object[]> {
  const gone = parseVaultId(id);
  if (!gone) return [];
  const { ARM_SUBSCRIPTION_ID, AZURE_SUBSCRIPTION_ID } = process.env;
  const subscription =
    pulumi.runtime.allConfig()["azure-backup:subscriptionId"] ?? ARM_SUBSCRIPTION_ID ?? AZURE_SUBSCRIPTION_ID;
  const steps = own.map(async (vault) => {
    if (vault.type !== type || vault.name === name) return [];
    const { vaultName, resourceGroupName, subscriptionId = subscription } = vault.props;
    const names = await inClear([subscriptionId, resourceGroupName, vaultName]);
    if (!sameTexts(names.value, [gone.subscriptionId, gone.resourceGroupName, gone.vaultName])) return [];
    const urn = `urn:pulumi:${pulumi.getStack()}::${pulumi.getProject()}::${type}::${vault.name}`;
    return [{ op: "same", urn, newState: { inputs: { vaultId: id } } }];
  });
  return (await Promise.all(steps)).flat();
}

const sameTexts = (a: unknown, b: unknown) => JSON.stringify(a).toLowerCase() === JSON.stringify(b).toLowerCase();

const sentences = (resources: ReviewedResource[], decision: Verdict["decision"]): string[] =>
  resources.flatMap(({ name, noun, planned, verdicts }) =>
    verdicts
      .filter((verdict) => verdict.decision === decision)
      .map((verdict) =>
        noun === undefined ? describe(verdict, name) : sentence(verdict, `${noun} "${name}"`, planned),
      ),
  );

/** Of what is not a vault. */
function sentence({ code, decision, reason, remediation, source }: Verdict, what: string, planned: string): string {
  const deed = planned === "update" ? "updated" : "deleted";
  const headline = {
    refuse: `${what} cannot be ${deed}`,
    // Of some, what is in Azure stays: the reason says so.
    warn: `${what} would be ${planned === "update" ? deed : "removed"}`,
    undecided: `cannot determine yet whether ${what} can be ${deed}`,
  }[decision];
  return `${code}: ${headline}. ${reason} ${remediation} ${source}`;
}

interface InClear {
  value: unknown;
  isSecret: boolean;
}

/** Hooks get secrets as outputs. They are judged by their values, and then nothing is shown that holds one. */
async function inClear(value: unknown): Promise<InClear> {
  if (pulumi.isUnknown(value)) return { value: pulumi.runtime.unknownValue, isSecret: false };
  if (pulumi.Output.isInstance(value)) {
    if (!(await isKnown(value))) return { value: pulumi.runtime.unknownValue, isSecret: false };
    const inner = await new Promise<unknown>((done) => value.apply(done));
    return { ...(await inClear(inner)), isSecret: await pulumi.isSecret(value) };
  }
  if (typeof value !== "object" || value === null) return { value, isSecret: false };
  const names = Object.keys(value);
  const inner = await Promise.all(Object.values(value).map(inClear));
  const values = inner.map((each) => each.value);
  return {
    value: Array.isArray(value) ? values : Object.fromEntries(names.map((name, index) => [name, values[index]])),
    isSecret: inner.some((each) => each.isSecret),
  };
}

/** The SDK's types leave it out. */
const isKnown = async (output: object): Promise<boolean> => (await Reflect.get(output, "isKnown")) === true;
