import type { Operation } from "../../provider/rules/index.js";
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
  known: Knowledge;
  context: ReviewContext;
}
