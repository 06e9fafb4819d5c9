import { previewDeadline } from "../../azure/index.js";
import type { Context } from "../../host/context.js";
import type { Properties } from "../../host/serve.js";
import { type Fact, judgeDependency, type Verdict } from "../../rules/index.js";
import { forgetFacts, isShared, orUnreadable, sharedFacts } from "../run/facts.js";
import type { Does, LivePolicy, PolicyInputs, PolicyKind, PolicyUser } from "./kind.js";

/** What uses a policy. */
export const usersOf = <U extends PolicyUser>(policyId: string, all: readonly U[]): U[] =>
  all.filter((each) => each.policyId?.toLowerCase() === policyId.toLowerCase());

/**
 * What a replacement of a policy means for what uses it.
 *
 * @param keepsId the old policy goes before the new one comes. Otherwise it goes last, when the program has perhaps given
 * its users another one
 */
export async function judgeReplacement<I extends PolicyInputs & Properties, C, L extends LivePolicy<C>>(
  kind: PolicyKind<I, C, L>,
  context: Context,
  old: I,
  inputs: I,
  keepsId: boolean,
): Promise<Verdict[]> {
  const users = await usersInPlan(kind, context, old);
  const found = "value" in users ? users.value : [];
  const inUse = judgeDependency(kind.inUse, keepsId ? "replace" : "delete", {
    kind: kind.kind,
    users: keepsId || "unreadable" in users ? users : { value: [] },
    perhaps: keepsId ? [] : found,
  });
  return [...inUse, ...(await judgePlanned(kind, context, old, inputs, "replace"))];
}

/** What the planned change of what a policy does means. Nothing, as long as a part of it is not known. */
export async function judgePlanned<I extends PolicyInputs & Properties, C, L extends LivePolicy<C>>(
  kind: PolicyKind<I, C, L>,
  context: Context,
  old: I,
  inputs: I,
  operation: "change" | "replace",
): Promise<Verdict[]> {
  const [before, after] = [doesOf(kind, old), doesOf(kind, inputs)];
  if (!before || !after) return [];
  const users = () => usersInPlan(kind, context, old);
  const { deadline } = previewDeadline();
  const requests = inputs.resourceGuardOperationRequests ?? [];
  const azure = context.azure();
  const immutability = context.run.immutability.get(old.vault.toLowerCase());
  const planned = immutability === undefined ? {} : { immutability };
  const { vault } = old;
  return kind.judgeChange({ vault, before, after, operation, requests, users, azure, deadline, ...planned });
}

export function doesOf<I extends PolicyInputs & Properties, C, L extends LivePolicy<C>>(
  kind: PolicyKind<I, C, L>,
  inputs: I,
): Does<C> | undefined {
  const content = kind.contentOf(inputs);
  return content && { dataSource: inputs.dataSource, content };
}

/** All plans of a run share what is read; a refusal is confirmed by another look. */
async function usersInPlan<I extends PolicyInputs & Properties, C, L extends LivePolicy<C>>(
  kind: PolicyKind<I, C, L>,
  context: Context,
  { vault, policyId }: I,
): Promise<Fact<PolicyUser[]>> {
  const look = () => orUnreadable(async () => usersOf(policyId, await kind.users(sharedFacts(context), vault)));
  const wasShared = isShared(context);
  const seen = await look();
  if (!wasShared || !("value" in seen) || seen.value.length === 0) return seen;
  forgetFacts(context);
  return look();
}
