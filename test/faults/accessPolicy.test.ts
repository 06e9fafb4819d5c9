import type { Fault } from "../../emulator/index.js";
import { markApplicationId } from "../../provider/lifecycle/keyAccess/policies.js";
import { keyAccess } from "../../provider/lifecycle/keyAccess.js";
import { engineAt, engineOf, type Recorded, type Run } from "./engine.js";
import { closeWorlds, startElsewhere } from "./journey.js";
import { someAtATime } from "./someAtATime.js";

afterAll(closeWorlds);

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
  const { env } = world.azure;
  const next = await world.engine.up(env, recorded, { ...world.program, ...patient }, keyAccess);
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

const faults = {
  "no connection from there on, and no effect": { kind: "dropBefore", times: "always" },
  "no connection from there on, after the effect": { kind: "dropAfter", times: "always" },
  "an outage from there on": { kind: "status", status: 503, times: "always" },
  "403": { kind: "status", status: 403, code: "AuthorizationFailed" },
  "409": { kind: "status", status: 409, code: "Conflict" },
} as const satisfies Record<string, AnyFault>;
/** Of a look at the key vault. One that hides what others gave a moment ago makes it ours: nothing at Azure says when. */
const stale = { "an answer that is of a while ago": { kind: "stale", method: "GET", path: "/vaults/kv-" } } as const;

type AnyFault = Omit<Fault, "after">;
type Operation = "give" | "take away";

const run = (
  operation: Operation,
  { engine, azure, program }: World,
  given: Recorded | undefined,
  time: object,
): Promise<Run> =>
  operation === "give"
    ? engine.up(azure.env, undefined, { ...program, ...time }, keyAccess)
    : engine.destroy(azure.env, given && { ...given, outputs: { ...given.outputs, ...time } }, keyAccess);

async function arranged(operation: Operation, engine = engineOf("dynamic")) {
  const world = await newWorld(engine);
  const before = rightsIn(world);
  const given =
    operation === "give" ? undefined : (await engine.up(world.azure.env, undefined, world.program, keyAccess)).recorded;
  return { world, before, given, begun: world.azure.journal().length };
}

/** How one signs in is the vault's own journey. */
const services = /^(?!.*(oauth2|openid|\/metadata\/|discovery))/;

/** What is wrong after a run that meets each fault at each of its requests, and what `then` does. */
async function atEach(
  operation: Operation,
  then: (world: World, before: string[], first: Run, given: Recorded | undefined) => Promise<string[]>,
): Promise<string[]> {
  const { world, given, begun } = await arranged(operation);
  expect((await run(operation, world, given, patient)).errors).toEqual([]);
  const requests = world.azure
    .journal()
    .slice(begun)
    .filter(({ path }) => services.test(path));
  expect(requests.length).toBeGreaterThan(3);

  async function at(n: number, name: string, fault: AnyFault): Promise<string[]> {
    const { world, before, given } = await arranged(operation, engineAt(n, fault));
    world.azure.faults.add({ path: services, ...fault, after: n });
    const first = await run(operation, world, given, "times" in fault ? patience("4s") : patient);
    world.azure.faults.clear();
    const wrong = [...lost(world, before), ...(await then(world, before, first, given))];
    await world.azure.close();
    return wrong.map(
      (each) =>
        `${world.engine.front} front, ${name} at ${n}, ${requests[n]?.method} ${requests[n]?.path.split("?")[0]}: ${each}`,
    );
  }
  const met = operation === "give" ? faults : { ...faults, ...stale };
  const all = Object.entries(met).flatMap(([name, fault]) =>
    requests.map((_, n) => someAtATime(() => at(n, name, fault))),
  );
  return (await Promise.all(all)).flat();
}

test("whatever meets the giving of access, nobody loses a right, and the next run goes on from what is recorded", async () => {
  expect(await atEach("give", (world, before, { recorded }) => converges(world, before, recorded))).toEqual([]);
}, 600_000);

test("a run that is killed while it gives access leaves it known for ours", async () => {
  expect(await atEach("give", (world, before) => converges(world, before, undefined))).toEqual([]);
}, 600_000);

test("whatever meets the taking away, nobody loses a right, and the next run finishes it", async () => {
  const again = async (world: World, before: string[], { recorded }: Run) => takenAway(world, before, recorded);
  expect(await atEach("take away", again)).toEqual([]);
}, 600_000);

test("a run that is killed while it takes access away is made good by the next one", async () => {
  const again = (world: World, before: string[], _: Run, given?: Recorded) => takenAway(world, before, given);
  expect(await atEach("take away", again)).toEqual([]);
}, 600_000);

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
