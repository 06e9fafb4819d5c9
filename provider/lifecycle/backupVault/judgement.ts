import { apiVersion, type FactReaders } from "../../azure/index.js";
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
import { factReaders } from "./facts.js";
import type { Question } from "./question.js";
import { toRules } from "./toRules.js";

/** The rules' answer from what is known already. */
export function verdictsOn(question: Question, facts: Facts = question.facts ?? {}): Verdict[] {
  const { before, after, live, when } = question;
  const transition: Transition = {
    resource: "BackupVault",
    before: before && toRules(before, live),
    after: after && toRules(after),
    facts,
    apiVersion,
    when,
    now: Math.floor(Date.now() / 1000),
  };
  return applyAccept(judge(transition), after?.accept ?? []);
}

/** Judge, read what is needed, judge again: a fact is read only when a verdict asks for it. */
export async function decide(context: Context, question: Question): Promise<Verdict[]> {
  return (await decideWithFacts(context, question)).verdicts;
}

interface Decided {
  verdicts: Verdict[];
  /** What was read for them. */
  facts: Facts;
}

/** The verdicts, and what was read for them: by all plans of a run together, and anew just before a write. */
export async function decideWithFacts(context: Context, question: Question): Promise<Decided> {
  if (question.when === "write") {
    let fresh: FactReaders | undefined;
    return decideFrom(() => (fresh ??= context.azure().factsReadOnce()), question);
  }
  const isTold = isShared(context);
  const decided = await decideFrom(() => sharedFacts(context), question);
  if (!isTold || !decided.verdicts.some(({ decision }) => decision === "refuse")) return decided;
  // What others have read may have changed since: nobody is refused on hearsay.
  forgetFacts(context);
  return decideFrom(() => sharedFacts(context), question);
}

async function decideFrom(read: () => FactReaders, question: Question): Promise<Decided> {
  let facts: Facts = question.facts ?? {};
  for (;;) {
    const verdicts = verdictsOn(question, facts);
    const asked = new Set(verdicts.flatMap((verdict) => verdict.needs ?? []));
    const missing = [...asked].filter((name): name is FactName => facts[name] === undefined && name !== "vault");
    if (missing.length === 0) return { verdicts, facts };
    facts = { ...facts, ...(await readFacts(factReaders(read, question), missing)) };
  }
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
