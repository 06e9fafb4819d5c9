import type { Azure } from "../../azure/index.js";
import type { Fact, FactName, Facts } from "../../rules/index.js";
import { messageOf } from "../messageOf.js";
import type { Question } from "./question.js";

/** Reads the facts that verdicts asked for, all at once. What cannot be read says why; nothing is thrown. */
export async function readFacts(azure: () => Azure, question: Question, names: FactName[]): Promise<Facts> {
  const read = readers(azure, question);
  const facts = await Promise.all(names.map(async (name) => [name, await orUnreadable(read[name])] as const));
  return Object.fromEntries(facts);
}

async function orUnreadable<T>(read: () => Promise<T>): Promise<Fact<T>> {
  try {
    return { value: await read() };
  } catch (error) {
    return { unreadable: messageOf(error) };
  }
}

function readers(
  azure: () => Azure,
  { id, before, after, deadline }: Question,
): Record<FactName, () => Promise<unknown>> {
  const within = deadline === undefined ? undefined : { deadline };
  const keyOf = (settings: typeof before) => settings?.encryption?.keyUri ?? "";
  const identityOf = (settings: typeof before) => settings?.encryption?.identity ?? "";
  return {
    protection: () => azure().instances(id, within),
    deleted: () => azure().deletedInstances(id, within),
    policies: () => azure().policyNames(id, within),
    guard: () => azure().guard(id, within),
    key: () => azure().key(keyOf(after), within),
    keyVault: () => azure().keyVault(keyOf(after), within),
    access: () => azure().keyAccess(keyOf(after), identityOf(after), id, within),
    oldKey: () => azure().key(keyOf(before), within),
    oldKeyVault: () => azure().keyVault(keyOf(before), within),
    oldAccess: () => azure().keyAccess(keyOf(before), identityOf(before), id, within),
    vault: async () => "read",
  };
}
