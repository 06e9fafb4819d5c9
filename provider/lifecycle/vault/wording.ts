import { isPartialResource } from "../../host/serve.js";
import type { VaultInputs } from "../../vaults/definitions.js";
import { isUnknown } from "../../vaults/unknowns.js";
import type { VaultKind } from "../../vaults/vaultId.js";
import { calledById, nameIn, requireVaultId, vaultNouns } from "../../vaults/vaultId.js";
import { messageOf } from "../run/facts.js";
import { adoptVariable } from "../run/vaults.js";

/** How every message calls a vault. */
export function nameOf(vault: { vaultName: string }): string {
  return isUnknown(vault.vaultName) ? "(name not known yet)" : vault.vaultName;
}

export const called = (kind: VaultKind, vault: { vaultName: string }): string =>
  `${vaultNouns[kind]} "${nameOf(vault)}"`;

export const vaultExists = (id: string): string => {
  const { resourceGroupName } = requireVaultId(id);
  return (
    `${calledById(id)} exists already in resource group "${resourceGroupName}". ` +
    "If an interrupted `pulumi up` of this stack created it, adopt it for one run: " +
    `\`${adoptVariable}='${id}' pulumi up\`. ` +
    "To manage it in this stack, set `adopt: true`; it will be updated to match the program. " +
    "If the resource was renamed in the program, name the old one in its `aliases`. Otherwise choose another name."
  );
};

export const cannotAdopt = (id: string, differing: readonly string[]): string =>
  `${calledById(id)} cannot be adopted: its ${differing.join(" and ")} differs from the program's, ` +
  "and Azure cannot change that on an existing vault. Set these arguments to the vault's current values.";

export const vaultGone = (id: string): string =>
  `${calledById(id)} no longer exists at Azure: ${id} answers 404. ` +
  "Run `pulumi refresh`, and the next `pulumi up` creates it again.";

export const couldNotLook = (kind: VaultKind, vault: { vaultName: string }, why: string): string =>
  `${called(kind, vault)} could not be read: ${why} ` +
  "What depends on its state at Azure is not decided here; `pulumi up` writes nothing before it is.";

export const cannotBeReached = (kind: VaultKind, vault: { vaultName: string }, why: string): string =>
  `${called(kind, vault)} cannot be deployed there: ${why}`;

export const leftAsItIs = (kind: VaultKind, vault: { vaultName: string }, argument: string): string =>
  `${called(kind, vault)}: ${argument} is no longer set. Azure documents no default for it, so the vault keeps the value it has.`;

export const identitiesStay = (kind: VaultKind, vault: { vaultName: string }): string =>
  `${called(kind, vault)}: its identities are the program's IdentityAssignments' from now on. None leaves the vault by ` +
  "this; one that no IdentityAssignment names stays there, and nobody manages it.";

export const keyElsewhere = (kind: VaultKind, vault: { vaultName: string }, suffixes: readonly string[]): string =>
  `${called(kind, vault)}: encryption.keyUri must be a key in a key store of this cloud, one under ${suffixes.join(" or ")}.`;

export const sameVaultTwice = (kind: VaultKind, vault: { vaultName: string }): string =>
  `${called(kind, vault)} is described by two resources of this program. Keep one of them, or name another vault.`;

export const adopts = (id: string): string =>
  `${calledById(id)} exists and is adopted: it will be updated to match the program. If another resource of this stack ` +
  "is the same vault, such as one that was renamed, Pulumi only forgets that one; the vault is not deleted.";

export const takenOver = (id: string): string =>
  `${calledById(id)} is not deleted: another resource of this program manages it now. Pulumi only forgets this one.`;

export const putBack = (kind: VaultKind, vault: { vaultName: string }, settings: readonly string[]): string =>
  `${called(kind, vault)} was changed outside Pulumi: ${settings.join(", ")}. This deployment puts back what the ` +
  "program says, which the preview's diff does not show. `pulumi refresh` shows it.";

export const changedMeanwhile = (
  id: string,
  settings: readonly string[],
  sent: readonly string[],
  outcome: string,
): string =>
  `${calledById(id)}: ${settings.join(", ")} changed while this deployment updated ${sent.join(", ")}, by another client or ` +
  `by Azure itself. ${outcome}.`;

export const leftOut = (id: string, settings: readonly string[], sent: readonly string[]): string =>
  `${calledById(id)}: ${settings.join(", ")} changed at Azure with the update of ${sent.join(", ")}, whose api-version ` +
  "cannot set it.";

export const doesNotStay = (id: string, settings: readonly string[], times: number): string =>
  `${calledById(id)}: Azure accepted the update ${times} times, but shows other values of ${settings.join(", ")}. ` +
  "Another client may manage the same settings. Let only one of them do so, and run `pulumi up` again.";

export const neverAtRest = (id: string): string =>
  `${calledById(id)} did not stay as it was long enough to be updated: others keep changing it, or Azure does not keep what ` +
  "it accepts. Run `pulumi up` again later.";

export const noSuchRegion = (kind: VaultKind, vault: { vaultName: string; location?: string }): string =>
  `${called(kind, vault)}: location must be a region where this subscription can have ${vaultNouns[kind]}s; ${vault.location} is none.`;

export const noResourceGroup = (kind: VaultKind, vault: VaultInputs): string =>
  `${called(kind, vault)}: resource group "${vault.resourceGroupName}" does not exist in subscription ` +
  `${vault.subscriptionId}. Create it first, or correct resourceGroupName. If this program creates it, set ` +
  "resourceGroupName from that resource, or name it in `dependsOn`.";

export const groupIsGoing = (kind: VaultKind, vault: VaultInputs): string =>
  `${called(kind, vault)}: resource group "${vault.resourceGroupName}" is being deleted, and Azure creates nothing in it. ` +
  "Wait until it is gone and create it again, or use another group.";

export const notRegistered = (kind: VaultKind, vault: VaultInputs, namespace: string): string =>
  `${called(kind, vault)}: subscription ${vault.subscriptionId} is not registered for ${namespace}. Register it once: ` +
  `az provider register --namespace ${namespace} --subscription ${vault.subscriptionId}`;

export const noIdentity = (kind: VaultKind, vault: { vaultName: string }, id: string): string =>
  `${called(kind, vault)}: the user-assigned identity ${id} does not exist. Create it first, or correct its id. If this ` +
  "program creates it, use that resource's id, or name it in `dependsOn`.";

export const mayBeMade = (sentence: string): string =>
  `${sentence} This run may still create it: the resource waits for others that are new.`;

export const wasNotChecked = (kind: VaultKind, vault: { vaultName: string }, what: string, why: string): string =>
  `${called(kind, vault)}: ${what} was not checked, because it could not be read: ${why}`;

export const createsFirst = (id: string): string =>
  `${calledById(id)} would be replaced under its own name, and the resource option \`deleteBeforeReplace: false\` makes ` +
  "Pulumi create the new vault first: two vaults of one name cannot exist in one resource group. Remove the option, or " +
  "give the vault another name.";

/** Every failure says which vault it is about: one to sign in or to find the cloud does not know it. */
export async function withVaultInError<T>(id: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const message = messageOf(error);
    if (isPartialResource(error) || message.includes(nameIn(id))) throw error;
    // A new one: several vaults may wait for one token, and share its failure.
    throw new Error(`${calledById(id)}: ${message}`, { cause: error });
  }
}

export const noVault = (vaultId: string): string =>
  `${calledById(vaultId)} does not exist: ${vaultId} answers 404. Create it first, or correct the argument vault. If this program ` +
  "creates it, give the resource itself; if it was deleted outside Pulumi, run `pulumi refresh`.";
