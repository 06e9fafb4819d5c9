import { createHash } from "node:crypto";
import type { Effect, LongRunningOperation } from "../state/longRunningOperation.js";
import { guid, type World } from "../state/world.js";
import { ArmError } from "./armError.js";
import type { Call } from "./operation.js";

/** Starts a long-running operation; its effect comes when it ends. */
export function beginOperation({ world, settings, fault, now }: Call, effect: Effect): LongRunningOperation {
  const operation: LongRunningOperation = {
    id: Buffer.from(`${guid()};${guid()}`).toString("base64"),
    effect,
    startTime: now,
    endsAt: now + settings.operationMs,
    ended: false,
  };
  if (settings.uncheckedKeys) operation.takesAnyKey = true;
  if (fault?.kind === "operationNeverEnds") operation.endsAt = Number.POSITIVE_INFINITY;
  if (fault?.kind === "operationFails" || fault?.kind === "inconsistent") {
    operation.failure = {
      code: fault.code ?? "EmulatorFault",
      message: fault.message ?? "A fault of the emulator made this operation fail.",
    };
    operation.inconsistent = fault.kind === "inconsistent";
  }
  world.operations.set(operation.id, operation);
  world.running.add(operation.id);
  forgetOldest(world);
  return operation;
}

/** Ended now, however long it would have taken. What it does to the world is its service's. */
export function markEnded(world: World, operation: LongRunningOperation, now: number): void {
  world.running.delete(operation.id);
  operation.ended = true;
  operation.endsAt = Math.min(operation.endsAt, now);
}

/** Nobody asks for an operation after so many others; an emulator that runs for weeks must not grow. */
const remembered = 10_000;

function forgetOldest({ operations, running }: World): void {
  for (const id of operations.keys()) {
    if (operations.size <= remembered) return;
    if (!running.has(id)) operations.delete(id);
  }
}

/** Operations that take no time are not waited for either. */
export function retryAfter({ settings }: Call, seconds: number): Record<string, string> {
  return { "Retry-After": String(Math.min(seconds, Math.ceil(settings.operationMs / 1000))) };
}

/** `base` is the id of the vault, or of the location for what outlives a vault. */
export function asyncOperation(call: Call, base: string, operation: LongRunningOperation): Record<string, string> {
  return { "Azure-AsyncOperation": operationUrl(call, `${base}/operationStatus/${operation.id}`) };
}

export function asyncLocation(call: Call, base: string, operation: LongRunningOperation): Record<string, string> {
  return { Location: operationUrl(call, `${base}/operationResults/${operation.id}`) };
}

/** Azure signs these addresses, so a client has to use them as they are: with the version that it asked for. */
export function operationUrl({ request, apiVersion, now }: Call, path: string): string {
  const signed = createHash("sha256").update(`${path} ${now}`).digest("base64url");
  const url = new URL(request.origin + path);
  url.search = String(
    new URLSearchParams({
      "api-version": request.query.get("api-version") ?? apiVersion,
      t: String(now),
      c: "emulator",
      s: signed,
      h: signed,
    }),
  );
  return url.href;
}

export function requireOperation({ world, params }: Call<"operationId">): LongRunningOperation {
  const found = world.operations.get(params.operationId);
  if (found !== undefined && !found.isHidden) return found;
  throw operationNotFound(params.operationId);
}

export function operationNotFound(operationId: string): ArmError {
  return new ArmError(404, "OperationNotFound", `The operation '${operationId}' was not found.`);
}
