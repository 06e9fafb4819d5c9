import type { JournalEntry } from "../../emulator/index.js";
import { markApplicationId } from "../../provider/lifecycle/keyAccess/policies.js";
import { lifecycles } from "../../provider/lifecycles.js";
import { type Engine, engineOf, newlyConnected, type Recorded, type Run } from "./engine.js";
import { startElsewhere } from "./journey.js";
import { inLanes } from "./lanes.js";
import { type Faults, faults, type Strike, strikesOf, struck } from "./strikes.js";

const { keyAccess } = lifecycles;

interface Policy {
  objectId: string;
  applicationId?: string;
  permissions: Record<string, string[]>;
}

type World = Awaited<ReturnType<typeof newWorld>>;

let count = 0;

/** A key vault in which others have rights, the identity among them. */
async function newWorld(engine = engineOf("dynamic")) {
  const azure = await startElsewhere({ trust: true });
  azure.createResourceGroup("rg-payroll");
  const { principalId } = azure.createUserAssignedIdentity("rg-payroll", "id-payroll").properties as Principal;
  // One process serves one run at a time in each key vault.
  count += 1;
  const name = `kv-policies-${count}`;
  const { id } = azure.createKeyVault("rg-payroll", name, { enableRbacAuthorization: false });
  azure.createKey(id, "backup");
  const others = [
    { objectId: "somebody", permissions: { keys: ["get", "wrapKey"], secrets: ["get"] } },
    { objectId: principalId, permissions: { keys: ["Get", "sign"], secrets: ["get"], certificates: ["list"] } },
    { objectId: principalId, applicationId: "an-application", permissions: { keys: ["list", "unwrapKey"] } },
  ];
  const tenantId = azure.env.ARM_TENANT_ID;
  const accessPolicies = others.map((each) => ({ tenantId, ...each }));
  azure.arm("PUT", `${id}/accessPolicies/add`, { properties: { accessPolicies } });
  return {
    engine,
    azure,
    id,
    principalId,
    program: { keyUri: `https://${name}.vault.azure.net/keys/backup`, principalId },
  };
}

interface Principal {
  principalId: string;
}

const rightsIn = ({ azure, id }: World): string[] =>
  (azure.arm("GET", id).body as { properties: { accessPolicies: Policy[] } }).properties.accessPolicies
    .flatMap(({ objectId, applicationId = "", permissions }) =>
      Object.entries(permissions).flatMap(([kind, names]) =>
        names.map((each) => `${objectId} ${applicationId} ${kind} ${each}`),
      ),
    )
    .sort();

/** As a program writes it, and as state has it at a deletion: where nothing gets better, waiting only takes time. */
const patience = (time: string) => ({ timeouts: { create: time, delete: time } });
const patient = patience("120s");

/** What is wrong after a run that ended in whatever way: nobody has less than before. */
function lost(world: World, before: string[]): string[] {
  const rights = rightsIn(world);
  return before.filter((each) => !rights.includes(each)).map((each) => `lost: ${each}`);
}

/** Given again by a run that knows of no earlier one, and taken away again, all is as it was. */
async function converges(world: World, before: string[], recorded: Recorded | undefined): Promise<string[]> {
  const next = await world.engine.up(world.azure.env, recorded, { ...world.program, ...patient }, keyAccess);
  const { grantedBy, keyPermissions } = next.recorded?.outputs ?? {};
  const wrong = [...next.errors, ...lost(world, before)];
  if (grantedBy !== "AccessPolicy" || String(keyPermissions) !== "list,wrapKey,unwrapKey")
    wrong.push(`recorded as ${grantedBy} of ${keyPermissions}`);
  return [...wrong, ...(await takenAway(world, before, next.recorded))];
}

async function takenAway(world: World, before: string[], recorded: Recorded | undefined): Promise<string[]> {
  const state = recorded && { ...recorded, outputs: { ...recorded.outputs, ...patient } };
  const { errors } = await world.engine.destroy(world.azure.env, state, keyAccess);
  const left = rightsIn(world).filter((each) => !before.includes(each));
  return [...errors, ...lost(world, before), ...left.map((each) => `left: ${each}`)];
}

const outages: Faults = {
  "no connection from there on, and no effect": {
    fault: { kind: "dropBefore", times: "always" },
    at: "from each write on",
  },
  "an outage from there on": { fault: { kind: "status", status: 503, times: "always" }, at: "from each write on" },
};
/** Of a look at the key vault. One that hides what others gave a moment ago makes it ours: nothing at Azure says when. */
const stale: Faults = {
  "an answer that is of a while ago": { fault: { kind: "stale" }, at: "each request" },
};
const ofKeyVault = /\/vaults\/kv-[^/]+\?/;

