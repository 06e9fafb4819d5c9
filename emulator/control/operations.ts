import { ArmError } from "../arm/armError.js";
import { noContent, type Operation, ok, operation } from "../arm/operation.js";
import { requestBody } from "../arm/requestBody.js";
import type { Azure } from "../azure/azure.js";
import { type Fault, faultJson, faultKinds } from "../state/faults.js";
import type { JournalFilter } from "../state/journal.js";
import { changeSettings } from "../state/options.js";
import type { ArmResource } from "../state/records.js";

/**
 * What steers the emulator from another process. No token: whoever reaches it could sign in anyway. The paths are
 * described in docs/emulator.md.
 */
export function controlOperations(azure: Azure): Operation[] {
  return [
    ...faultOperations(azure),
    ...journalOperations(azure),
    ...snapshotOperations(azure),
    ...settingOperations(azure),
    operation({
      name: "Reset",
      method: "POST",
      path: "/emulator/reset",
      answer() {
        azure.reset();
        return noContent;
      },
    }),
  ];
}

const faultsPath = "/emulator/faults";

const faultOperations = ({ faults }: Azure) => {
  const all = () => ({ value: faults.all().map(faultJson) });
  return [
    operation({ name: "List faults", method: "GET", path: faultsPath, answer: () => ok(all()) }),
    operation({
      name: "Add a fault",
      method: "POST",
      path: faultsPath,
      answer({ request }) {
        faults.add(faultOf(requestBody(request, faultShape)));
        return { status: 201, body: all() };
      },
    }),
    operation({
      name: "Clear the faults",
      method: "DELETE",
      path: faultsPath,
      answer() {
        faults.clear();
        return noContent;
      },
    }),
  ];
};

const faultShape = {
  kind: "string",
  method: "string",
  path: "string",
  pattern: "string",
  after: "number",
  times: "any",
  status: "number",
  retryAfterSeconds: "number",
  delayMs: "number",
  code: "string",
  message: "string",
} as const;

/** JSON has no expressions: `pattern` is the text of one. */
function faultOf({ pattern, ...given }: ArmResource): Fault {
  if (!faultKinds.includes(given.kind)) {
    throw new ArmError(400, "EmulatorFaultUnknown", `"kind" must be one of ${faultKinds.join(", ")}.`);
  }
  if (pattern === undefined) return given as Fault;
  try {
    return { ...given, path: new RegExp(String(pattern), "i") } as Fault;
  } catch (error) {
    throw new ArmError(400, "EmulatorFaultUnknown", `"pattern": ${(error as Error).message}`);
  }
}

const journalPath = "/emulator/journal";

const journalOperations = ({ journal }: Azure) => [
  operation({
    name: "Read the journal",
    method: "GET",
    path: journalPath,
    answer: ({ request }) => ok({ value: journal.all(filterOf(request.query)) }),
  }),
  operation({
    name: "Clear the journal",
    method: "DELETE",
    path: journalPath,
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
    throw new ArmError(400, "EmulatorParameterUnknown", `"${unknown}" must be one of ${known.join(", ")}.`);
  }
  const since = query.get("since");
  if (since !== null && Number.isNaN(Date.parse(since))) {
    throw new ArmError(400, "EmulatorParameterInvalid", `"since" is not a date and time: ${since}.`);
  }
  return {
    ...Object.fromEntries(texts.filter((name) => query.has(name)).map((name) => [name, query.get(name)])),
    ...Object.fromEntries(flags.map((name) => [name, query.has(name)])),
  };
}

const snapshotOperations = (azure: Azure) => [
  operation({
    name: "List snapshots",
    method: "GET",
    path: "/emulator/snapshots",
    answer: () => ok({ value: azure.snapshots.all() }),
  }),
  operation({
    name: "Take a snapshot",
    method: "POST",
    path: "/emulator/snapshots/{name}",
    answer({ params: { name } }) {
      azure.snapshot(name);
      return { status: 201, body: azure.snapshots.all().at(-1) };
    },
  }),
  operation({
    name: "Restore a snapshot",
    method: "POST",
    path: "/emulator/snapshots/{name}/restore",
    answer({ params: { name } }) {
      if (azure.restore(name)) return noContent;
      throw new ArmError(404, "EmulatorSnapshotNotFound", `There is no snapshot "${name}".`);
    },
  }),
  operation({
    name: "Delete a snapshot",
    method: "DELETE",
    path: "/emulator/snapshots/{name}",
    answer({ params: { name } }) {
      azure.snapshots.delete(name);
      return noContent;
    },
  }),
];

const settingsPath = "/emulator/settings";

const settingOperations = ({ settings }: Azure) => [
  operation({ name: "Read the settings", method: "GET", path: settingsPath, answer: () => ok(settings) }),
  operation({
    name: "Change settings",
    method: "PATCH",
    path: settingsPath,
    answer({ request }) {
      const wrong = changeSettings(settings, requestBody(request, {}));
      if (wrong !== undefined) throw new ArmError(400, "EmulatorSettingInvalid", wrong);
      return ok(settings);
    },
  }),
];
