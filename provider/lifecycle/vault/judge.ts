import type { AzureFacts } from "../../azure/index.js";
import type { Context } from "../../host/context.js";
import {
  applyAccept,
  describe,
  type Evaluated,
  evaluateWithFacts as evaluateTransition,
  type FactName,
  type Facts,
  judge,
  type Transition,
  type Verdict,
} from "../../rules/index.js";
import type { Body } from "../../vaults/body.js";
import type { SomeSettings } from "../../vaults/definitions.js";
import { forRules, liveState } from "../../vaults/ruleVault.js";
import { forgetFacts, isShared, readFacts, sharedFacts } from "../run/facts.js";
import { factLoaders, type VaultService } from "./services.js";
import { nameOf } from "./wording.js";

/** What shall become of which vault. */
export interface ProposedChange {
  id: string;
  before?: SomeSettings;
  after?: SomeSettings;
  /** The vault as Azure answered it, where it could be read. */
  live?: Body;
  /** Whether anything will be sent to Azure. */
  writes: boolean;
  /** The arguments for which the vault is deleted and another one created. */
  replaces?: readonly string[];
  when: "plan" | "write";
  /** Nothing that this waits for is still to be made in the run: what is missing in its plan is missing. */
  isSettled?: boolean;
  /** When the facts must be read, as `Date.now()` counts. @default a minute each: a preview has no timeouts */
  deadline?: number;
  /** Facts that are known beforehand, such as why the vault could not be read. */
  facts?: Facts;
}

function transitionOf(type: VaultService, proposed: ProposedChange, facts: Facts): Transition {
  const { before, after, live, writes, replaces = [], when, isSettled } = proposed;
  return {
    resource: type.kind,
    before: before && forRules(type, before, live && liveState[type.kind](live)),
    after: after && forRules(type, after),
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
}

/** The rules' answer from what is known already. */
export const evaluateChange = (
  type: VaultService,
  proposed: ProposedChange,
  facts: Facts = proposed.facts ?? {},
): Verdict[] => applyAccept(judge(transitionOf(type, proposed, facts)), proposed.after?.accept ?? []);

export async function evaluate(type: VaultService, context: Context, proposed: ProposedChange): Promise<Verdict[]> {
  return (await evaluateWithFacts(type, context, proposed)).verdicts;
}

/** The verdicts, and what was read for them: by all plans of a run together, and anew just before a write. */
export async function evaluateWithFacts(
  type: VaultService,
  context: Context,
  proposed: ProposedChange,
): Promise<Evaluated> {
  const by = (read: () => AzureFacts) => {
    const transition = transitionOf(type, proposed, proposed.facts ?? {});
    const load = (names: FactName[]) => readFacts(factLoaders(type, read, proposed), names);
    return evaluateTransition(transition, proposed.after?.accept ?? [], load);
  };
  if (proposed.when === "write") {
    let fresh: AzureFacts | undefined;
    return by(() => (fresh ??= context.azure().factsReadOnce()));
  }
  const wasShared = isShared(context);
  const evaluated = await by(() => sharedFacts(context));
  if (!wasShared || !evaluated.verdicts.some(({ decision }) => decision === "refuse")) return evaluated;
  // What others have read may have changed since: nobody is refused on hearsay.
  forgetFacts(context);
  return by(() => sharedFacts(context));
}

/** Judges against the live vault. What is refused, or cannot be decided, is not written. */
export async function assertChangeAllowed(
  type: VaultService,
  context: Context,
  proposed: ProposedChange,
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
