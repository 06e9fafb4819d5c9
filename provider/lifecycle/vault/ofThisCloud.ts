import type { Context } from "../../host/context.js";
import { isUnknown } from "../../host/unknowns.js";
import type { VaultKind } from "../../rules/index.js";
import { soon } from "../soon.js";
import type { VaultInputs, VaultResource } from "./vaultInputs.js";
import type { VaultType } from "./vaultType.js";
import { keyElsewhere, noSuchRegion } from "./wording.js";

/** A key of another cloud is none that the vault could reach. */
export async function keyOfAnotherCloud(
  kind: VaultKind,
  context: Context,
  { before }: { before?: Partial<VaultInputs> },
  inputs: VaultInputs,
): Promise<string[]> {
  const uri = inputs.encryption?.keyUri;
  if (uri === undefined || isUnknown(uri) || uri === before?.encryption?.keyUri) return [];
  try {
    const { keyVaultSuffix, managedHsmSuffix } = await context.azure().cloud(soon());
    const isOurs = [keyVaultSuffix, managedHsmSuffix].some((suffix) => new URL(uri).host.endsWith(`.${suffix}`));
    return isOurs ? [] : [keyElsewhere(kind, inputs, [keyVaultSuffix, managedHsmSuffix])];
  } catch {
    return []; // That this cloud cannot be reached is said where the vault could not be read.
  }
}

/** A vault is replaced by deleting it first where its name stays: a misspelt region must not cost the old one. */
export async function regionUnknown<I extends VaultInputs, R extends VaultResource>(
  { kind, regions }: VaultType<I, R>,
  context: Context,
  { before }: { before?: Partial<VaultInputs> },
  inputs: VaultInputs,
): Promise<string[]> {
  if (isUnknown(inputs.location) || isUnknown(inputs.subscriptionId) || inputs.location === before?.location) return [];
  try {
    const there = await regions(context.azure(), inputs.subscriptionId, soon());
    return there.includes(inputs.location) ? [] : [noSuchRegion(kind, inputs)];
  } catch {
    return []; // Not everybody may list regions; then Azure says it at the write.
  }
}