type Operation = "give" | "take away";
type Arranged = World & { before: string[]; given?: Recorded };

/** A run that gives access connects anew, for it has to find the key vault. */
const run = (operation: Operation, { engine, azure, program, given }: Arranged, time: object): Promise<Run> =>
  operation === "give"
    ? engine.up(newlyConnected(azure.env), undefined, { ...program, ...time }, keyAccess)
    : engine.destroy(azure.env, given && { ...given, outputs: { ...given.outputs, ...time } }, keyAccess);

async function arranged(operation: Operation, engine = engineOf("dynamic")): Promise<Arranged> {
  const world = await newWorld(engine);
  const before = rightsIn(world);
  if (operation === "give") return { ...world, before };
  return { ...world, before, given: (await engine.up(world.azure.env, undefined, world.program, keyAccess)).recorded };
}

/** How a run may end that met a fault: with what it knows recorded, or killed. */
type Then = (world: Arranged, first: Run) => Promise<string[]>;

/** What is wrong after a run that meets the faults at its requests, and after each of the ways to go on. */
async function atEach(operation: Operation, ...ways: [Then, Then]): Promise<string[]> {
  async function journal(engine: Engine): Promise<JournalEntry[]> {
    const world = await arranged(operation, engine);
    const begun = world.azure.journal().length;
    expect((await run(operation, world, patient)).errors).toEqual([]);
    await world.azure.close();
    return world.azure.journal().slice(begun);
  }

  async function attempt(world: Arranged, strike: Strike): Promise<string[]> {
    const { azure, before } = world;
    const first = await struck(azure, strike, (time) => run(operation, world, patience(time)));
    azure.snapshot("struck");
    const wrong = lost(world, before);
    for (const then of ways) {
      azure.restore("struck");
      wrong.push(...(await then(world, first)));
    }
    return wrong;
  }
  const strikes = [
    ...(await strikesOf(journal, { ...faults, ...outages })),
    ...(operation === "give" ? [] : await strikesOf(journal, stale, ofKeyVault)),
  ];
  return inLanes((engine) => arranged(operation, engine), strikes, attempt, 8);
}

test.concurrent("whatever meets the giving of access, nobody loses a right, and the next run goes on, also of one that was killed", async () => {
  const recorded: Then = (world, first) => converges(world, world.before, first.recorded);
  const killed: Then = (world) => converges(world, world.before, undefined);
  expect(await atEach("give", recorded, killed)).toEqual([]);
});

test.concurrent("whatever meets the taking away, nobody loses a right, and the next run finishes it, also of one that was killed", async () => {
  const recorded: Then = (world, first) => takenAway(world, world.before, first.recorded);
  const killed: Then = (world) => takenAway(world, world.before, world.given);
  expect(await atEach("take away", recorded, killed)).toEqual([]);
});

test("what others gave is never taken for ours, in whatever spelling", async () => {
  const world = await newWorld();
  const { azure, id, principalId, program } = world;
  const all = { tenantId: azure.env.ARM_TENANT_ID, objectId: principalId };
  for (const keys of [["list", "wrapKey", "unwrapKey"], ["all"]]) {
    azure.arm("PUT", `${id}/accessPolicies/add`, {
      properties: { accessPolicies: [{ ...all, permissions: { keys } }] },
    });
    const before = rightsIn(world);
    const { recorded } = await world.engine.up(azure.env, undefined, program, keyAccess);
    expect(recorded?.outputs.grantedBy).toBe("Nothing");
    expect(await takenAway(world, before, recorded)).toEqual([]);
  }
});

test("a key vault that would not take the mark gives access all the same", async () => {
  const world = await newWorld();
  const before = rightsIn(world);
  world.azure.faults.add({
    kind: "status",
    status: 400,
    code: "BadRequest",
    method: "PUT",
    path: "accessPolicies/add",
  });
  const { recorded, errors } = await world.engine.up(world.azure.env, undefined, world.program, keyAccess);
  expect({ errors, by: recorded?.outputs.grantedBy }).toEqual({ errors: [], by: "AccessPolicy" });
  expect(rightsIn(world).join()).not.toContain(markApplicationId);
  expect(await takenAway(world, before, recorded)).toEqual([]);
});
