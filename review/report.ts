import type { Verdict } from "../provider/rules/index.js";
import type { Provider } from "./vaults/adapters.js";

/** What a review found, as plain data. `docs/review.schema.json` describes it as JSON. */
export interface Report {
  /** Of this form. A new field leaves it as it is. */
  version: 1;
  project?: string;
  stack?: string;
  /**
   * The gravest of all: `refuse` where a change is refused, `unjudged` where something could not be judged at all,
   * `undecided` where a value or a live fact is missing, `warn`, or `clear`.
   */
  decision: "refuse" | "unjudged" | "undecided" | "warn" | "clear";
  counts: Counts;
  /** Everything about vaults that the preview changes, by name. */
  resources: ReviewedResource[];
  /** Why Azure could not be asked, so that what depends on it is undecided. */
  noAccess?: string;
  /** Why the preview ended before its end. There may be changes that it does not show. */
  failures: string[];
}

export interface Counts {
  refused: number;
  warnings: number;
  undecided: number;
  unjudged: number;
  /** Resources about vaults that were looked at. */
  resources: number;
  /** Steps of the preview that are about something else. */
  others: number;
}

export interface ReviewedResource {
  /** Pulumi's name for it. Absent where the preview ended before it. */
  urn?: string;
  type: string;
  provider: Provider;
  /** The vault's name, or Pulumi's name where that is not known yet. */
  name: string;
  /** The vault's ARM id, where it is known. */
  vaultId?: string;
  /** What the engine plans. */
  planned: "create" | "update" | "replace" | "delete";
  verdicts: Verdict[];
  /** What the reader should know besides. */
  notes: string[];
  /** Why it could not be judged: then no verdict says anything. */
  unjudged?: string;
  /** Where the program makes it. */
  position?: Position;
}

export interface Position {
  /** Relative to the project. */
  file: string;
  line: number;
  column: number;
}
