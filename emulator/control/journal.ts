import type { Azure } from "../azure.js";
import { ArmError } from "../http/armError.js";
import { operation } from "../http/operation.js";
import { noContent, ok } from "../http/reply.js";
import type { JournalFilter } from "../journal.js";

const path = "/emulator/journal";

export const journalOperations = ({ journal }: Azure) => [
  operation({
    name: "Read the journal",
    method: "GET",
    path,
    answer: ({ request }) => ok({ value: journal.all(filterOf(request.query)) }),
  }),
  operation({
    name: "Clear the journal",
    method: "DELETE",
    path,
    answer() {
      journal.clear();
      return noContent;
    },
  }),
];

const texts = ["method", "path", "status", "client", "since"] as const;
const flags = ["writes", "arm"] as const;

/** A misspelt parameter would else show every request, as if all were meant. */
function filterOf(query: URLSearchParams): JournalFilter {
  const known: readonly string[] = [...texts, ...flags];
  const unknown = [...query.keys()].find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new ArmError(400, "EmulatorParameterUnknown", `"${unknown}" has to be one of ${known.join(", ")}.`);
  }
  const since = query.get("since");
  if (since !== null && Number.isNaN(Date.parse(since))) {
    throw new ArmError(400, "EmulatorParameterInvalid", `"since" is no time: ${since}.`);
  }
  return {
    ...Object.fromEntries(texts.filter((name) => query.has(name)).map((name) => [name, query.get(name)])),
    ...Object.fromEntries(flags.map((name) => [name, query.has(name)])),
  };
}
