import type { OperationOptions } from "../../azure/index.js";
import type { Context } from "../../host/context.js";
import type { FromProgram } from "../../host/fromProgram.js";
import type { Properties } from "../../host/serve.js";
import type { Verdict } from "../../rules/index.js";
import type { Problem } from "../../vaults/values.js";
import type { Prerequisites } from "../vault/prerequisites.js";
import type { StateKind } from "./stopped.js";
import type { ProtectionWords, WayKept } from "./wording.js";

/** What a program says of each. Any value may be the engine's text for "not known yet". */
export type ProtectionInputs = {
  vault: string;
  policyId: string;
  protection?: "protect" | WayKept;
  onDelete?: "delete" | WayKept;
  adopt?: boolean;
  undelete?: boolean;
  timeouts?: { create?: string; update?: string; delete?: string; permission?: string };
};

/** What state records besides the inputs. */
export type Kept = {
  instance?: string;
};

export type Recorded<I, K extends Kept> = I & K & { protectionState?: string };

/** As Azure has it. */
export interface LiveProtection {
  state: string;
  /** Absent where its protection has stopped. */
  policyId?: string;
  /** What this version does not know of it. */
  unread: string[];
}

export interface Found<L> {
  id: string;
  live: L;
  /** It is soft-deleted, and stands under its ID all the same. */
  isDeleted?: boolean;
}

export interface Written<L, K> {
  id: string;
  live: L;
  kept: K;
}

/** How a new one or a change would fare, in a preview. */
export interface Outlook {
  failures: string[];
  notes: string[];
  /** What the rules say of it. */
  verdicts?: Verdict[];
}

/** What a kind of protection consists of. */
export interface Protection<
  I extends ProtectionInputs & Properties,
  L extends LiveProtection,
  K extends Kept & Properties,
> {
  words: ProtectionWords;
  called(named: Partial<I>): string;
  /** What an error calls one of which only the ID is known. Throws for what is no such ID. */
  calledById(id: string): string;
  /** The arguments of which another value makes another one. */
  fixed: readonly (keyof I & string)[];
  /** What an update writes. */
  written: readonly (keyof I & string)[];
  parse(news: Properties, olds: Partial<I>): { inputs: I; problems: Problem[] };
  /** What two resources of a program cannot both be. Unknown where the engine does not know it yet. */
  keyOf(inputs: I): string;
  /** What is backed up. A program protects it once. */
  sourceOf(inputs: I): string;
  /** What has parts of which a vault protects all, if it protects one. */
  inOneVault?: {
    whole(inputs: I): string | undefined;
    /** @param vault in which another resource of the program has a part */
    text(inputs: I, vault: string): string;
  };
  /** Whether another vault protects a new one, in a preview. */
  elsewhereInPreview?(context: Context, inputs: I): Promise<Prerequisites>;
  /** The ARM ID of what has to be in the vault's region. Undefined: its region is looked at elsewhere. */
  regional(inputs: I): string | undefined;
  /** The one that the inputs name. Plans share what they read; before a creation, it is read anew. */
  find(context: Context, inputs: I, when: "plan" | "write", options: OperationOptions): Promise<Found<L> | undefined>;
  /** Undefined: Azure says that it is gone. */
  read(context: Context, id: string, options: OperationOptions): Promise<L | undefined>;
  /** The fixed arguments that Azure has otherwise. */
  differing(inputs: I, live: L): string[];
  /** @param deleted what stands in its place */
  outlook(context: Context, inputs: I, program: FromProgram, deleted?: Found<L>): Promise<Outlook>;
  /** Whether its policy is for what it backs up. Before what the run still has to make, only a policy of the program is looked at. */
  policyInPreview(context: Context, inputs: I, program: FromProgram): Promise<Prerequisites>;
  /**
   * What the rules say of a change in place, by the live vault. Judged where something that is written changes.
   *
   * @param old as the program had it, or as Azure has it
   */
  judgeChange(context: Context, old: I, inputs: I): Promise<Verdict[]>;
  judgeReplacement(context: Context, old: I, changed: readonly string[], open: readonly string[]): Promise<Verdict[]>;
  judgeDeletion(context: Context, old: I & Kept, found: L, deadline: number): Promise<Verdict[]>;
  verdictText(verdict: Verdict, old: I, changed?: readonly string[]): string;
  /** What Azure's state means. Undefined: a state that this version does not know, or none. */
  stateOf(state: unknown): StateKind | undefined;
  /** Why its backup cannot be stopped this way. In a plan, the vault is as the run leaves it. */
  whyNotStopped(
    context: Context,
    inputs: I,
    stop: { way: WayKept; argument: "protection" | "onDelete"; when: "plan" | "write"; deadline: number },
  ): Promise<string | undefined>;
  /** Whether state records one whose creation could not be confirmed: it may not exist. */
  isUnconfirmed(state: unknown): boolean;
  /** What an earlier run recorded besides the inputs. */
  keptIn(recorded: Recorded<I, K>): K;
  /** Creates it, brings it back, or takes over the one that was found. */
  create(
    context: Context,
    inputs: I,
    found: Found<L> | undefined,
    more: { instance: string; deadline: number },
  ): Promise<Written<L, K>>;
  /** @param found absent where an unconfirmed creation left nothing */
  change(
    context: Context,
    inputs: I,
    found: L | undefined,
    more: { id: string; old: I; kept: K; deadline: number },
  ): Promise<Written<L, K>>;
  inputsOf(id: string, live: L, recorded: I | undefined): Partial<I>;
  /** The path of all that others read of what a creation changes. Absent: not known. */
  changes?(inputs: I): string;
  /** Stops backup and keeps the backups. */
  stop(context: Context, old: Recorded<I, K>, found: Found<L>, way: WayKept, deadline: number): Promise<void>;
  delete(context: Context, old: Recorded<I, K>, id: string, deadline: number): Promise<void>;
  /** Takes back what was made for it. Safe to repeat. */
  afterDeletion(context: Context, old: Recorded<I, K>, deadline: number): Promise<void>;
  /** What is left of its backups. @param was as it was before */
  deletedText(context: Context, old: Recorded<I, K>, was: Found<L>, deadline: number): Promise<string>;
}

/** What becomes of it in Azure when it is removed from the program. Only a deletion loses backups. */
export const whenRemoved = ({ onDelete = "stopProtectionRetainData" }: Pick<ProtectionInputs, "onDelete">) => onDelete;
