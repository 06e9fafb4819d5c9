import { type Emulator, startEmulator } from "../../emulator/index.js";
import { fronts } from "../support/host.js";
import { type Engine, engineOf, newlyConnected } from "./engine.js";
import {
  begin,
  type Operation,
  operationsOn,
  run,
  type Subject,
  stateOf,
  subjectsIn,
  type Title,
  titles,
  unlike,
} from "./everyType.js";

/*
 * A run of which nothing is left but what it did at Azure: it is killed after each of its writes, while Azure still works on it. What
 * it knew is not recorded, and the next run makes it good.
 */

let azure: Emulator;
let subjects: Record<Title, Subject>;

beforeAll(async () => {
  azure = await startEmulator({ trust: true });
  subjects = await subjectsIn(azure);
});
afterAll(() => azure.close());

const ofServices = /^(?!.*(oauth2|openid|\/metadata\/|discovery))/;
/** They are asked by POST, and change nothing. */
const questions = /backupStatus|validateForBackup/i;

/** The request has its effect, and nobody hears of it; nothing that follows is done. */
function killAfter(n: number): void {
  azure.faults.add({ kind: "dropAfter", path: ofServices, after: n });
  azure.faults.add({ kind: "status", status: 400, code: "Killed", path: ofServices, after: n, times: "always" });
}

/** Whoever finds such a resource has to say that it is the one meant. */
const isAdopted = ({ type }: Subject) =>
  !["IdentityAssignment", "EncryptionSettings", "KeyAccess", "ResourceGuardAssociation"].includes(type);

/** A resource that is created asks what its process then knows for all others. */
const connection = (operation: Operation) => (operation === "create" ? newlyConnected(azure.env) : azure.env);

/** Which of the requests write. */
async function writesOf(operation: Operation, subject: Subject, engine: Engine): Promise<number[]> {
  const env = connection(operation);
  // The second time a process may have less to ask.
  if (operation !== "create") await run(operation, subject, { engine, env }, begin(azure, operation, subject));
  const recorded = begin(azure, operation, subject);
  const begun = azure.journal().length;
  expect((await run(operation, subject, { engine, env }, recorded)).errors).toEqual([]);
  const requests = azure.journal().slice(begun);
  const services = requests.filter(({ path }) => ofServices.test(path));
  return services.flatMap(({ method, path }, n) => (method === "GET" || questions.test(path) ? [] : [n]));
}

/** What is wrong after the next run, and after the deletion of what it made. */
async function goesOn(operation: Operation, subject: Subject, engine: Engine, wanted: string): Promise<string[]> {
  const here = { engine, env: azure.env };
  const again =
    operation === "create"
      ? await run(operation, subject, here, undefined, isAdopted(subject) ? { adopt: true } : {})
      : await run(operation, subject, here, subject.recorded);
  const wrong = [...again.errors, ...unlike(stateOf(azure, subject), wanted)];
  if (operation === "delete" || !operationsOn(subject.title).includes("delete")) return wrong;
  const end = await run("delete", subject, here, again.recorded);
  return [...wrong, ...end.errors, ...unlike(stateOf(azure, subject), subject.before)];
}

const cases = titles.flatMap((title) =>
  operationsOn(title)
    .filter((operation) => operation !== "refresh")
    .map((operation) => [title, operation] as const),
);

test.each(cases)(
  "%s: wherever a run is killed in its %s, the next one makes it good, and nothing of it stays when it is deleted",
  async (title, operation) => {
    const subject = subjects[title];
    const engine = engineOf(
      fronts[cases.findIndex((each) => each[0] === title && each[1] === operation) % 2] ?? "dynamic",
    );
    const writes = await writesOf(operation, subject, engine);
    const wanted = stateOf(azure, subject);
    expect(writes).not.toEqual([]);
    const wrong: string[] = [];
    for (const n of writes) {
      const recorded = begin(azure, operation, subject);
      killAfter(n);
      const killed = await run(operation, subject, { engine, env: connection(operation) }, recorded);
      azure.faults.clear();
      // An operation of Azure's may have been asked about less often than before, and the run have ended sooner.
      if (killed.errors.length === 0) continue;
      const found = await goesOn(operation, subject, engine, wanted);
      wrong.push(...found.map((each) => `at ${n}: ${each}`));
    }
    expect(wrong).toEqual([]);
  },
);
