import type { DeletedBackupInstanceResource } from "../../azure/index.js";
import type { BackupInstanceInputs } from "../../instances/backupInstance.js";
import { instanceReplaced, listed, reported, type Verdict } from "../../rules/index.js";
import { parseChildId } from "../../vaults/childId.js";
import { isUnknown } from "../../vaults/unknowns.js";
import { parseVaultId } from "../../vaults/vaultId.js";
import { withNameInError } from "../run/nameInError.js";
import { adoptVariable } from "../run/vaults.js";

type Named = Partial<Pick<BackupInstanceInputs, "vault" | "instanceName" | "instanceId">>;

/** `Backup instance "disk-1" of Backup vault "payroll"` */
export function instanceCalled({ vault, instanceName, instanceId = "" }: Named): string {
  const id = parseChildId(instanceId, "backupInstances");
  const [name, vaultId] = [instanceName ?? id?.name ?? "", vault ?? id?.vault ?? ""];
  const vaultName = parseVaultId(vaultId)?.vaultName;
  const called = name === "" || isUnknown(name) ? "Backup instance" : `Backup instance "${name}"`;
  return vaultName === undefined ? called : `${called} of Backup vault "${vaultName}"`;
}

/** What a rule says of an instance that the program changes or removes. */
export function instanceText(verdict: Verdict, instance: Named, changed: readonly string[] = []): string {
  const { code, decision, reason, remediation, evidence, source, operation } = verdict;
  const names = changed.length > 0 ? ` to change ${listed(changed.map((name) => `\`${name}\``))}` : "";
  const deed = operation === "delete" ? "be deleted" : `be replaced${names}`;
  const headline = {
    refuse: `${instanceCalled(instance)} cannot ${deed}`,
    warn: `${instanceCalled(instance)} would ${deed}`,
    undecided: `cannot determine yet whether ${instanceCalled(instance)} can ${deed}`,
  }[decision];
  const kept = code === instanceReplaced.code && decision === "undecided" ? " `pulumi up` will not replace it." : "";
  return `${code}: ${headline}. ${reason} ${remediation}${kept} ${evidence === "microsoft" ? "" : `${reported} `}${source}`;
}

export const sameInstanceTwice = (instance: Named): string =>
  `${instanceCalled(instance)} is defined by two resources in this program. Keep one of them, or give one of them another name.`;

export const sourceTwice = (instance: Named, dataSourceId: string): string =>
  `${instanceCalled(instance)}: two resources in this program back up ${dataSourceId}. A data source has one backup ` +
  "instance. Keep one of them.";

export const instanceExists = (instance: Named): string =>
  `${instanceCalled(instance)} already exists. ` +
  `If an interrupted \`pulumi up\` of this stack created it, adopt it for one run: \`${adoptVariable}='${instance.instanceId}' pulumi up\`. ` +
  "To manage it in this stack, set `adopt: true`; it will be updated to match the program, and backed up again if that was " +
  "stopped. If the resource was renamed in the program, add its old name to `aliases`. Otherwise, choose another name.";

export const cannotAdoptInstance = (instance: Named, differing: readonly string[], unread: readonly string[]): string =>
  `${instanceCalled(instance)} cannot be adopted: ` +
  (unread.length > 0
    ? `this version does not know all of it (${unread.join("; ")}).`
    : `its ${listed(differing.map((name) => `\`${name}\``))} differs from the program, and Azure cannot change it.`) +
  " Import it to see what it has, or choose another name.";

export const cannotChange = (instance: Named, names: readonly string[]): string =>
  `${instanceCalled(instance)}: Azure changes ${listed(names.map((name) => `\`${name}\``))} of no backup instance. Nothing was written.`;

export const adoptsInstance = (instance: Named, state: string): string =>
  `${instanceCalled(instance)} exists (${state}) and is adopted, not created. It is updated to match the program. If another ` +
  "resource in this stack is the same instance, for example under an old name, Pulumi only removes that one from its state.";

export const instanceStays = (instance: Named): string =>
  `${instanceCalled(instance)} is left as it is: another resource in this program now manages it. Pulumi only removes this one ` +
  "from its state.";

export const instanceNotRead = (instance: Named, why: string): string =>
  `${instanceCalled(instance)} could not be read: ${why} ` +
  "Whether it exists already was not checked; `pulumi up` checks it before it writes anything.";

export const noVaultForInstance = (instance: Named): string =>
  `${instanceCalled(instance)}: its vault does not exist: ${instance.vault} returned 404. Create it first, or correct the ` +
  "argument `vault`. If this program creates it, pass the resource itself.";

export const createsInstanceFirst = (instance: Named): string =>
  `${instanceCalled(instance)} would be replaced, and the resource option \`deleteBeforeReplace: false\` makes Pulumi create ` +
  "the new instance first. A data source has one backup instance. Remove the option.";

export const instanceGone = (instance: Named): string =>
  `${instanceCalled(instance)} no longer exists in Azure, so it was not updated. Run \`pulumi refresh\`, and then \`pulumi up\` ` +
  "to create it again.";

export const unknownInstance = (instance: Named, unread: readonly string[]): string =>
  `${instanceCalled(instance)} is not understood by this version: ${unread.join("; ")}. ` +
  "It was left as it is. Use a newer version, or manage this instance elsewhere.";

export const notProtected = (state: string, why: string | undefined): string =>
  `Azure ended the operation, but the state of the instance is ${state || "not shown"}, so it is not backed up.` +
  (why === undefined ? "" : ` Azure's reason: ${why}`);

export const unconfirmedInstance = (instance: Named, why: string): string =>
  `${instanceCalled(instance)} may have been created, but is not known to be backed up: ${why} ` +
  "It is recorded in the stack's state. Run `pulumi up` again to complete it.";

export const notChanged = (instance: Named, names: readonly string[]): string =>
  `${instanceCalled(instance)} was updated, but Azure still shows another ${listed(names.map((name) => `\`${name}\``))} than was ` +
  "sent. Run `pulumi refresh` to see it.";

/** After a deletion. */
export function deletedText(instance: Named, deleted: DeletedBackupInstanceResource | undefined): string {
  const purge = deleted?.properties.deletionInfo?.scheduledPurgeTime;
  if (!deleted)
    return `${instanceCalled(instance)} was deleted, and is not among the soft-deleted instances of its vault.`;
  const until = purge === undefined ? "an unknown time" : `${purge.slice(0, 16).replace("T", " at ")} UTC`;
  return `${instanceCalled(instance)} was deleted. Its backups are soft-deleted, and can be recovered until ${until}.`;
}

export const stoppedText = (instance: Named, way: "stopProtectionRetainData" | "suspend"): string =>
  `${instanceCalled(instance)} is no longer managed: ` +
  (way === "suspend"
    ? "its backup is suspended. Its backups are kept by the policy's retention, "
    : "its backup has stopped. Its backups are kept, ") +
  "and the instance stays in the vault. To manage it again, declare it with `adopt: true`.";

export const withInstanceInError = <T>(instance: Named, work: () => Promise<T>): Promise<T> =>
  withNameInError(instanceCalled(instance), work);
