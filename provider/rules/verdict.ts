import type { VaultKind } from "../vaults/vaultId.js";
import type { FactName } from "./facts.js";

/** `replace`: the vault is deleted and another one created, because Azure cannot change what the program changes. */
export type Operation = "create" | "change" | "replace" | "delete";

/** `community`: what others report or what is inferred. No message may claim that Microsoft says so. */
export type Evidence = "microsoft" | "community";

export interface Verdict {
  /** Stable: the same word in errors, pull request comments, docs and tests. */
  code: string;
  /** `undecided`: a value or a live fact is not known yet. */
  decision: "refuse" | "warn" | "undecided";
  resource: VaultKind;
  /** The facts that would decide it. */
  needs?: FactName[];
  /** What is done to the vault. A replacement is also judged as the deletion and the creation that it consists of. */
  operation: Operation;
  /** The argument's path, e.g. `softDelete.state`. Empty where the vault as a whole is meant, as in a deletion. */
  property: string;
  from: string;
  to: string;
  /** One sentence: Azure's reason. */
  reason: string;
  /** What to do. */
  remediation: string;
  /** Microsoft's statement; for `community`, where it is reported. */
  source: string;
  /** `microsoft` where Microsoft says so, `community` where others report it or it is inferred. */
  evidence: Evidence;
  /** True where `accept` turns this refusal into a warning. */
  overridable: boolean;
  /** It was a refusal, and the program accepts it. */
  accepted?: true;
}

/** What can no longer become of one setting of a vault, as the vault is now. */
export interface IrreversibleSetting
  extends Pick<Verdict, "code" | "property" | "reason" | "remediation" | "source" | "evidence" | "needs"> {
  /** The vault's value. */
  state: string;
  /** `undecided`: what it depends on is not known. */
  decision: "refuse" | "undecided";
  /** The states that it cannot go to. */
  notTo: string[];
  /** True where that is all of them: the setting stays as it is. */
  stays: boolean;
}

/** What an auditor keeps score by. */
export interface Control {
  framework: string;
  id: string;
  title: string;
  url: string;
}

/** A control that a vault does not satisfy, and the values that would. */
export interface UnmetControl extends Control {
  satisfiedBy: readonly string[];
}
