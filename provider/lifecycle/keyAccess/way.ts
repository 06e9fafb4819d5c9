import type { Azure, KeyPlace, KeyRights } from "../../azure/index.js";
import { wasAccepted } from "../../azure/index.js";
import { messageOf } from "../run/facts.js";
import type { Grant, KeyAccessInputs } from "./inputs.js";

/**
 * A way to grant access to keys. What is granted carries a name that this package chooses, written in the same request, so
 * that it is recognized even if the run is killed before Pulumi records it.
 */
export interface Way {
  /** Grants what is missing, and returns what this package granted, now or earlier. */
  grant(azure: Azure, inputs: KeyAccessInputs, place: KeyPlace, deadline: number): Promise<Grant>;
  /** The access that exists already, if this package granted it. */
  found(keyRights: KeyRights, inputs: KeyAccessInputs, place: KeyPlace, deadline: number): Promise<Grant | undefined>;
  /** Revokes, at any scope, what was granted to a principal that no longer exists. */
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

/** The response was lost, so the access may have been granted: it is recorded, and the next run checks it. */
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

/** @param given what the write grants if it succeeds */
export async function orUnsure(given: Grant, write: () => Promise<void>): Promise<Grant> {
  try {
    await write();
    return given;
  } catch (error) {
    throw wasAccepted(error) ? new UnsureGrant(messageOf(error), given) : error;
  }
}
