import { type Maybe, unknown, type Vault } from "../vaults/ruleVault.js";
import type { VaultKind } from "../vaults/vaultId.js";
import { judge } from "./judge.js";
import type { Rule } from "./rule.js";
import { rules } from "./rules.js";
import { isUnrecognized, type StateMachine, type States, stateOf } from "./stateMachine.js";
import type { Transition } from "./transition.js";
import type { IrreversibleSetting, Verdict } from "./verdict.js";

interface Given extends Omit<Transition, "before" | "after" | "apiVersion"> {
  /** By what the vault would be, where that decides how it is written. */
  apiVersion: string | ((after: Vault) => string);
}

/**
 * Which of a live vault's settings cannot go everywhere any more: every move of every state machine is judged. What a
 * new vault could not have either, such as cross-region restore without geo-redundancy, is not irreversible, unless the
 * vault is in its terminal state. Neither is what the owner of a resource guard can allow.
 */
export function irreversibleSettings(vault: Vault, given: Given): IrreversibleSetting[] {
  const allowed = { ...vault, isProtectedByResourceGuard: false };
  return machinesOf(given.resource).flatMap((machine) => irreversibleMoves(machine, allowed, given));
}

/** The state machines of the rules, without those that several rules share. */
const machines: { [K in VaultKind]: readonly StateMachine<K>[] } = {
  BackupVault: machinesIn(rules.BackupVault),
  RecoveryServicesVault: machinesIn(rules.RecoveryServicesVault),
};

function machinesOf<K extends VaultKind>(kind: K): readonly StateMachine<K>[] {
  return machines[kind];
}

function machinesIn<K extends VaultKind>(ofKind: readonly Rule<K>[]): StateMachine<K>[] {
  return [...new Set(ofKind.flatMap(({ states }) => states ?? []))];
}

/**
 * A vault as of some time ago, whose settings may have been made permanent since: those of them that a change weakens are
 * not known. The tables have the weakest state first.
 *
 * @param decided the properties that are refused whatever happened since
 */
export function outdated(
  kind: VaultKind,
  { before, after }: { before: Vault; after: Vault },
  decided: string[],
): Vault {
  return machinesOf(kind).reduce((vault, machine) => {
    if (machine.terminalStates.length === 0) return vault;
    const [from, to] = [stateOf(machine, before), stateOf(machine, after)];
    if (typeof from !== "string" || isTerminalState(machine, from)) return vault;
    const states = Object.keys(machine.moves);
    // What is not known yet may be the weakest state.
    const isWeakened = (typeof to === "string" ? states.indexOf(to) : 0) < states.indexOf(from);
    return isWeakened && !decided.includes(machine.property) ? inState(machine, vault, unknown) : vault;
  }, before);
}

function irreversibleMoves(machine: StateMachine, vault: Vault, given: Given): IrreversibleSetting[] {
  const state = stateOf(machine, vault);
  if (state === unknown || isUnrecognized(machine, state)) return [];
  const targets = targetsOf(machine, state);
  const against = targets.flatMap((target) => {
    const after = inState(machine, vault, target);
    const apiVersion = typeof given.apiVersion === "string" ? given.apiVersion : given.apiVersion(after);
    const never = isTerminalState(machine, state) ? [] : judge({ ...given, apiVersion, after }).filter(isAgainst);
    const verdicts = judge({ ...given, apiVersion, before: vault, after }).filter(isAgainst);
    const verdict = verdicts.find(
      ({ property, code }) => property === machine.property && !never.some((each) => each.code === code),
    );
    return verdict ? [{ target, verdict }] : [];
  });
  return (["refuse", "undecided"] as const).flatMap((decision) => {
    const found = against.filter(({ verdict }) => verdict.decision === decision);
    const [first] = found;
    if (!first) return [];
    const { code, property, reason, remediation, source, evidence, needs } = first.verdict;
    const notTo = found.map(({ target }) => target);
    const stays = notTo.length === targets.length;
    return [{ code, property, state, decision, notTo, stays, reason, remediation, source, evidence, needs }];
  });
}

const isTerminalState = ({ terminalStates }: States, state: string): boolean => terminalStates.includes(state);

const isAgainst = ({ decision }: Verdict): boolean => decision !== "warn";

/** Where somebody may want the setting. From one state without a way back to another one is no way out. */
function targetsOf(machine: States, state: string): string[] {
  const others = Object.keys(machine.moves).filter((each) => each !== state);
  // Leaving a setting out is a wish of its own only where it is another state than all that can be written.
  const wanted = others.filter(
    (each) => each !== "unset" || machine.whenAbsent !== "unset" || isTerminalState(machine, state),
  );
  return isTerminalState(machine, state) ? wanted.filter((each) => !isTerminalState(machine, each)) : wanted;
}

function inState({ property, path = property }: States, vault: Vault, state: Maybe<string>): Vault {
  const [first = "", second] = path.split(".");
  if (state === "unset") return { ...vault, [first]: undefined };
  const around = Object.entries(vault).find(([name]) => name === first)?.[1] as object | undefined;
  return { ...vault, [first]: second ? { ...around, [second]: state } : state };
}
