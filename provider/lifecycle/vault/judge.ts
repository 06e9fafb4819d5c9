import type { AzureFacts } from "../../azure/index.js";
import type { Context } from "../../host/context.js";
import {
  applyAccept,
  describe,
  type Evaluated,
  evaluateWithFacts as evaluateTransition,
  type FactName,
  type Facts,
  isOnlyKnownAtUp,
  judge,
  type Transition,
  type Verdict,
} from "../../rules/index.js";
import type { Body } from "../../vaults/body.js";
import type { SomeSettings } from "../../vaults/definitions.js";
import { forRules, liveState } from "../../vaults/ruleVault.js";
import { forgetFacts, isShared, readFacts, sharedFacts } from "../run/facts.js";
import { isGranted } from "../run/program.js";
import { factLoaders, type VaultService } from "./services.js";
import { nameOf } from "./wording.js";

/** A change of a vault, to be judged. */
export interface ProposedChange {
  id: string;
  before?: SomeSettings;
  after?: SomeSettings;
  /** The vault as Azure returned it, where it could be read. */
  live?: Body;
  /** Whether anything will be sent to Azure. */
  writes: boolean;
  /** The arguments for which the vault is deleted and another one created. */
  replaces?: readonly string[];
  when: "plan" | "write";
  /** All resources that this one depends on exist already, so what is missing at preview is really missing. */
  isSettled?: boolean;
  /** When the facts must have been read, as in `Date.now()`. @default a minute each: a preview has no timeouts */
  deadline?: number;
  /** Facts that are known already, such as why the vault could not be read. */
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

/** The verdicts from the facts that are known already. */
export const evaluateChange = (
  type: VaultService,
  proposed: ProposedChange,
  facts: Facts = proposed.facts ?? {},
): Verdict[] => applyAccept(judge(transitionOf(type, proposed, facts)), proposed.after?.accept ?? []);

export async function evaluate(type: VaultService, context: Context, proposed: ProposedChange): Promise<Verdict[]> {
  return (await evaluateWithFacts(type, context, proposed)).verdicts;
}

/** The verdicts, and the facts that were read for them: shared by all plans of a run, and read again before a write. */
export async function evaluateWithFacts(
  type: VaultService,
  context: Context,
  proposed: ProposedChange,
): Promise<Evaluated> {
  const by = (read: () => AzureFacts) => {
    const transition = transitionOf(type, proposed, proposed.facts ?? {});
    const granted = (key: string, principalId: string | undefined) => isGranted(context, key, principalId);
    const about = proposed.when === "plan" ? { ...proposed, granted } : proposed;
    const load = (names: FactName[]) => readFacts(factLoaders(type, read, about), names);
    return evaluateTransition(transition, proposed.after?.accept ?? [], load);
  };
  if (proposed.when === "write") {
    let fresh: AzureFacts | undefined;
    return by(() => (fresh ??= context.azure().factsReadOnce()));
  }
  const wasShared = isShared(context);
  const evaluated = await by(() => sharedFacts(context));
  if (!wasShared || !evaluated.verdicts.some(({ decision }) => decision === "refuse")) return evaluated;
  // The shared facts may be out of date, so a refusal is confirmed with fresh ones.
  forgetFacts(context);
  return by(() => sharedFacts(context));
}

/** Judges against the live vault, and throws if the change is refused or undecided. */
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

/**
 * The verdicts that a preview shows: not what is merely told of a setting whose change is refused, and not that the program
 * creates a key or its identity in the same run.
 */
export function worthSaying(verdicts: Verdict[]): Verdict[] {
  const refused = verdicts.filter(({ decision }) => decision === "refuse").map(({ property }) => property);
  const isTold = ({ decision, property }: Verdict) => decision === "warn" && refused.includes(property);
  const isCreated = (verdict: Verdict) => isOnlyKnownAtUp(verdict) && madeInRun.includes(verdict.property);
  return verdicts.filter((verdict) => !isTold(verdict) && !isCreated(verdict));
}

const madeInRun = ["encryption.keyUri", "encryption.identity"];

/** The verdicts in words, by decision. */
export function sentences(
  verdicts: Verdict[],
  vaultName: string,
  nameBefore = vaultName,
): { refused: string[]; open: string[]; warned: string[] } {
  // A deletion or replacement is about the existing vault, whatever the new name is.
  const subject = ({ operation }: Verdict) => (/delete|replace/.test(operation) ? nameBefore : vaultName);
  return byDecision(verdicts, (verdict) => describe(verdict, subject(verdict)));
}

/** The verdicts in words, by what follows from them. */
export function byDecision(
  verdicts: readonly Verdict[],
  text: (verdict: Verdict) => string,
): { refused: string[]; open: string[]; warned: string[] } {
  const said = (decision: Verdict["decision"]) => verdicts.filter((verdict) => verdict.decision === decision).map(text);
  return { refused: said("refuse"), open: said("undecided"), warned: said("warn") };
}
