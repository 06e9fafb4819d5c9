import type { Azure, KeyPlace, KeyRights } from "../../azure/index.js";
import { wasAccepted } from "../../azure/index.js";
import { messageOf } from "../run/facts.js";
import type { Grant, KeyAccessInputs } from "./inputs.js";

/**
 * A way to give rights on keys. What is given that way bears a name of ours at Azure, which is written together with it:
 * a run that was killed before Pulumi could record it leaves it known for ours.
 */
export interface Way {
  /** Gives what is missing, and says what was given here, now or before. */
  grant(azure: Azure, inputs: KeyAccessInputs, place: KeyPlace, deadline: number): Promise<Grant>;
  /** Whether there are rights already that bear our name. */
  isGiven(keyRights: KeyRights, inputs: KeyAccessInputs, place: KeyPlace, deadline: number): Promise<boolean>;
  /** Takes away what was given to a principal that is gone, at whatever scope. */
  revokeFromGone(azure: Azure, place: KeyPlace, principalId: string, deadline: number): Promise<void>;
}

export const others = ({ storeId }: KeyPlace): Grant => ({ grantedBy: "Nothing", keyVaultId: storeId });

export const hasAll = async (
  azure: Azure,
  { keyUri, principalId }: KeyAccessInputs,
  deadline: number,
): Promise<boolean> => {
  const { get, wrap, unwrap } = await azure.keyRights.of(keyUri, principalId, { deadline });
  return [get, wrap, unwrap].every((right) => right === "yes");
};

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
