import fc from "fast-check";
import {
  allRules,
  applyAccept,
  type Facts,
  judge,
  ruleCodes,
  type Verdict,
  describe as wording,
} from "../../provider/rules/index.js";
import { unknown } from "../../provider/vaults/ruleVault.js";
import type { VaultKind } from "../../provider/vaults/vaultId.js";
import { vaultNouns } from "../../provider/vaults/vaultId.js";
import {
  anyFacts,
  anyVault,
  circumstances,
  type Flat,
  factNames,
  factValues,
  knownVault,
  paths,
  toVault,
  values,
} from "./anyVault.js";
import { recoveryHoldings } from "./recoveryTransitions.js";
import { holdings } from "./transitions.js";

const runs = { numRuns: 500 };
const vaultOf = (flat: Flat | undefined) => flat && toVault(flat);

test("whatever is asked, the rules answer, in known words, and change nothing of the question", () => {
  const maybeVault = fc.option(anyVault, { nil: undefined });
  fc.assert(
    fc.property(
      maybeVault,
      maybeVault,
      anyFacts,
      circumstances,
      fc.string(),
      (before, after, facts, rest, apiVersion) => {
        const transition = frozen({ ...rest, apiVersion, before: vaultOf(before), after: vaultOf(after), facts });
        for (const verdict of judge(transition)) {
          expect(ruleCodes).toContain(verdict.code);
          expect(["refuse", "warn", "undecided"]).toContain(verdict.decision);
        }
      },
    ),
    runs,
  );
});

