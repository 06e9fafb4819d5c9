import type { VaultKind } from "../vaults/vaultId.js";
import type { FactName, FactNameOf, FactsOf } from "./facts.js";
import type { StateMachine, States } from "./stateMachine.js";
import type { Transition, VaultOf } from "./transition.js";
import type { Evidence, Operation, Verdict } from "./verdict.js";

/** What a rule is about. The rules of one topic stand in one file. */
export type Topic =
  | "name"
  | "replacement"
  | "move"
  | "datastore"
  | "redundancy"
  | "crossRegionRestore"
  | "crossSubscriptionRestore"
  | "softDelete"
  | "apiVersion"
  | "retention"
  | "immutability"
  | "oneWayChange"
  | "encryption"
  | "infrastructureEncryption"
  | "key"
  | "keyVault"
  | "keyAccess"
  | "keyIdentity"
  | "keyChange"
  | "keyCoverage"
  | "identity"
  | "alerts"
  | "resourceGuard"
  | "deletion";

/** What a rule says of itself: what the catalogue lists, and what pages and reports show. */
export interface RuleText {
  code: string;
  title: string;
  /** What is forbidden or announced, and why. */
  summary: string;
  /** What to do, unless a finding says it more exactly. */
  remediation: string;
  /** The strongest thing that the rule does. */
  decision: "refuse" | "warn";
  evidence: Evidence;
  /** True where a refusal of this rule may rest on `community`, and `accept` turns it into a warning. */
  overridable: boolean;
  source: string;
  /** The live facts that the rule may depend on. */
  needs: readonly (FactName | DependencyFact)[];
  states?: States;
}

/** Facts about what vaults depend on. Their values are handed to the rule itself, not read by name. */
export type DependencyFact = "vaults" | "guards";

/** One rule about one kind of vault: its code, its wording, its source and its judgement in one object. */
export interface Rule<K extends VaultKind> extends Omit<RuleText, "needs" | "states"> {
  topic: Topic;
  resource: K;
  needs: readonly FactNameOf<K>[];
  /** The table that decides, where the rule guards a state machine. */
  states?: StateMachine<K>;
  judge: (change: Change<K>) => Finding[];
}

/** For whoever reads rules and judges nothing. */
export type AnyRule = { [K in VaultKind]: Rule<K> }[VaultKind];

/** In the order in which verdicts are shown. */
export type RulesByKind = { [K in VaultKind]: readonly Rule<K>[] };

/** A transition whose kind is known, with both vaults in canonical spelling. */
export interface Change<K extends VaultKind = VaultKind>
  extends Omit<Transition, "resource" | "facts" | "deletedBy" | "before" | "after"> {
  operation: Operation;
  writes: boolean;
  before?: VaultOf<K>;
  after?: VaultOf<K>;
  facts: FactsOf<K>;
}

/** What a rule found. What it leaves out is the rule's own. */
export type Finding = Pick<Verdict, "decision" | "property" | "from" | "to" | "reason"> &
  Partial<Pick<Verdict, "needs" | "remediation" | "source" | "evidence">>;

/** What may differ between a rule about Backup vaults and the same rule about Recovery Services vaults. */
type Differing<K extends VaultKind> = Omit<Rule<K>, "code" | "topic" | "resource" | "decision">;

/** One rule that both kinds share. What differs is named for each kind. */
type RuleOfBoth = Pick<Rule<VaultKind>, "code" | "topic" | "decision"> & {
  [P in keyof Differing<VaultKind>]: Differing<VaultKind>[P] | { [K in VaultKind]: Differing<K>[P] };
};

const codePrefixes: Record<VaultKind, string> = { BackupVault: "", RecoveryServicesVault: "rsv-" };

/** A rule for each kind of vault. A code about Recovery Services vaults begins with `rsv-`. */
export function ofBothKinds(row: RuleOfBoth): { [K in VaultKind]: Rule<K> } {
  const ofKind = (kind: VaultKind) => {
    const own = Object.entries(row).map(([name, value]) => [name, isPerKind(value) ? value[kind] : value]);
    return { ...Object.fromEntries(own), code: `${codePrefixes[kind]}${row.code}`, resource: kind };
  };
  return { BackupVault: ofKind("BackupVault"), RecoveryServicesVault: ofKind("RecoveryServicesVault") };
}

const isPerKind = (value: unknown): value is Record<VaultKind, unknown> =>
  typeof value === "object" && value !== null && "BackupVault" in value;
