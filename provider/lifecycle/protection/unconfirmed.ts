import { wasAccepted } from "../../azure/index.js";
import { isPartialResource, PartialResource } from "../../host/serve.js";
import { unconfirmed } from "../../instances/protectionState.js";
import { messageOf } from "../run/facts.js";
import { unconfirmedProtection } from "./wording.js";

/** Azure has carried out a write, and what came of it is not what was asked for, or is not known. */
export class Unconfirmed extends Error {
  override readonly name = "Unconfirmed";
}

const isUnconfirmed = (error: unknown): boolean => (error as Error | undefined)?.name === "Unconfirmed";

/** What state records of it so that the next run completes it. */
export interface Unfinished {
  id: string;
  /** The inputs and what else is recorded. */
  recorded: Record<string, unknown>;
  /** What messages call it. */
  name: string;
}

/**
 * What a failed write leaves. Azure refused it: nothing. It was accepted, or its response was lost: it may exist, and is recorded for the
 * next run.
 */
export const unfinished = (what: Unfinished, error: unknown): unknown =>
  wasAccepted(error) || isUnconfirmed(error) ? recordedAs(what, error) : error;

/** Whatever failed after a first write. */
export const recordedAs = ({ id, recorded, name }: Unfinished, error: unknown): unknown =>
  isPartialResource(error)
    ? error
    : new PartialResource(id, { ...recorded, protectionState: unconfirmed }, [
        unconfirmedProtection(name, messageOf(error)),
      ]);
