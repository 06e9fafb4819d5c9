import { ArmError } from "./armError.js";

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
  answer: { status: number; headers: Record<string, string>; body: unknown },
  accepted: boolean,
): ArmError {
  const error = errorOf(answer.body);
  const said = error && userFacing(error);
  return new ArmError({
    status: answer.status,
    code: said?.code || error?.code || `HTTP${answer.status}`,
    message: said?.message || error?.message || "the answer gives no reason",
    operation,
    requestId: answer.headers["x-ms-request-id"],
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
