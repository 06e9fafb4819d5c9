import type { Call } from "../http/operation.js";
import { guid, type World } from "../world.js";
import type { Effect, LongRunningOperation } from "./longRunningOperation.js";

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
      message: fault.message ?? "The emulator was told to let this operation fail.",
    };
    operation.inconsistent = fault.kind === "inconsistent";
  }
  world.operations.set(operation.id, operation);
  world.running.add(operation.id);
  forgetOldest(world);
  return operation;
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
