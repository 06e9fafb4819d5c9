import type { DependencyRule, Operation, Verdict } from "../../provider/rules/index.js";
import { unknown } from "../../provider/vaults/ruleVault.js";
import type { PlannedChange } from "../changes/plannedChange.js";
import type { ReviewContext } from "../judgeVault.js";
import type { Dependency } from "../vaults/adapters.js";
import type { Knowledge } from "./known.js";
import type { Reading } from "./reading.js";

/** A change to something that vaults depend on. */
export interface DependencyChange {
  planned: PlannedChange;
  subject: Dependency;
  /** As it is now. */
  old: Reading;
  /** What the program wants. */
  wanted: Reading;
  operation: Operation;
  /** It is deleted in Azure, be it for a replacement. */
  isRemoved: boolean;
  /** This package's provider judged it while the preview ran. It reads more of its own resources than a preview shows. */
  isChecked: boolean;
  known: Knowledge;
  /** The verdicts of one rule on it. */
  judge<F>(rule: DependencyRule<F>, found: F): Verdict[];
  context: ReviewContext;
}

/** Whether the preview hides a value before and after the change, which gives it no other. */
export const isHiddenAsBefore = ({ planned }: Pick<DependencyChange, "planned">, was: unknown, is: unknown): boolean =>
  was === unknown && is === unknown && !planned.hidesDifference;

/** Why a change is open whose values the engine does not know yet. */
export const notKnownYet = "What it would become is only known during `pulumi up`.";
