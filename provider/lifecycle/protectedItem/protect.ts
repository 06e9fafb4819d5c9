import type { Context } from "../../host/context.js";
import { isProtectedItem } from "../../instances/recoveryServices/itemState.js";
import {
  changedInItem,
  type LiveItem,
  type ProtectedItemInputs,
  protectBody,
  readItem,
  undeleteBody,
} from "../../instances/recoveryServices/protectedItem.js";
import { withConsent } from "../protection/guard.js";
import { wayStopped } from "../protection/stopped.js";
import { recordedAs, Unconfirmed, type Unfinished, unfinished } from "../protection/unconfirmed.js";
import { notChanged, verdictText } from "../protection/wording.js";
import { messageOf } from "../run/facts.js";
import { judgeOtherPolicy } from "./otherPolicy.js";
import { itemCalled, notProtectedItem } from "./wording.js";

/** What is recorded of an item besides the inputs. */
export type Kept = {
  instance?: string;
};

/** What a write is for, and what state records if it cannot be confirmed. */
export interface Write {
  id: string;
  inputs: ProtectedItemInputs;
  kept: Kept;
  deadline: number;
}

/** Protects the source by the program's policy: it is created, or resumed. */
export async function createItem(context: Context, write: Write): Promise<LiveItem> {
  return protect(context, write, protectBody(write.inputs));
}

/** Updates an item to match the program, and resumes its backup where that is stopped: one request does both. */
export async function changeItem(context: Context, write: Write, live: LiveItem, isReset: boolean): Promise<LiveItem> {
  const { inputs, deadline } = write;
  const verdicts = await judgeOtherPolicy(context, inputs, live.policyId, deadline, "write");
  const refused = verdicts.filter(({ decision }) => decision !== "warn");
  if (refused.length > 0)
    throw new Error(refused.map((each) => verdictText(each, itemCalled(inputs), ["policyId"])).join("\n"));
  if (changedInItem(inputs, live).length === 0 && !isReset && isProtectedItem(live.state)) return live;
  const { vault, resourceGuardOperationRequests: requests = [] } = inputs;
  const changed = await withConsent(context, { vault, name: itemCalled(inputs) }, requests, deadline, () =>
    protect(context, write, protectBody(inputs, live, isReset)),
  );
  const differing = changedInItem(inputs, changed);
  if (differing.length > 0) await context.warn(notChanged(itemCalled(inputs), differing));
  return changed;
}

/** Brings a soft-deleted item back, and then updates it to match the program. */
export async function bringItemBack(context: Context, write: Write): Promise<LiveItem> {
  const { id, inputs, deadline } = write;
  try {
    await context.azure().recoveryServicesItems.createOrUpdate(id, undeleteBody(inputs), { deadline });
  } catch (error) {
    throw unfinished(whatIs(write), error);
  }
  try {
    const live = await readBack(context, write);
    // It comes back stopped.
    return wayStopped(inputs) === undefined ? await changeItem(context, write, live, false) : live;
  } catch (error) {
    throw recordedAs(whatIs(write), error);
  }
}

/** From the request on it may exist, so every later failure records it as unfinished. */
async function protect(context: Context, write: Write, body: object): Promise<LiveItem> {
  const { id, deadline } = write;
  try {
    await context.azure().recoveryServicesItems.createOrUpdate(id, body, { deadline });
    const live = await readBack(context, write);
    if (isProtectedItem(live.state)) return live;
    throw new Unconfirmed(notProtectedItem(live.state));
  } catch (error) {
    throw unfinished(whatIs(write), error);
  }
}

/** That Azure's operation succeeded does not say that the source is protected. */
async function readBack(context: Context, { id, deadline }: Write): Promise<LiveItem> {
  const found = await context
    .azure()
    .recoveryServicesItems.get(id, { deadline })
    .catch((error: unknown) => {
      throw new Unconfirmed(messageOf(error), { cause: error });
    });
  if (!found) throw new Unconfirmed("Azure does not show it after it was written.");
  return readItem(found.properties);
}

const whatIs = ({ id, inputs, kept }: Write): Unfinished => ({
  id,
  recorded: { ...inputs, ...kept },
  name: itemCalled(inputs),
});
