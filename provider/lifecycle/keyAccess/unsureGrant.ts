import { wasAccepted } from "../../azure/index.js";
import { messageOf } from "../messageOf.js";
import type { Grant } from "./inputs.js";

/** The answer was lost, so these rights may have been given: they are recorded, and the next run looks again. */
class UnsureGrant extends Error {
  override readonly name = "UnsureGrant";
  constructor(
    message: string,
    readonly given: Grant,
  ) {
    super(message);
  }
}

export const isUnsure = (error: unknown): error is UnsureGrant => (error as Error | undefined)?.name === "UnsureGrant";

/** @param given what the write gives, if it has its effect */
export async function orUnsure(given: Grant, write: () => Promise<void>): Promise<Grant> {
  try {
    await write();
    return given;
  } catch (error) {
    throw wasAccepted(error) ? new UnsureGrant(messageOf(error), given) : error;
  }
}
