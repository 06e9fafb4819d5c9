import { listed } from "../../rules/index.js";
import { textAt } from "../../vaults/body.js";
import type { VaultInputs } from "../../vaults/definitions.js";
import { isUnknown } from "../../vaults/unknowns.js";
import { didYouMean, meantBy } from "../../vaults/values.js";
import type { VaultKind } from "../../vaults/vaultId.js";
import { calledById, nameIn, requireVaultId, vaultNouns } from "../../vaults/vaultId.js";
import { ifAskedToReplace, requestsToReplace } from "../run/askedToReplace.js";
import { withNameInError } from "../run/nameInError.js";
import { adoptVariable } from "../run/vaults.js";

/** A vault's name in messages. */
export function nameOf(vault: { vaultName: string }): string {
  return isUnknown(vault.vaultName) ? "(name not known yet)" : vault.vaultName;
}

export const called = (kind: VaultKind, vault: { vaultName: string }): string =>
  `${vaultNouns[kind]} "${nameOf(vault)}"`;

export const waitsForName = (kind: VaultKind, vault: { vaultName: string }, azures: string): string =>
  `${called(kind, vault)} cannot be created yet, because Azure reports another operation on that name: ${azures} Waiting until ` +
  "it ends (`timeouts.create`).";

export const vaultExists = (id: string): string => {
  const { resourceGroupName } = requireVaultId(id);
  return (
    `${calledById(id)} already exists in resource group "${resourceGroupName}". ` +
    "If an interrupted `pulumi up` of this stack created it, adopt it for one run: " +
    `\`${adoptVariable}='${id}' pulumi up\`. ` +
    "To manage it in this stack, set `adopt: true`; it will be updated to match the program. " +
    "If the resource was renamed in the program, add its old name to `aliases`. " +
    ifAskedToReplace +
    "Otherwise, choose another name."
  );
};

export const cannotAdopt = (id: string, differing: readonly string[], has: object, inputs: object): string => {
  const live = (name: string) => {
    const value = textAt(has, name);
    return typeof value === "string" ? value : undefined;
  };
  const facts = differing.map(
    (name) => `its ${name} is ${live(name) ?? "not known"}, but the program sets ${String(textAt(inputs, name))}`,
  );
  const settings = differing.map((name) =>
    live(name) === undefined ? `\`${name}\` to its current value` : `\`${name}: "${live(name)}"\``,
  );
  return (
    `${calledById(id)} cannot be adopted: ${facts.join(", and ")}. Azure cannot change ${differing.join(" or ")} of an ` +
    `existing vault. Set ${settings.join(" and ")}.`
  );
};

export const vaultGone = (id: string): string =>
  `${calledById(id)} no longer exists in Azure: ${id} returned 404. ` +
  "Run `pulumi refresh`. The next `pulumi up` then creates the vault again.";

export const couldNotRead = (kind: VaultKind, vault: { vaultName: string }, why: string): string =>
  `${called(kind, vault)} could not be read: ${why} ` +
  "Checks that need its current state were skipped; `pulumi up` runs them before it writes anything.";

export const cannotBeReached = (kind: VaultKind, vault: { vaultName: string }, why: string): string =>
  `${called(kind, vault)} cannot be deployed: ${why}`;

export const keepsCurrentValue = (kind: VaultKind, vault: { vaultName: string }, argument: string): string =>
  `${called(kind, vault)}: \`${argument}\` is no longer set. Azure documents no default for it, so the vault keeps its ` +
  "current value.";

export const identitiesStay = (kind: VaultKind, vault: { vaultName: string }): string =>
  `${called(kind, vault)}: IdentityAssignment resources in this program now manage its identities. This change removes no ` +
  "identity; identities without an IdentityAssignment stay on the vault, unmanaged.";

export const keyElsewhere = (kind: VaultKind, vault: { vaultName: string }, suffixes: readonly string[]): string =>
  `${called(kind, vault)}: encryption.keyUri must be a key in this cloud, under ${suffixes.join(" or ")}.`;

export const sameVaultTwice = (kind: VaultKind, vault: { vaultName: string }): string =>
  `${called(kind, vault)} is defined by two resources in this program. Keep one of them, or change one of them to another vault.`;

export const createdAgain = (kind: VaultKind, vault: { vaultName: string }): string =>
  `${called(kind, vault)} is defined by two resources in this program, or Pulumi was asked to replace its resource. ` +
  "Of two resources, keep one, or change one of them to another vault. Otherwise, remove what asks for the replacement: " +
  `${requestsToReplace}. Nothing about the vault requires it.`;

