import { type Facts, rules, type Vault } from "../../provider/rules/index.js";
import { type Live, review } from "../../review/index.js";
import { examples } from "../rules/examples.js";
import { goodKey, holdings, type Question, vault } from "../rules/transitions.js";
import { type Family, families } from "./families.js";
import { preview, type StepOf, vaultId } from "./previews.js";

const ruleCodes = rules.filter(({ resource }) => resource === "BackupVault").map(({ code }) => code);

/** Azure, as far as an example says what it knows. The vault itself is as the last `up` left it. */
const knowing = (facts: Facts): Live => ({
  vault: async () => ({ unreadable: "403 Forbidden" }),
  facts: async (_, names) =>
    Object.fromEntries(names.map((name) => [name, facts[name] ?? { unreadable: "403 Forbidden" }])) as Facts,
});

/** What the engine would show of it under one provider. Nothing where the provider cannot say it. */
function stepOf(family: Family, { before, after, apiVersion }: Question): StepOf | undefined {
  const [old, wanted] = [before && family.inputs(before), after && family.inputs(after)];
  if ((before && !old) || (after && !wanted)) return undefined;
  const { outputs, replaceReasons } = family;
  const type = apiVersion ? family.typeOf(apiVersion) : family.type;
  if (!type) return undefined;
  const reasons = before && after ? replaceReasons(before, after) : [];
  const op = !before ? "create" : !after ? "delete" : reasons.length > 0 ? "replace" : "update";
  return {
    op,
    type,
    name: "payroll",
    id: vaultId(),
    old,
    outputs: before && outputs(before),
    new: wanted,
    replaceReasons: reasons,
  };
}

async function codesOf(step: StepOf, facts: Facts): Promise<string[]> {
  const report = await review(preview(step), { live: knowing(facts), now: 1_800_000_000 });
  expect(report.counts).toMatchObject({ unjudged: 0, resources: 1 });
  return report.resources.flatMap(({ verdicts }) => verdicts.map(({ code }) => code));
}

/** Azure would change these, and this provider makes another vault of them, which is judged as that. */
const orReplaced = (step: StepOf, code: string) => (step.op === "replace" ? [code, "vault-replaced"] : [code]);

/** The same kind of step in which nothing is wrong. */
function harmless({ before, after }: Question): { question: Question; facts: Facts } {
  const nothing: Facts = { ...goodKey, ...holdings.empty, policies: { value: [] } };
  if (before && after) return { question: { before, after: before }, facts: nothing };
  return { question: before ? { before: vault, after: undefined } : { after: vault }, facts: nothing };
}

/** Where a provider breaks a rule only in another way than the rule's example: its api-version is older. */
const elsewhere: Vault = { ...vault, location: "eastasia" };
const instead: Record<string, Record<string, Question>> = {
  "azure classic": {
    "soft-delete-off-by-api-version": {
      before: elsewhere,
      after: { ...elsewhere, softDelete: { state: "Off", retentionDurationInDays: 14 } },
    },
  },
};

/** What a provider's arguments have no words for, or its own checks take care of. */
const unsaid: Record<string, string[]> = {
  "azure-backup": ["infrastructure-encryption-needs-cmk", "update-while-moving", "delete-with-soft-deleted"],
  "azure-native": [],
  "azure classic": [
    "csr-permanently-disabled",
    "cmk-disabled",
    "cmk-removed",
    "cmk-system-identity-at-create",
    "infrastructure-encryption-fixed",
    "infrastructure-encryption-needs-cmk",
    "key-and-identity-together",
    "old-key-unreachable",
    "kek-identity-removed",
    "kek-identity-not-attached",
    "kek-identity-shape",
    "cmk-key-missing",
    "cmk-key-type",
    "cmk-key-unusable",
    "key-vault-soft-delete-off",
    "key-vault-purge-protection-off",
    "cmk-access-missing",
    "cmk-user-identity-restricted-key-vault",
    "cmk-user-identity-private-endpoint",
    "cmk-operational-tier",
    "encryption-inconsistent",
    "move-while-cmk",
    "update-while-moving",
    "resource-guard-required",
    "delete-cmk-broken",
    "cmk-dependency-deleted-first",
  ],
};

describe.each(Object.entries(families))("%s", (name, family) => {
  const said = ruleCodes.flatMap((code) => {
    const question = { ...examples[code], ...instead[name]?.[code] } as Question;
    const step = question && stepOf(family, question);
    return step ? [{ code, question, step }] : [];
  });

  test("every rule that the provider's arguments can break is among those that are tried", () => {
    const tried = said.map(({ code }) => code);
    expect(ruleCodes.filter((code) => !tried.includes(code))).toEqual(unsaid[name]);
  });

  test.each(said)("a change that breaks $code is found", async ({ code, question, step }) => {
    const found = await codesOf(step, question.facts ?? {});
    expect(orReplaced(step, code).some((each) => found.includes(each)) ? code : found).toBe(code);
  });

  test.each(said)("a change that keeps $code is not held against it", async ({ code, question }) => {
    const { question: good, facts } = harmless(question);
    const step = stepOf(family, good) as StepOf;
    expect(await codesOf(step, facts)).not.toContain(code);
  });
});
