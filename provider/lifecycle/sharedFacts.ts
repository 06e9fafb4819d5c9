import type { AzureFacts } from "../azure/index.js";
import type { Context } from "../host/context.js";
import { perRun } from "../host/perRun.js";

const memory = perRun<{ facts?: AzureFacts }>(() => ({}));

/** Whether somebody has read for a plan of this run before. */
export const isShared = (context: Context): boolean => memory(context).facts !== undefined;

/** What plans of one run read, so that ten vaults with one key ask for it once. Before a write, all is read anew. */
export function sharedFacts(context: Context): AzureFacts {
  const run = memory(context);
  run.facts ??= context.azure().factsReadOnce();
  return run.facts;
}

/** Something was changed that others may have read. */
export const forgetFacts = (context: Context): void => {
  memory(context).facts = undefined;
};
