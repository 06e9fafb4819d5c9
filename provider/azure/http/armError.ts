import { readErrorBody } from "./errorBody.js";

/** Azure answered with an error, at once or as the end of a long-running operation. */
export class ArmError extends Error {
  override readonly name = "ArmError";
  /** HTTP status; 200 where an operation failed after Azure had accepted it. */
  readonly status: number;
  readonly code: string;
  /** Azure's own sentence. */
  readonly reason: string;
  /** Such as `PUT backupVaults/payroll`. */
  readonly operation: string;
  /** For Microsoft's support. */
  readonly requestId?: string;
  readonly recommendedAction: readonly string[];
  /** Azure carried the write out in part, or may have: an operation failed, or an earlier response got lost. */
  readonly accepted: boolean;

  constructor(details: ArmErrorDetails) {
    super(sentence(details));
    // The engine shows a stack to the user, who can do nothing with it.
    this.stack = "";
    this.status = details.status;
    this.code = details.code;
    this.reason = details.message;
    this.operation = details.operation;
    this.requestId = details.requestId;
    this.recommendedAction = details.recommendedAction;
    this.accepted = details.accepted;
  }
}

export const isArmError = (error: unknown): error is ArmError => (error as Error | undefined)?.name === "ArmError";

export interface ArmErrorDetails {
  status: number;
  code: string;
  message: string;
  operation: string;
  requestId?: string;
  recommendedAction: readonly string[];
  accepted: boolean;
}

function sentence({ status, code, message, operation, requestId, recommendedAction }: ArmErrorDetails): string {
  const begin =
    status === 200
      ? `Azure accepted ${operation}, but the operation failed`
      : status === 429
        ? `Azure is throttling ${operation}`
        : status >= 500
          ? `Azure failed to process ${operation}`
          : isRedirect(status)
            ? `Azure's response to ${operation} leads elsewhere, and nothing was sent there`
            : `Azure refused ${operation}`;
  const how = [code !== noCode(status) && code, `HTTP ${status}`, requestId && `request ID ${requestId}`]
    .filter(Boolean)
    .join(", ");
  const todo = [...recommendedAction, advice(status, code, message)].filter(Boolean);
  return [`${begin}: ${withStop(message)}`, ...todo.map((each) => withStop(each ?? "")), `(${how})`].join(" ");
}

function advice(status: number, code: string, message: string): string | undefined {
  switch (code) {
    case "ResourceGroupNotFound":
      return "Create the resource group first, or correct `resourceGroupName`";
    case "SubscriptionNotFound":
    case "InvalidSubscriptionId":
      return "Check the subscription ID, and that you sign in to the tenant of that subscription";
    case "ScopeLocked":
      return "A resource lock forbids it. Find the lock with `az lock list`, and ask its owner to remove it";
    case "MissingSubscriptionRegistration":
      return `Register the resource provider once: az provider register --namespace ${namespaceIn(message) ?? "{namespace}"}`;
  }
  if (status === 401) return "Check that the tenant, client and cloud match this subscription";
  if (status === 403)
    return "Assign the caller Backup Contributor to write vaults and what is in them, Contributor to delete vaults and to stop protection, or Backup Reader for previews; `azure-backup doctor` names each permission that is missing. New role assignments can take several minutes to take effect";
  // Resource Manager gives a reason, and leads nowhere else.
  if ((message === noReason && status !== 200) || isRedirect(status))
    return "Run the command again. If this happens again, check the proxy (HTTPS_PROXY, NO_PROXY) and metadataHost (ARM_METADATA_HOSTNAME)";
  return undefined;
}

const isRedirect = (status: number) => status >= 300 && status < 400;
const noReason = "the response gives no reason";
const noCode = (status: number) => `HTTP${status}`;

/** Azure names what is not registered. */
const namespaceIn = (message: string) => /'(Microsoft\.\w+)'/.exec(message)?.[1];

const withStop = (text: string) => (/[.!?]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`);

/** @param accepted whether Azure carried the write out in part, or may have */
export function readArmError(
  operation: string,
  response: { status: number; headers: Record<string, string>; body: unknown },
  accepted: boolean,
): ArmError {
  const { code, message, recommendedAction } = readErrorBody(response.body);
  return new ArmError({
    status: response.status,
    code: code ?? noCode(response.status),
    message: message ?? noReason,
    operation,
    requestId: response.headers["x-ms-request-id"],
    recommendedAction,
    accepted,
  });
}