/** @param changes what the adoption changes, in words */
export const adopts = (id: string, changes: readonly string[]): string =>
  `${calledById(id)} exists and is adopted, not created. ` +
  `${changes.length > 0 ? `It would change ${listed(changes)}. ` : "None of its settings would change. "}` +
  "If another resource in this stack is the same vault, for example under an old name, Pulumi only removes that one from " +
  "its state; the vault is not deleted.";

export const takenOver = (id: string): string =>
  `${calledById(id)} is not deleted: another resource in this program now manages it. Pulumi only removes this one from its state.`;

export const restoresDrift = (kind: VaultKind, vault: { vaultName: string }, settings: readonly string[]): string =>
  `${called(kind, vault)} was changed outside Pulumi: ${settings.join(", ")}. This deployment restores the ` +
  "program's values, which the preview's diff does not show. Run `pulumi refresh` to show the changes.";

export const changedMeanwhile = (
  id: string,
  settings: readonly string[],
  sent: readonly string[],
  outcome: string,
): string =>
  `${calledById(id)}: ${settings.join(", ")} changed while this deployment updated ${sent.join(", ")}. Another client or Azure ` +
  `itself made the change. ${outcome}.`;

export const leftOut = (id: string, settings: readonly string[], sent: readonly string[]): string =>
  `${calledById(id)}: ${settings.join(", ")} changed in Azure with the update of ${sent.join(", ")}. The api-version of ` +
  "that update cannot set it.";

export const valuesNotKept = (id: string, settings: readonly string[], times: number): string =>
  `${calledById(id)}: Azure accepted the update ${times} times, but shows other values of ${settings.join(", ")}. ` +
  "Another client may manage the same settings. Make sure that only one client manages them, then run `pulumi up` again.";

export const keepsChanging = (id: string): string =>
  `${calledById(id)} could not be updated, because it keeps changing: other clients change it, or Azure does not keep the ` +
  "values that it accepts. Run `pulumi up` again later.";

export const endedAsFailed = (id: string): string =>
  `${calledById(id)} shows the provisioning state Failed after the write, and Azure gives no reason. It may show values that it ` +
  "does not have. Run `pulumi up` again, which writes it whole.";

/** @param regions where the subscription can have such vaults */
export const regionNotAvailable = (
  kind: VaultKind,
  vault: { vaultName: string; location?: string },
  regions: readonly string[],
): string =>
  `${called(kind, vault)}: "${vault.location}" is not an Azure region that offers ${vaultNouns[kind]}s to this ` +
  `subscription${didYouMean(meantBy(vault.location ?? "", regions)) || ". Set `location` to a region that does."}`;

export const noResourceGroup = (kind: VaultKind, vault: VaultInputs): string =>
  `${called(kind, vault)}: resource group "${vault.resourceGroupName}" does not exist in subscription ` +
  `${vault.subscriptionId}. Create it first, or correct resourceGroupName. If this program creates it, set ` +
  "resourceGroupName from that resource, or name it in `dependsOn`.";

export const groupIsBeingDeleted = (kind: VaultKind, vault: VaultInputs): string =>
  `${called(kind, vault)}: resource group "${vault.resourceGroupName}" is being deleted, and Azure creates no resources in it. ` +
  "Wait until the deletion is complete and create the group again, or use another group.";

export const notRegistered = (kind: VaultKind, vault: VaultInputs, namespace: string): string =>
  `${called(kind, vault)}: subscription ${vault.subscriptionId} is not registered for ${namespace}. Register it once: ` +
  `az provider register --namespace ${namespace} --subscription ${vault.subscriptionId}`;

export const noIdentity = (kind: VaultKind, vault: { vaultName: string }, id: string): string =>
  `${called(kind, vault)}: the user-assigned identity ${id} does not exist. Create it first, or correct its ID. If this ` +
  "program creates it, use that resource's `id`, or add the resource to `dependsOn`.";

export const mayStillBeCreated = (sentence: string): string =>
  `${sentence} This run may still create it: the resource depends on others that are not created yet.`;

export const wasNotChecked = (kind: VaultKind, vault: { vaultName: string }, what: string, why: string): string =>
  `${called(kind, vault)}: ${what} was not checked, because it could not be read: ${why}`;

export const createsFirst = (id: string): string =>
  `${calledById(id)} would be replaced under the same name, and the resource option \`deleteBeforeReplace: false\` makes ` +
  "Pulumi create the new vault first. A resource group cannot contain two vaults with the same name. Remove the option, or " +
  "give the vault another name.";

export const withVaultInError = <T>(id: string, work: () => Promise<T>): Promise<T> =>
  withNameInError(calledById(id), work, nameIn(id));

export const noVault = (vaultId: string): string =>
  `${calledById(vaultId)} does not exist: ${vaultId} returned 404. Create it first, or correct the argument \`vault\`. If this ` +
  "program creates it, pass the resource itself. If it was deleted outside Pulumi, run `pulumi refresh`.";
