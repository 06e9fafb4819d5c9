import type { AzureFacts } from "../../azure/index.js";
import type { Context } from "../../host/context.js";
import {
  applyAccept,
  describe,
  type FactName,
  type Facts,
  judge,
  type Transition,
  type Verdict,
} from "../../rules/index.js";
import { readFacts } from "../readFacts.js";
import { forgetFacts, isShared, sharedFacts } from "../sharedFacts.js";
import type { ProposedChange } from "./proposedChange.js";
import type { VaultInputs, VaultResource } from "./vaultInputs.js";
import type { VaultType } from "./vaultType.js";
import { nameOf } from "./wording.js";

type Judged<I extends VaultInputs, R extends VaultResource> = Pick<
  VaultType<I, R>,
  "kind" | "writtenBy" | "deletedBy" | "multiRequestWrites" | "toRules" | "factLoaders"
>;

/** The rules' answer from what is known already. */
export function evaluateChange<I extends VaultInputs, R extends VaultResource>(
  type: Judged<I, R>,
  proposed: ProposedChange<I, R>,
  facts: Facts = proposed.facts ?? {},
): Verdict[] {
  const { before, after, live, writes, replaces = [], when, isSettled } = proposed;
  const transition: Transition = {
    resource: type.kind,
    before: before && type.toRules(before, live),
    after: after && type.toRules(after),
    facts,
    writes,
    apiVersion: after ? type.writtenBy(after) : type.deletedBy,
    deletedBy: type.deletedBy,
    when,
    isSettled,
    multiRequestWrites: type.multiRequestWrites,
    planned: replaces.length > 0 ? { replaces } : undefined,
    now: Math.floor(Date.now() / 1000),
  };
  return applyAccept(judge(transition), after?.accept ?? []);
}

/** Judge, read what is needed, judge again: a fact is read only when a verdict asks for it. */
export async function evaluate<I extends VaultInputs, R extends VaultResource>(
  type: Judged<I, R>,
  context: Context,
  proposed: ProposedChange<I, R>,
): Promise<Verdict[]> {
  return (await evaluateWithFacts(type, context, proposed)).verdicts;
}

export interface Decided {
  verdicts: Verdict[];
  /** What was read for them. */
  facts: Facts;
}

/** The verdicts, and what was read for them: by all plans of a run together, and anew just before a write. */
export async function evaluateWithFacts<I extends VaultInputs, R extends VaultResource>(
  type: Judged<I, R>,
  context: Context,
  proposed: ProposedChange<I, R>,
): Promise<Decided> {
  if (proposed.when === "write") {
    let fresh: AzureFacts | undefined;
    return evaluateFrom(type, () => (fresh ??= context.azure().factsReadOnce()), proposed);
  }
  const isTold = isShared(context);
  const decided = await evaluateFrom(type, () => sharedFacts(context), proposed);
  if (!isTold || !decided.verdicts.some(({ decision }) => decision === "refuse")) return decided;
  // What others have read may have changed since: nobody is refused on hearsay.
  forgetFacts(context);
  return evaluateFrom(type, () => sharedFacts(context), proposed);
}

async function evaluateFrom<I extends VaultInputs, R extends VaultResource>(
  type: Judged<I, R>,
  read: () => AzureFacts,
  proposed: ProposedChange<I, R>,
): Promise<Decided> {
  let facts: Facts = proposed.facts ?? {};
  for (;;) {
    const verdicts = evaluateChange(type, proposed, facts);
    const asked = new Set(verdicts.flatMap((verdict) => verdict.needs ?? []));
    const missing = [...asked].filter((name): name is FactName => facts[name] === undefined && name !== "vault");
    if (missing.length === 0) return { verdicts, facts };
    facts = { ...facts, ...(await readFacts(type.factLoaders(read, proposed), missing)) };
  }
}

/** Judges against the live vault. What is refused, or cannot be decided, is not written. */
export async function assertChangeAllowed<I extends VaultInputs, R extends VaultResource>(
  type: VaultType<I, R>,
  context: Context,
  proposed: ProposedChange<I, R>,
  vault: { vaultName: string },
): Promise<string[]> {
  const { refused, open, warned } = sentences(await evaluate(type, context, proposed), nameOf(vault));
  if (refused.length + open.length > 0) throw new Error([...refused, ...open].join("\n"));
  return warned;
}

/** The sentences for the user, by what they mean for the change. */
export function sentences(
  verdicts: Verdict[],
  vaultName: string,
  nameBefore = vaultName,
): { refused: string[]; open: string[]; warned: string[] } {
  // What is deleted or replaced is the vault that there is, whatever the new one shall be called.
  const subject = ({ operation }: Verdict) => (/delete|replace/.test(operation) ? nameBefore : vaultName);
  const said = (decision: Verdict["decision"]) =>
    verdicts.filter((verdict) => verdict.decision === decision).map((verdict) => describe(verdict, subject(verdict)));
  return { refused: said("refuse"), open: said("undecided"), warned: said("warn") };
}
