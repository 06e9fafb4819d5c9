/** What a tool plans for one resource, whichever tool it is. */
export interface PlannedChange {
  /** Pulumi's URN, Terraform's address, or the ARM ID. */
  address: string;
  /** The resource's name in the program. */
  name: string;
  type: string;
  action: "create" | "update" | "replace" | "delete" | "nothing" | "unknown";
  /** The tool's words for the action. `action`: one of Terraform's, which runs and is no resource. */
  operation: string;
  /** Why it cannot be checked, if the tool does not show enough of it. */
  unchecked?: string;
  /** What the reader of the review should know about it. */
  note?: string;
  /** It may give another value to something that the tool hides before and after. Otherwise, what is hidden stays as it is. */
  hidesDifference?: true;
  /** Whether everything is created and updated before the old resource is deleted. */
  isCreatedFirst: boolean;
  old?: State;
  new?: State;
  /** The properties for which the tool replaces the resource. */
  replaceReasons: string[];
  /** Where the program creates the resource, or created it. */
  position?: Position;
}

/** A resource's properties. Pulumi's marks stand for values that are secret or not known (`values.ts`). */
export interface State {
  id?: string;
  /** Differs from the change's type if the resource had another one. */
  type?: string;
  inputs: Record<string, unknown>;
  outputs: Record<string, unknown>;
  /** The resource is forgotten instead of deleted. */
  retainOnDelete: boolean;
  /** The address of a resource whose deletion takes this one along: together with it, this one is not deleted by itself. */
  deletedWith?: string;
  /** What the deletion of a backup does instead, where it is set to keep its data. */
  keepsBackups?: "stopProtectionRetainData" | "suspend";
  /** The deletion of a vault is set to delete what the vault backs up first. */
  deletesItems?: true;
}

/** Where the program creates a resource. */
export interface Position {
  /** Relative to the project. */
  file: string;
  line: number;
  column: number;
}

/** Whose preview it is. */
export type Tool = "pulumi" | "terraform" | "what-if";

/** The parts of a preview that a review needs. */
export interface Preview {
  tool: Tool;
  stack?: string;
  project?: string;
  /** The changes of the wanted resources, in the order of the preview. */
  changes: PlannedChange[];
  /** The number of other resources. */
  others: number;
  errors: Diagnostic[];
  /** The stack's configuration, if the preview shows it. Secrets are hidden. */
  config: Record<string, unknown>;
}

export interface Diagnostic {
  severity: string;
  message: string;
  /** The resource that it is about. */
  address?: string;
}

/** Which resources a review is about. */
export type IsWanted = (change: Pick<PlannedChange, "type" | "old" | "new">) => boolean;

/**
 * Reads previews of one tool. It is given every part of a document, also of other tools' documents, and returns a preview
 * only if the document is its own.
 */
export interface Reader {
  /** The steps read so far. */
  count(): number;
  /** @throws PreviewError if the part is in its format, but not as this version knows it */
  take(name: string, value: unknown): void;
  /** @throws PreviewError if it is its own document, but not a complete one */
  end(): Preview | undefined;
}

export const fields = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

/** No rule uses tags and the like, however large or secret they are. */
export const isIgnored = (name: string): boolean => name === "tags" || name.startsWith("__");

/**
 * Why a change cannot be checked of which the tool shows no arguments: no difference would be seen. Every resource that is
 * checked has arguments.
 *
 * @param command whose output shows them
 */
export function missingArguments(
  { action, old, new: wanted }: Pick<PlannedChange, "action" | "old" | "new">,
  command: string,
): string | undefined {
  const isEmpty = (state: State | undefined) => !state || Object.keys(state.inputs).length === 0;
  const missing = [
    ...(["update", "replace", "delete"].includes(action) && isEmpty(old) ? ["before"] : []),
    ...(["create", "update", "replace"].includes(action) && isEmpty(wanted) ? ["after"] : []),
  ];
  if (missing.length === 0) return undefined;
  return `The preview does not show its arguments ${missing.join(" and ")} the change. Use the whole output of \`${command}\`.`;
}

/** Terraform's action that stops the backup of an instance, or resumes it. It is no resource, and writes one that may be elsewhere. */
export const protectionAction = "action.azurerm_data_protection_backup_instance_protect";

/** No resource of its own: what a what-if result of a deployment stack says of it. */
export const denySettingsType = "Microsoft.Resources/deploymentStacks/denySettings";
