import { type Emulator, startEmulator } from "../../emulator/index.js";
import { type ScriptedAzure, type Seen, scriptedAzure } from "../azure/scriptedAzure.js";
import { fronts } from "../support/host.js";
import { type Answer, garbled, refusals } from "./answers.js";
import { engineOf, newlyConnected, type Run } from "./engine.js";
import {
  begin,
  operationsOn,
  run,
  type Subject,
  stateOf,
  subjectsIn,
  type Title,
  titles,
  unlike,
} from "./everyType.js";
import { wrongIn } from "./journey.js";

/*
 * Every type of resource meets every odd answer, in every second of its operations, each at another of its requests: nothing is
 * forgotten, taken for gone or deleted, each error is a sentence that names what failed, and the next run ends as if nothing had
 * happened.
 */

interface Request {
  method: string;
  path: string;
  right: Answer;
}

let emulator: Emulator;
let azure: ScriptedAzure;
let subjects: Record<Title, Subject>;
let asked: Request[] = [];
/** At which request Azure's answer is another than the emulator's, and what it is. */
let odd: { at: number; name: string } | undefined;

beforeAll(async () => {
  emulator = await startEmulator({ trust: true });
  subjects = await subjectsIn(emulator);
  azure = await scriptedAzure(answer, { keyVaultDns: "vault.azure.net", mhsmDns: "managedhsm.azure.net" });
  azure.env.ARM_SUBSCRIPTION_ID = emulator.env.ARM_SUBSCRIPTION_ID;
});
afterAll(async () => {
  await azure.close();
  await emulator.close();
});

function answer({ method, url, body }: Seen, base: string): Answer {
  const path = decodeURIComponent(new URL(base + url).pathname);
  const isOdd = odd?.at === asked.length;
  const refusal = isOdd ? refusals[odd?.name ?? ""] : undefined;
  const right = refusal ?? rightAnswer(method, url, body, base);
  asked.push({ method, path, right });
  return (isOdd && garbled[odd?.name ?? ""]?.(right)) || right;
}

function rightAnswer(method: string, url: string, sent: string, base: string): Answer {
  const {
    status,
    headers = {},
    body,
  } = emulator.arm(method, decodeURIComponent(url), sent ? JSON.parse(sent) : undefined);
  const here = <T>(value: T): T =>
    value === undefined ? value : JSON.parse(JSON.stringify(value).replaceAll(emulator.url, base));
  return { status, headers: here(headers), body: here(body) };
}

/** The first of its requests, from the n-th on, whose answer can be that odd. */
function placeOf(name: string, requests: Request[], n: number): number | undefined {
  const all = requests.map((_, at) => (at + n) % requests.length);
  return all.find((at) => refusals[name] ?? garbled[name]?.((requests[at] as Request).right));
}

/** What a resource guard asks for stands beside what Azure said. */
const longest = 1_600;

const isWrite = ({ method, path }: Request) => method !== "GET" && !/backupStatus|validate/i.test(path);

const cases = titles.flatMap((title) => operationsOn(title).map((operation) => [operation, title] as const));

test.each(cases)(
  "%s of %s: no answer of Azure loses anything, and the next run makes it good",
  async (operation, title) => {
    const subject = subjects[title];
    const turn = cases.findIndex((each) => each[0] === operation && each[1] === title);
    const engine = engineOf(fronts[(turn >> 1) % fronts.length] ?? "dynamic");

    function firstRun(): Promise<Run> {
      // A resource that is created asks what its process then knows for all others.
      const env = operation === "create" ? newlyConnected(azure.env) : azure.env;
      const recorded = begin(emulator, operation, subject);
      asked = [];
      return run(operation, subject, { engine, env }, recorded);
    }

    async function complaints(name: string, at: number): Promise<string[]> {
      odd = { at, name };
      const first = await firstRun();
      odd = undefined;
      const met = asked[at];
      // An operation of Azure's may have been asked about less often than before.
      if (!met) return first.errors;
      // Whoever may not revoke a role is warned, and the deletion tries it again.
      const isLeft = operation === "update" && met.method === "DELETE" && met.right.status === 403;
      const wrong = [
        ...first.errors.flatMap((each) => wrongIn(each, azure.env, subject.name, longest)),
        ...first.warnings.flatMap((each) => wrongIn(each, azure.env, "", longest)),
        ...asked.filter(isOtherDeletion).map(({ path }) => `deletes ${path}`),
      ];
      if (operation === "refresh") return [...wrong, ...afterRefresh(first.recorded)];
      const isDone = operation === "delete" && first.errors.length === 0;
      const next = isDone ? first : await run(operation, subject, { engine, env: azure.env }, first.recorded);
      return [
        ...wrong,
        ...next.errors.map((each) => `the next run fails: ${each}`),
        ...((next.recorded === undefined) === (operation === "delete") ? [] : ["recorded, or not, in the end"]),
        ...(isLeft ? [] : unlike(stateOf(emulator, subject), wanted)),
      ];
    }

    const isOtherDeletion = ({ method, path }: Request) =>
      method === "DELETE" && !requests.some((each) => each.method === method && each.path === path);

    function afterRefresh(recorded: unknown): string[] {
      return [...(recorded ? [] : ["it is taken for gone"]), ...(asked.some(isWrite) ? ["a refresh writes"] : [])];
    }

    odd = undefined;
    await firstRun();
    // The second time a process may have less to ask.
    expect((await firstRun()).errors).toEqual([]);
    const requests = asked;
    const wanted = stateOf(emulator, subject);
    const wrong: string[] = [];
    for (const [n, name] of Object.keys({ ...refusals, ...garbled }).entries()) {
      const at = placeOf(name, requests, n + turn);
      if (at === undefined || (n + turn) % 2 !== 0) continue;
      const { method, path } = requests[at] as Request;
      wrong.push(...(await complaints(name, at)).map((each) => `${name} to ${method} ${path} (${at}): ${each}`));
    }
    expect(wrong).toEqual([]);
  },
);
