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
          : `Azure refused ${operation}`;
  const how = [code, `HTTP ${status}`, requestId && `request ID ${requestId}`].filter(Boolean).join(", ");
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
  return undefined;
}

/** Azure names what is not registered. */
const namespaceIn = (message: string) => /'(Microsoft\.\w+)'/.exec(message)?.[1];

const withStop = (text: string) => (/[.!?]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`);

/** An error body as ARM and its services write it; every part may be missing or null. */
interface ErrorBody {
  code?: string | null;
  message?: string | null;
  details?: ErrorBody[] | null;
  additionalInfo?: { type?: string; info?: UserFacing | null }[] | null;
  innererror?: ErrorBody | null;
  innerError?: ErrorBody | null;
}

interface UserFacing {
  code?: string | null;
  message?: string | null;
  recommendedAction?: string[] | null;
}

export function readArmError(
  operation: string,
  response: { status: number; headers: Record<string, string>; body: unknown },
  accepted: boolean,
): ArmError {
  const error = errorOf(response.body);
  const said = error && userFacing(error);
  return new ArmError({
    status: response.status,
    code: said?.code || error?.code || `HTTP${response.status}`,
    message: said?.message || error?.message || "the response gives no reason",
    operation,
    requestId: response.headers["x-ms-request-id"],
    recommendedAction: said?.recommendedAction ?? [],
    accepted,
  });
}

/** ARM wraps it in `error`; some services do not. */
function errorOf(body: unknown): ErrorBody | undefined {
  if (typeof body !== "object" || body === null) return undefined;
  const { error } = body as { error?: unknown };
  return (typeof error === "object" && error !== null ? error : body) as ErrorBody;
}

/** Microsoft.DataProtection puts the useful text into `additionalInfo[].info`, here or some levels down. */
function userFacing(error: ErrorBody, depth = 0): UserFacing | undefined {
  if (depth > 5) return undefined;
  for (const { info } of error.additionalInfo ?? []) if (info?.message) return info;
  for (const inner of [...(error.details ?? []), error.innererror, error.innerError]) {
    const found = inner && userFacing(inner, depth + 1);
    if (found) return found;
  }
  return undefined;
}
