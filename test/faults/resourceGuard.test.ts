import type { Emulator } from "../../emulator/index.js";
import { resourceGuard } from "../../provider/lifecycle/resourceGuard.js";
import { resourceGuardAssociation } from "../../provider/lifecycle/resourceGuardAssociation.js";
import { destroy, type Recorded, type Run, refresh, up } from "./engine.js";
import { type AnyFault, startElsewhere } from "./journey.js";
import { someAtATime } from "./someAtATime.js";

const lifecycles = { guard: resourceGuard, association: resourceGuardAssociation };
type What = keyof typeof lifecycles;
type Operation = "create" | "delete";

const worlds: Emulator[] = [];
afterAll(() => Promise.all(worlds.map((azure) => azure.close())));

let count = 0;

/** A vault and, for an association, its guard. */
async function newWorld(what: What) {
  const azure = await startElsewhere({ trust: true });
  worlds.push(azure);
  azure.createResourceGroup("rg-payroll");
  const providers = `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll/providers`;
  count += 1;
  const vault = `${providers}/Microsoft.DataProtection/backupVaults/bv-${count}`;
  const guardId = `${providers}/Microsoft.DataProtection/resourceGuards/guard-${count}`;
  const storageSettings = [{ datastoreType: "VaultStore", type: "LocallyRedundant" }];
  azure.arm("PUT", vault, { location: "westeurope", properties: { storageSettings } });
  if (what === "association") azure.arm("PUT", guardId, { location: "westeurope", properties: {} });
  const program =
    what === "guard"
      ? { resourceGuardName: `guard-${count}`, resourceGroupName: "rg-payroll", location: "westeurope" }
      : { vault, resourceGuard: guardId };
  const id = what === "guard" ? guardId : `${vault}/backupResourceGuardProxies/DppResourceGuardProxy`;
  return { azure, program, isThere: () => azure.arm("GET", id).status === 200 };
}
type World = Awaited<ReturnType<typeof newWorld>>;

const patience = (time: string) => ({ timeouts: { create: time, delete: time } });

function run(what: What, operation: Operation, { azure, program }: World, given: Recorded | undefined, time: string) {
  const timed = { ...program, ...patience(time) };
  if (operation === "create") return up(azure.env, given, timed, lifecycles[what]);
  return destroy(azure.env, given && { ...given, outputs: { ...given.outputs, ...patience(time) } }, lifecycles[what]);
}

const faults: Record<string, AnyFault> = {
  "503": { kind: "status", status: 503 },
  "403": { kind: "status", status: 403, code: "AuthorizationFailed" },
  "409": { kind: "status", status: 409, code: "Conflict" },
  "a connection dropped after the effect": { kind: "dropAfter" },
  "no connection from there on, after the effect": { kind: "dropAfter", times: "always" },
  "an answer that ends in the middle": { kind: "truncate" },
};

/** How one signs in is the vault's own journey. */
const services = /^(?!.*(oauth2|openid|\/metadata\/|discovery))/;

async function arranged(what: What, operation: Operation) {
  const world = await newWorld(what);
  const given = operation === "delete" ? (await run(what, "create", world, undefined, "1m")).recorded : undefined;
  return { world, given, begun: world.azure.journal().length };
}

/** What is wrong after a run that meets each fault at each of its requests, and a second run after it. */
async function atEach(what: What, operation: Operation, isKilled: boolean): Promise<string[]> {
  const { world, given, begun } = await arranged(what, operation);
  expect((await run(what, operation, world, given, "1m")).errors).toEqual([]);
  const requests = world.azure
    .journal()
    .slice(begun)
    .filter(({ path }) => services.test(path));
  expect(requests.length).toBeGreaterThan(2);
  const met = Object.entries(faults).filter(([, { times }]) => !isKilled || times === "always");
  const all = met.flatMap(([name, fault]) =>
    requests.map((_, n) =>
      someAtATime(async () => {
        const wrong = await goesOn(what, operation, { ...fault, after: n }, isKilled);
        return wrong.map((each) => `${name} at ${n}, ${requests[n]?.method} ${requests[n]?.path}: ${each}`);
      }),
    ),
  );
  return (await Promise.all(all)).flat();
}

async function goesOn(what: What, operation: Operation, fault: object, isKilled: boolean): Promise<string[]> {
  const { world, given } = await arranged(what, operation);
  world.azure.faults.add({ path: services, ...(fault as AnyFault) });
  const first: Run = await run(what, operation, world, given, "times" in fault ? "4s" : "1m");
  world.azure.faults.clear();
  const isDone = first.errors.length === 0;
  const wrong: string[] = [];
  if (isDone && world.isThere() !== (operation === "create")) wrong.push("reported as done, and is not");
  // Whoever is killed has recorded nothing new.
  const known = isKilled ? given : operation === "create" ? first.recorded : isDone ? undefined : given;
  if (operation === "create" && !known && world.isThere() && !isKilled && isDone) wrong.push("not recorded");
  if (operation === "create" && !isKilled && !isDone && world.isThere() && !known) wrong.push(`lost: ${first.errors}`);
  const adopting = isKilled && what === "guard" && operation === "create" ? { adopt: true } : {};
  const again = { ...world, program: { ...world.program, ...adopting } };
  const next = isKilled || !isDone ? await run(what, operation, again, known, "1m") : first;
  if (next.errors.length > 0) wrong.push(`the next run fails: ${next.errors}`);
  if (world.isThere() !== (operation === "create")) wrong.push("the next run does not complete it");
  if (operation === "create") {
    const left = await refresh(world.azure.env, next.recorded, lifecycles[what]);
    if (!left) wrong.push("a refresh forgets it");
    const end = await destroy(world.azure.env, left, lifecycles[what]);
    if (end.errors.length > 0 || world.isThere()) wrong.push(`it cannot be deleted: ${end.errors}`);
  }
  return wrong;
}

test.each<[What, Operation]>([
  ["guard", "create"],
  ["guard", "delete"],
  ["association", "create"],
  ["association", "delete"],
])(
  "whatever meets each request of a %s's %s, nothing is lost and the next run completes it",
  async (what, operation) => {
    expect(await atEach(what, operation, false)).toEqual([]);
  },
);

test.each<[What, Operation]>([
  ["guard", "create"],
  ["guard", "delete"],
  ["association", "create"],
  ["association", "delete"],
])("a run that is killed in a %s's %s is made good by the next one", async (what, operation) => {
  expect(await atEach(what, operation, true)).toEqual([]);
});
