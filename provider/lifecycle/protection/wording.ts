import { instanceReplaced, itemReplaced, listed, reported, type Verdict } from "../../rules/index.js";
import type { VaultKind } from "../../vaults/vaultId.js";
import { adoptVariable } from "../run/vaults.js";

export type Called<I> = (named: Partial<I>) => string;

/** How a removal from the program keeps the backups. */
export type WayKept = "stopProtectionRetainData" | "suspend";

/** What differs between the kinds of protection, in words. */
export interface ProtectionWords {
  /** As Azure calls it: `backup instance`. */
  noun: string;
  /** `instance` */
  short: string;
  /** Why two cannot protect the same. */
  oneOf: string;
  /** What to do instead of taking over one that exists. */
  otherwise: string;
}

/** @param name such as `Backup instance "disk-1" of Backup vault "payroll"` begins each message */
export const protectionWording = ({ noun, short, oneOf, otherwise }: ProtectionWords) => ({
  twice: (name: string) =>
    `${name} is defined by two resources in this program. Keep one of them, or ${otherwise} for one of them.`,

  sourceTwice: (name: string, source: string) =>
    `${name}: two resources in this program back up ${source}. ${oneOf} Keep one of them.`,

  exists: (name: string, id: string) =>
    `${name} already exists. ` +
    `If an interrupted \`pulumi up\` of this stack created it, adopt it for one run: \`${adoptVariable}='${id}' pulumi up\`. ` +
    "To manage it in this stack, set `adopt: true`; it will be updated to match the program, and backed up again if that was " +
    `stopped. If the resource was renamed in the program, add its old name to \`aliases\`. Otherwise, ${otherwise}.`,

  cannotAdopt: (name: string, differing: readonly string[], unread: readonly string[]) =>
    `${name} cannot be adopted: ` +
    (unread.length > 0
      ? `this version does not know all of it (${unread.join("; ")}).`
      : `its ${quoted(differing)} differs from the program, and Azure cannot change it.`) +
    ` Import it to see what it has, or ${otherwise}.`,

  cannotChange: (name: string, names: readonly string[]) =>
    `${name}: Azure changes ${quoted(names)} of no ${noun}. Nothing was written.`,

  adopts: (name: string, state: string) =>
    `${name} exists (${state}) and is adopted, not created. It is updated to match the program. If another ` +
    `resource in this stack is the same ${short}, for example under an old name, Pulumi only removes that one from its state.`,

  stays: (name: string) =>
    `${name} is left as it is: another resource in this program now manages it. Pulumi only removes this one from its state.`,

  notRead: (name: string, why: string) =>
    `${name} could not be read: ${why} ` +
    "Whether it exists already was not checked; `pulumi up` checks it before it writes anything.",

  noVault: (name: string, vault: string) =>
    `${name}: its vault does not exist: ${vault} returned 404. Create it first, or correct the ` +
    "argument `vault`. If this program creates it, pass the resource itself.",

  createsFirst: (name: string) =>
    `${name} would be replaced, and the resource option \`deleteBeforeReplace: false\` makes Pulumi create ` +
    `the new ${short} first. ${oneOf} Remove the option.`,

  gone: (name: string) =>
    `${name} no longer exists in Azure, so it was not updated. Run \`pulumi refresh\`, and then \`pulumi up\` ` +
    "to create it again.",

  notThere: (id: string) => `${noun.charAt(0).toUpperCase()}${noun.slice(1)} ${id} does not exist.`,

  unknown: (name: string, unread: readonly string[]) =>
    `${name} is not understood by this version: ${unread.join("; ")}. ` +
    `It was left as it is. Use a newer version, or manage this ${short} elsewhere.`,

  /** An import has to have all required arguments. */
  withoutPolicy: (name: string, state: string) =>
    `${name} cannot be imported: its state is ${state}, and Azure shows no policy of it. Declare it in the program with its ` +
    "`policyId` and `adopt: true`; `pulumi up` then resumes its backup, or leaves it stopped with " +
    '`protection: "stopProtectionRetainData"`. Or resume it elsewhere first, and import it then.',

  stops: (name: string, way: WayKept) =>
    way === "suspend"
      ? `${name}: its backup would be suspended. No new backups are made, and those that exist expire by the policy.`
      : `${name}: its backup would be stopped. No new backups are made, and those that exist are kept until they are deleted.`,

  resumes: (name: string, policyId: string) =>
    `${name}: its backup would be resumed. From then on, the policy ${policyId} also decides how long the backups that exist are kept.`,

  waitsForResumption: (name: string, changed: readonly string[]) =>
    `${name}: the new ${quoted(changed)} ${changed.length > 1 ? "take" : "takes"} effect when its backup is resumed.`,

  resumeFirst: (name: string, state: string, way: WayKept) =>
    `${name} cannot go to \`protection: "${way}"\`: its state is ${state}. Resume its backup first, by removing \`protection\` and ` +
    "running `pulumi up`.",

  notStopped: (name: string, state: string | undefined) =>
    `${name}: Azure ended the operation, but the state of the ${short} is ${state ?? "not shown"}, so its backup may continue. Run ` +
    "`pulumi refresh`, and then `pulumi up` again.",

  stopped: (name: string, way: WayKept) =>
    `${name} is no longer managed: ` +
    (way === "suspend"
      ? "its backup is suspended. Its backups are kept by the policy's retention, "
      : "its backup has stopped. Its backups are kept, ") +
    `and the ${short} stays in the vault. To manage it again, declare it with \`adopt: true\`.`,

  deleted: (name: string, why: string) =>
    `${name} was deleted. Whether its backups are soft-deleted, and until when they can be recovered, could not be read: ${why}`,
});