test("every text names the rule, the vault and the source, and no undefined", () => {
  fc.assert(
    fc.property(anyVault, anyVault, anyFacts, circumstances, (before, after, facts, rest) => {
      const verdicts = judge({ ...rest, before: toVault(before), after: toVault(after), facts });
      for (const verdict of applyAccept(verdicts, [...ruleCodes])) {
        const text = wording(verdict, "payroll");
        expect(text.startsWith(`${verdict.code}: `)).toBe(true);
        expect(text).toContain(`${vaultNouns[verdict.resource]} "payroll"`);
        expect(text.endsWith(verdict.source)).toBe(true);
        expect(text).not.toMatch(/\bundefined\b|\bnull\b|\[object|Symbol\(/);
      }
    }),
    runs,
  );
});

test("a vault that stays the same gets no verdict where nothing is written, whatever is known about it", () => {
  fc.assert(
    fc.property(knownVault, anyFacts, circumstances, (flat, facts, rest) => {
      const vaults = { before: toVault(flat), after: toVault(stateless(flat)) };
      expect(judge({ ...rest, ...vaults, facts, writes: false })).toEqual([]);
    }),
    runs,
  );
});

test("of a write that changes nothing that a rule compares, only the vault's own state speaks", () => {
  fc.assert(
    fc.property(knownVault, anyFacts, circumstances, (flat, facts, rest) => {
      const verdicts = judge({ ...rest, before: toVault(flat), after: toVault(stateless(flat)), facts });
      const ofState =
        /^(rsv-)?(update-while-moving|encryption-inconsistent|soft-delete-not-always-on|newer-api-version-needed)$/;
      expect(verdicts.map(({ code }) => code).filter((code) => !ofState.test(code))).toEqual([]);
      const isMoving = !["MoveSucceeded", undefined].includes(flat.resourceMoveState as string | undefined);
      expect(verdicts.some(({ code }) => code.endsWith("update-while-moving"))).toBe(isMoving);
    }),
    runs,
  );
});

/** As a program asks for it: without what only a live vault has. */
const stateless = (flat: Flat): Flat => ({
  ...flat,
  resourceMoveState: undefined,
  lastWriteFailed: undefined,
  isProtectedByResourceGuard: undefined,
  privateEndpoints: undefined,
});

test("a value that is not known yet is never a silent yes", () => {
  const sides = fc.constantFrom("before" as const, "after" as const);
  const nothing = fc.constant(undefined);
  const changes = fc.oneof(
    fc.record({ before: knownVault, after: knownVault }),
    // Few settings differ, so that nothing else is refused.
    fc.record({ before: knownVault, after: nothing }).map(({ before }) => ({ before, after: before })),
    fc.record({ before: nothing, after: knownVault }),
    fc.record({ before: knownVault, after: nothing }),
  );
  fc.assert(
    fc.property(
      changes,
      fc.constantFrom(...paths),
      sides,
      anyFacts,
      circumstances,
      (change, path, side, facts, rest) => {
        const judged = (value: unknown) => {
          const flats = { ...change, [side]: change[side] && { ...change[side], [path]: value } };
          return judge({ ...rest, before: vaultOf(flats.before), after: vaultOf(flats.after), facts });
        };
        const open = judged(unknown).filter(({ decision }) => decision !== "warn");
        for (const value of values[path] ?? []) {
          for (const { code, property, operation } of judged(value).filter(({ decision }) => decision === "refuse")) {
            const answers = open.filter(
              (verdict) =>
                verdict.code === code ||
                // One thing that is not known is said once, by the first rule that hangs on it.
                (verdict.property === property && verdict.operation === operation) ||
                verdict.property === path ||
                // Where the value decides whether the vault is replaced, that is the question.
                (/^(rsv-)?vault-replaced$/.test(verdict.code) && operation !== "change"),
            );
            expect([code, value, answers.length > 0]).toEqual([code, value, true]);
          }
        }
      },
    ),
    runs,
  );
});

test("a fact that is not read is never a silent yes, and one that cannot be read is at least a warning", () => {
  const facts = fc.record(
    Object.fromEntries(
      factNames.map((name) => [name, fc.record({ value: factValues[name] as fc.Arbitrary<unknown> })]),
    ),
  ) as fc.Arbitrary<Facts>;
  const maybeVault = fc.option(knownVault, { nil: undefined });
  fc.assert(
    fc.property(
      maybeVault,
      maybeVault,
      facts,
      fc.constantFrom(...factNames),
      circumstances,
      (before, after, facts, name, rest) => {
        const judged = (fact: object | undefined) =>
          judge({ ...rest, before: vaultOf(before), after: vaultOf(after), facts: { ...facts, [name]: fact } });
        const refusals = (verdicts: Verdict[]) => verdicts.filter(({ decision }) => decision === "refuse");
        const unread = judged(undefined);
        // Of interest is what only this fact refuses.
        if (refusals(judged(facts[name])).length === 0 || refusals(unread).length > 0) return;
        expect(unread.flatMap(({ needs = [] }) => needs)).toContain(name);
        const unreadable = judged({ unreadable: "forbidden to this reader" });
        const isSaid = unreadable.some(
          ({ decision, reason }) => decision === "undecided" || reason.includes("forbidden to this reader"),
        );
        expect(isSaid).toBe(true);
      },
    ),
    { numRuns: 3000 },
  );
});

test("no sequence of allowed steps leaves a one-way state", () => {
  const steps = fc.array(knownVault, { minLength: 2, maxLength: 8 });
  const settings = ["immutability", "softDelete.state", "crossSubscriptionRestore", "encryption.state"] as const;
  const whenAbsent: Partial<Record<string, string>> = { "softDelete.state": "AlwaysON" };
  const oneWay = /^(locked|alwayson|permanentlydisabled)$/i;
  fc.assert(
    fc.property(steps, fc.constantFrom(...settings), circumstances, (vaults, setting, rest) => {
      // Each step sets only the one setting, so that nothing else stands in its way.
      const [first = {}, ...others] = vaults;
      let flat: Flat = { ...first, vaultName: "payroll" };
      for (const next of others) {
        const after = { ...flat, [setting]: next[setting] };
        const facts = { ...holdings.empty, ...recoveryHoldings.empty };
        const verdicts = judge({ ...rest, before: toVault(flat), after: toVault(after), facts });
        if (verdicts.some(({ decision }) => decision !== "warn")) continue;
        // A Recovery Services vault whose program says nothing of soft delete has it always on.
        const state = after[setting] ?? (rest.resource === "RecoveryServicesVault" ? whenAbsent[setting] : undefined);
        if (oneWay.test(String(flat[setting]))) expect(String(state)).toMatch(oneWay);
        flat = after;
      }
    }),
    runs,
  );
});

test("the order in which Azure lists things makes no difference", () => {
  fc.assert(
    fc.property(anyVault, anyVault, anyFacts, circumstances, (before, after, facts, rest) => {
      const forwards = judge({ ...rest, before: toVault(before), after: toVault(after), facts });
      const backwards = judge({
        ...rest,
        before: reversed(toVault(before)),
        after: reversed(toVault(after)),
        facts: reversed(facts),
      });
      expect(backwards).toEqual(forwards);
    }),
    runs,
  );
});

test("a refusal may be overridden exactly where its message says that it is only reported or inferred", () => {
  fc.assert(
    fc.property(anyVault, anyVault, anyFacts, circumstances, (before, after, facts, rest) => {
      const verdicts = judge({ ...rest, before: ofKind(before, rest), after: ofKind(after, rest), facts });
      for (const verdict of verdicts) {
        const isReported =
          verdict.decision === "refuse" && wording(verdict, "payroll").includes("Reported or inferred");
        expect([verdict.code, verdict.overridable]).toEqual([verdict.code, isReported]);
        if (isReported) expect([verdict.code, overridableCodes.includes(verdict.code)]).toEqual([verdict.code, true]);
      }
    }),
    runs,
  );
});

const overridableCodes = allRules.filter(({ overridable }) => overridable).map(({ code }) => code);

/** Only a Backup vault has a datastore type. */
const ofKind = (flat: Flat, { resource }: { resource: VaultKind }) =>
  toVault(resource === "BackupVault" ? flat : { ...flat, datastoreType: undefined });

test("accept overrides a refusal that may be overridden, and nothing else", () => {
  fc.assert(
    fc.property(anyVault, anyVault, anyFacts, circumstances, (before, after, facts, rest) => {
      const verdicts = judge({ ...rest, before: toVault(before), after: toVault(after), facts });
      const accepted = applyAccept(verdicts, [...ruleCodes]);
      expect(accepted).toEqual(
        verdicts.map((verdict) =>
          verdict.overridable && verdict.decision === "refuse"
            ? { ...verdict, decision: "warn", accepted: true }
            : verdict,
        ),
      );
      expect(applyAccept(verdicts, [])).toEqual(verdicts);
    }),
    runs,
  );
});

function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}

/** Every list and every object's keys the other way round. */
function reversed<T>(value: T): T {
  if (Array.isArray(value)) return value.map(reversed).reverse() as T;
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).reverse();
  return Object.fromEntries(entries.map(([key, item]) => [key, reversed(item)])) as T;
}
