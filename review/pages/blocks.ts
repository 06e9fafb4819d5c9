import type { Verdict } from "../../provider/rules/index.js";
import type { Report, ReviewedResource } from "../report.js";
import { isVaultType } from "../vaults/index.js";
import { cut } from "./escape.js";
import { labelsOf, maxName } from "./headline.js";

const maxValue = 200;

/** A part of a page: blocks of one severity. */
export interface Section {
  title: string;
  /** Readers who read nothing else read this. */
  isOpen: boolean;
  blocks: Block[];
}

/** What a page says about one change, or about several about which it says the same. */
export interface Block {
  /** `EncryptionSettings of`, if the change is not of a vault itself. */
  noun: string;
  names: string[];
  /** `would be deleted` */
  deed: string;
  unchecked?: Said;
  groups: Group[];
}

/** Findings with the same way out. */
export interface Group {
  decision: Verdict["decision"];
  findings: { facts: string[]; reasons: Reason[] }[];
  remediation: Said;
}

/** A sentence, or the name under which the page has said it: empty if that is the same block. */
export type Said = { sentence: string } | { asFor: string };

export interface Reason {
  said: Said;
  rules: Rule[];
}

export type Rule = Pick<Verdict, "code" | "source" | "evidence" | "accepted">;

/** The parts of a page in the order of severity, what would be lost first. No sentence stands twice. */
export function sectionsOf(report: Report): Section[] {
  const { resources } = report;
  const label = labelsOf(resources);
  const said = new Map<string, string>();
  const of = (title: string, isOpen: boolean, those: ReviewedResource[]): Section => ({
    title,
    isOpen,
    blocks: blocksOf(those, label).map((block) => saidOnce(block, said)),
  });
  const graveness = new Map(resources.map((resource) => [resource, gravest(resource)]));
  const with_ = (what: ReturnType<typeof gravest>) =>
    resources.filter((resource) => graveness.get(resource) === what && !resource.destroys);
  return [
    of(
      "Deletions and replacements",
      true,
      resources.filter(({ destroys }) => destroys),
    ),
    of("Refused", true, with_("refuse")),
    of("Not checked", true, with_("unchecked")),
    of("Warnings", false, with_("warn")),
    of("Undecided", false, with_("undecided")),
  ].filter(({ blocks }) => blocks.length > 0);
}

function gravest({ verdicts, unchecked }: ReviewedResource): Verdict["decision"] | "unchecked" | undefined {
  const order = ["refuse", "unchecked", "undecided", "warn"] as const;
  const has = new Set([...verdicts.map(({ decision }) => decision), ...(unchecked === undefined ? [] : ["unchecked"])]);
  return order.find((each) => has.has(each));
}

/** Changes about which there is the same to say share a block. */
function blocksOf(resources: readonly ReviewedResource[], label: (resource: ReviewedResource) => string): Block[] {
  const blocks = new Map<string, Block>();
  for (const resource of resources) {
    const block = blockOf(resource);
    const key = JSON.stringify(block);
    const same = blocks.get(key) ?? block;
    same.names.push(label(resource));
    blocks.set(key, same);
  }
  return [...blocks.values()];
}

function blockOf(resource: ReviewedResource): Block {
  const { type, vaultId, planned, verdicts, unchecked } = resource;
  const noun = cut(type.split(":").at(-1) ?? type, maxName);
  const order = ["refuse", "undecided", "warn"] as const;
  const sorted = order.flatMap((decision) => verdicts.filter((verdict) => verdict.decision === decision));
  const groups = Map.groupBy(sorted, ({ decision, remediation }) => JSON.stringify([decision, remediation]));
  return {
    noun: isVaultType(type) ? "" : vaultId === undefined ? noun : `${noun} of`,
    names: [],
    deed: deedOf(resource),
    ...(unchecked !== undefined && { unchecked: { sentence: unchecked } }),
    groups: [...groups.values()].map((those) => ({
      decision: those[0]?.decision ?? "refuse",
      findings: findingsOf(those, planned),
      remediation: { sentence: those[0]?.remediation ?? "" },
    })),
  };
}

