import * as pulumi from "@pulumi/pulumi";
import { liveAzure } from "../cli/liveAzure.js";
import { describe, type Verdict } from "../provider/rules/index.js";
import { parseVaultId } from "../provider/vaults/vaultId.js";
import { withoutValues } from "../review/hideSecrets.js";
import type { ReviewedResource } from "../review/report.js";
import { review } from "../review/review.js";

/** A vault of this package in the program, as it is registered. */
export type OwnVault = Pick<pulumi.ResourceTransformArgs, "type" | "name" | "props">;

/**
 * Judges one deletion or update as `azure-backup review` does, from a preview of this one step. Pulumi stops the run with
 * the message of what this throws, and shows nothing else of it.
 *
 * @param vaults what the program has of this package: of a vault that is there under another name nothing is deleted
 */
export async function judgeHook(
  op: "delete" | "update",
  args: pulumi.ResourceHookArgs,
  vaults: readonly OwnVault[],
): Promise<void> {
  const { urn, id } = args;
  const [oldInputs, oldOutputs, newInputs] = await Promise.all(
    [args.oldInputs, args.oldOutputs, args.newInputs].map((each) => inClear(each ?? {})),
  );
  const step = {
    op,
    urn,
    oldState: { id, inputs: oldInputs?.value, outputs: oldOutputs?.value },
    ...(op === "update" && { newState: { id, inputs: newInputs?.value } }),
  };
  const steps = [step, ...(op === "delete" ? await othersFor(args, vaults) : [])];
  const preview = JSON.stringify({ config: pulumi.runtime.allConfig(), steps });
  const { resources, noAccess } = await review(preview, { live: liveAzure(process.env) });
  const hasSecrets = [oldInputs, oldOutputs, newInputs].some((each) => each?.isSecret);
  const shown = hasSecrets
    ? resources.map((each) => ({ ...each, verdicts: each.verdicts.map(withoutValues) }))
    : resources;

  const said = (decision: Verdict["decision"]) => sentences(shown, decision);
  const open = [...said("undecided"), ...shown.flatMap(({ unchecked }) => unchecked ?? [])];
  if (noAccess !== undefined && open.length > 0) open.push(noAccess);
  // A preview can say what is open. Once the run deletes, it is too late.
  const stops = pulumi.runtime.isDryRun() ? said("refuse") : [...said("refuse"), ...open];
  if (stops.length > 0) throw new Error(stops.join("\n"));
  for (const warning of pulumi.runtime.isDryRun() ? [...open, ...said("warn")] : said("warn")) {
    await pulumi.log.warn(`${urn.split("::").at(-1)}: ${warning}`);
  }
}

/** The program's other resources for the vault that goes, as steps that do nothing. */
async function othersFor({ id, type, name }: pulumi.ResourceHookArgs, vaults: readonly OwnVault[]): Promise<object[]> {
  const gone = parseVaultId(id);
  if (!gone) return [];
  const { ARM_SUBSCRIPTION_ID, AZURE_SUBSCRIPTION_ID } = process.env;
  const subscription =
    pulumi.runtime.allConfig()["azure-backup:subscriptionId"] ?? ARM_SUBSCRIPTION_ID ?? AZURE_SUBSCRIPTION_ID;
  const steps = vaults.map(async (vault) => {
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
  resources.flatMap(({ name, verdicts }) =>
    verdicts.filter((verdict) => verdict.decision === decision).map((verdict) => describe(verdict, name)),
  );

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