/** For one that does not exist. */
export const nothingToStop = (name: string): string =>
  `${name} does not exist, so it has no backup that could be stopped. Remove \`protection\` to create it.`;

/** A soft-deleted one. */
export const comesBackStopped = (name: string): string =>
  `${name} is soft-deleted, and Azure brings it back stopped, not suspended. Set \`protection: "stopProtectionRetainData"\`, or remove ` +
  "`protection` to resume its backup.";

const regionPages: Record<VaultKind, string> = {
  BackupVault: "https://learn.microsoft.com/azure/backup/create-manage-backup-vault",
  RecoveryServicesVault: "https://learn.microsoft.com/azure/backup/backup-create-recovery-services-vault",
};

/** Before a creation. */
export const sourceElsewhere = (
  name: string,
  kind: VaultKind,
  source: { id: string; region: string },
  vaultRegion: string,
): string =>
  `${name}: what it backs up, ${source.id}, is in ${source.region}, and its vault in ${vaultRegion}. A vault backs up only what is in its ` +
  `own region. Use a vault in ${source.region}. ${regionPages[kind]}`;

export const regionNotChecked = (name: string, why: string): string =>
  `${name}: whether what it backs up is in the vault's region was not checked: ${why}`;

/** After a write of any kind. */
export const unconfirmedProtection = (name: string, why: string): string =>
  `${name} is not known to be backed up as the program says: ${why} ` +
  "It is recorded in the stack's state. Once the cause is corrected, run `pulumi up` again to complete it.";

export const notChanged = (name: string, names: readonly string[]): string =>
  `${name} was updated, but Azure still shows another ${quoted(names)} than was sent. Run \`pulumi refresh\` to see it.`;

/** Until when its backups are kept, after a deletion. @param isOperational they are next to their source. Absent: not known */
export function deletedUntil(name: string, time: string | undefined, isOperational: boolean | undefined): string {
  const until = time === undefined ? "an unknown time" : `${time.slice(0, 16).replace("T", " at ")} UTC`;
  const unless =
    isOperational === undefined
      ? " Backups next to their source, such as snapshots, are not covered by soft delete."
      : "";
  return isOperational
    ? `${name} was deleted. Azure lists it as soft-deleted until ${until}, but soft delete does not cover its backups, which are ` +
        "next to their source."
    : `${name} was deleted. Its backups are soft-deleted, and can be recovered until ${until}.${unless}`;
}

/** What a rule says of one that the program changes or removes. */
export function verdictText(verdict: Verdict, name: string, changed: readonly string[] = []): string {
  const { code, decision, reason, remediation, evidence, source, operation } = verdict;
  const names = changed.length > 0 ? ` to change ${quoted(changed)}` : "";
  const deed = operation === "delete" ? "be deleted" : `be ${operation === "change" ? "updated" : "replaced"}${names}`;
  const headline = {
    refuse: `${name} cannot ${deed}`,
    warn: `${name} would ${deed}`,
    undecided: `cannot determine yet whether ${name} can ${deed}`,
  }[decision];
  const isReplaced = [instanceReplaced.code, itemReplaced.code].includes(code);
  const kept = isReplaced && decision === "undecided" ? " `pulumi up` will not replace it." : "";
  return `${code}: ${headline}. ${reason} ${remediation}${kept} ${evidence === "microsoft" ? "" : `${reported} `}${source}`;
}

const quoted = (names: readonly string[]): string => listed(names.map((name) => `\`${name}\``));
