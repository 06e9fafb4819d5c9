import type { Context } from "../../host/context.js";
import { isUnknown } from "../../host/unknowns.js";
import { soon } from "../soon.js";
import type { BackupVaultInputs } from "./inputs.js";
import type { Question } from "./question.js";
import { keyElsewhere, noSuchRegion } from "./wording.js";

/** A key of another cloud is none that the vault could reach. */
export async function keyOfAnotherCloud(
  context: Context,
  { before }: Pick<Question, "before">,
  inputs: BackupVaultInputs,
): Promise<string[]> {
  const uri = inputs.encryption?.keyUri;
  if (uri === undefined || isUnknown(uri) || uri === before?.encryption?.keyUri) return [];
  try {
    const { keyVaultSuffix, managedHsmSuffix } = await context.azure().cloud(soon());
    const isOurs = [keyVaultSuffix, managedHsmSuffix].some((suffix) => new URL(uri).host.endsWith(`.${suffix}`));
    return isOurs ? [] : [keyElsewhere(inputs, [keyVaultSuffix, managedHsmSuffix])];
  } catch {
    return []; // That this cloud cannot be reached is said where the vault could not be read.
  }
}

/** A vault is replaced by deleting it first where its name stays: a misspelt region must not cost the old one. */
export async function regionUnknown(
  context: Context,
  { before }: Question,
  inputs: BackupVaultInputs,
): Promise<string[]> {
  if (isUnknown(inputs.location) || isUnknown(inputs.subscriptionId) || inputs.location === before?.location) return [];
  try {
    const regions = await context.azure().vaultRegions(inputs.subscriptionId, soon());
    return regions.includes(inputs.location) ? [] : [noSuchRegion(inputs)];
  } catch {
    return []; // Not everybody may list regions; then Azure says it at the write.
  }
}
