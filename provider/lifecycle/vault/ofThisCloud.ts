import { previewDeadline } from "../../azure/index.js";
import type { Context } from "../../host/context.js";
import type { SomeSettings, VaultInputs } from "../../vaults/definitions.js";
import { isUnknown } from "../../vaults/unknowns.js";
import type { VaultKind } from "../../vaults/vaultId.js";
import { keyElsewhere } from "./wording.js";

/** A key of another cloud is none that the vault could reach. */
export async function keyOfAnotherCloud(
  kind: VaultKind,
  context: Context,
  { before }: { before?: SomeSettings },
  inputs: VaultInputs,
): Promise<string[]> {
  const uri = inputs.encryption?.keyUri;
  if (uri === undefined || isUnknown(uri) || uri === before?.encryption?.keyUri) return [];
  try {
    const { keyVaultSuffix, managedHsmSuffix } = await context.azure().cloud(previewDeadline());
    const isOurs = [keyVaultSuffix, managedHsmSuffix].some((suffix) => new URL(uri).host.endsWith(`.${suffix}`));
    return isOurs ? [] : [keyElsewhere(kind, inputs, [keyVaultSuffix, managedHsmSuffix])];
  } catch {
    return []; // That this cloud cannot be reached is said where the vault could not be read.
  }
}