const deeds: Record<ReviewedResource["planned"], string> = {
  create: "would be created",
  update: "would be updated",
  replace: "would be replaced",
  delete: "would be deleted",
};

/** What is planned for a change. */
export function deedOf({ type, planned, destroys, runs }: ReviewedResource): string {
  if (runs) return "would run";
  return isVaultType(type) && planned === "delete" && !destroys ? "would stay in Azure" : deeds[planned];
}

/** What has the same reason stands together, and so do several reasons for the same. */
function findingsOf(verdicts: readonly Verdict[], planned: ReviewedResource["planned"]): Group["findings"] {
  const byReason = [...Map.groupBy(verdicts, ({ reason }) => reason)].map(([reason, those]) => ({
    facts: [...new Set(those.map((verdict) => factOf(verdict, planned)).filter(Boolean))],
    reason: { said: { sentence: reason }, rules: rulesOf(those) },
  }));
  const byFacts = Map.groupBy(byReason, ({ facts }) => JSON.stringify(facts));
  return [...byFacts.values()].map((those) => ({
    facts: those[0]?.facts ?? [],
    reasons: those.map(({ reason }) => reason),
  }));
}

const rulesOf = (verdicts: readonly Verdict[]): Rule[] =>
  [...new Map(verdicts.map((verdict) => [verdict.code, verdict])).values()].map(
    ({ code, source, evidence, accepted }) => ({ code, source, evidence, ...(accepted && { accepted }) }),
  );

/** `immutability: Locked → Unlocked`. If a verdict is about the vault as a whole, what happens to it is in the heading. */
export function factOf({ property, from, to, operation }: Verdict, planned: ReviewedResource["planned"]): string {
  const move = [...new Set([from, to])]
    .filter(Boolean)
    .map((value) => cut(value, maxValue))
    .join(" → ");
  const isPart = planned === "replace" && (operation === "delete" || operation === "create");
  const what = property || (isPart ? { delete: "deletion", create: "creation" }[operation] : "");
  return [what, move].filter(Boolean).join(": ");
}

/** Replaces sentences that the page has said by the name under which it has. */
function saidOnce(block: Block, said: Map<string, string>): Block {
  const name = block.names[0] ?? "";
  const own = new Set<string>();
  const once = (given: Said): Said => {
    if (!("sentence" in given) || given.sentence === "") return given;
    const { sentence } = given;
    const first = said.get(sentence);
    if (first !== undefined) return { asFor: own.has(sentence) ? "" : first };
    said.set(sentence, name);
    own.add(sentence);
    return given;
  };
  return {
    ...block,
    ...(block.unchecked && { unchecked: once(block.unchecked) }),
    groups: block.groups.map((group) => ({
      ...group,
      findings: group.findings.map(({ facts, reasons }) => ({
        facts,
        reasons: mergeReferences(reasons.map(({ said: reason, rules }) => ({ said: once(reason), rules }))),
      })),
      remediation: once(group.remediation),
    })),
  };
}

function mergeReferences(reasons: Reason[]): Reason[] {
  const bySaid = Map.groupBy(reasons, ({ said }) => JSON.stringify(said));
  return [...bySaid.values()].flatMap(([first, ...others]) =>
    first ? [{ said: first.said, rules: [first, ...others].flatMap(({ rules }) => rules) }] : [],
  );
}

/** Notes, each with the resources that it is about. */
export function notesOf({ resources }: Report): { names: string[]; note: string }[] {
  const label = labelsOf(resources);
  const all = resources.flatMap((resource) => resource.notes.map((note) => ({ name: label(resource), note })));
  return [...Map.groupBy(all, ({ note }) => note)].map(([note, those]) => ({
    names: those.map(({ name }) => name),
    note,
  }));
}
