import type { Emulator, JournalEntry } from "../../emulator/index.js";
import type { Lifecycle } from "../../provider/host/serve.js";
import { lifecycles } from "../../provider/lifecycles.js";
import type { Engine, Recorded, Run } from "./engine.js";
import { startElsewhere, wrongIn } from "./journey.js";
import { type Strike, struck } from "./strikes.js";

const { encryptionSettings, identityAssignment, keyAccess } = lifecycles;

type Properties = Record<string, unknown>;

interface World {
  engine: Engine;
  azure: Emulator;
  /** The vault's ARM id. */
  id: string;
  keyVault: string;
  hsm: string;
  identity: { id: string; properties: { principalId: string } };
  recorded?: Recorded;
  /** How much is in the journal already. */
  since: number;
}

/** One thing that is done to a resource, and what Azure has to look like when it is done. */
export interface Journey {
  lifecycle: Lifecycle;
  /** Who is named in every message. */
  name(world: World): string;
  /** What is there before, besides a vault without identities and two keys that nobody may use. */
  arrange?(world: World): void;
  /** The resource's arguments before. Absent: it is created. */
  before?(world: World): Properties;
  /** Its arguments afterwards. Absent: it is deleted. */
  after?(world: World): Properties;
  done(world: World): boolean;
}

const backup = "https://kv-payroll.vault.azure.net/keys/backup";
const other = "https://kv-payroll.vault.azure.net/keys/other";
const inHsm = "https://hsm-payroll.managedhsm.azure.net/keys/backup";

const assign = ({ azure, id, identity }: World) =>
  azure.setVault(id, {
    identity: { type: "UserAssigned", userAssignedIdentities: { [identity.id]: identity.properties } },
  });
const encryptionOf = ({ azure, id }: World) => azure.vault(id)?.properties.securitySettings?.encryptionSettings;
const identitiesOf = ({ azure, id }: World) => Object.keys(azure.vault(id)?.identity?.userAssignedIdentities ?? {});

const assignments = ({ azure, keyVault }: World): { properties: { principalId: string } }[] =>
  (azure.arm("GET", `${keyVault}/providers/Microsoft.Authorization/roleAssignments`).body as { value: [] }).value;
const policies = ({ azure, keyVault }: World) =>
  (azure.arm("GET", keyVault).body as { properties: { accessPolicies: { permissions: { keys: string[] } }[] } })
    .properties.accessPolicies;
const byPolicy = ({ azure, keyVault }: World) =>
  void azure.arm("PATCH", keyVault, { properties: { enableRbacAuthorization: false } });
const localWrites = ({ azure, since }: World) =>
  azure
    .journal()
    .slice(since)
    .filter(({ path, method }) => method !== "GET" && path.includes("managedhsm.azure.net"));

const access =
  (keyUri: string) =>
  ({ identity }: World) => ({ keyUri, principalId: identity.properties.principalId });
const assigned = ({ id, identity }: World) => ({ vault: id, identity: identity.id });
const encrypted = (keyUri: string) => (world: World) => ({ ...assigned(world), keyUri });

export const journeys: Record<string, Journey> = {
  "an identity comes onto a vault": {
    lifecycle: identityAssignment,
    name: ({ id }) => id.slice(id.lastIndexOf("/") + 1),
    after: assigned,
    done: (world) => identitiesOf(world).length === 1,
  },
  "an identity leaves a vault": {
    lifecycle: identityAssignment,
    name: ({ id }) => id.slice(id.lastIndexOf("/") + 1),
    before: assigned,
    done: (world) => identitiesOf(world).length === 0,
  },
  "a role is given": {
    lifecycle: keyAccess,
    name: () => "backup",
    after: access(backup),
    done: (world) => assignments(world).length === 1,
  },
  "a role is taken away": {
    lifecycle: keyAccess,
    name: () => "backup",
    before: access(backup),
    done: (world) => assignments(world).length === 0,
  },
  "an access policy is given": {
    lifecycle: keyAccess,
    name: () => "backup",
    arrange: byPolicy,
    after: access(backup),
    done: (world) => policies(world)[0]?.permissions.keys.length === 4,
  },
  "an access policy is taken away": {
    lifecycle: keyAccess,
    name: () => "backup",
    arrange: byPolicy,
    before: access(backup),
    done: (world) => policies(world).every(({ permissions }) => permissions.keys.length === 0),
  },
  "a local role is given": {
    lifecycle: keyAccess,
    name: () => "backup",
    after: access(inHsm),
    done: (world) => localWrites(world).some(({ method, status }) => method === "PUT" && [201, 0].includes(status)),
  },
  "a local role is taken away": {
    lifecycle: keyAccess,
    name: () => "backup",
    before: access(inHsm),
    done: (world) => localWrites(world).some(({ method, status }) => method === "DELETE" && [200, 0].includes(status)),
  },
  "a vault is encrypted": {
    lifecycle: encryptionSettings,
    name: ({ id }) => id.slice(id.lastIndexOf("/") + 1),
    arrange(world) {
      assign(world);
      world.azure.grant(world.keyVault, world.identity.properties.principalId);
    },
    after: encrypted(backup),
    done: (world) => encryptionOf(world)?.keyVaultProperties?.keyUri === backup,
  },
  "a vault takes another key": {
    lifecycle: encryptionSettings,
    name: ({ id }) => id.slice(id.lastIndexOf("/") + 1),
    arrange(world) {
      assign(world);
      world.azure.grant(world.keyVault, world.identity.properties.principalId);
    },
    before: encrypted(backup),
    after: encrypted(other),
    done: (world) =>
      encryptionOf(world)?.keyVaultProperties?.keyUri === other && encryptionOf(world)?.state === "Enabled",
  },
};

let count = 0;

/** A world in which the journey can begin again and again. */
export async function newWorld(journey: Journey, engine: Engine): Promise<World> {
  const { lifecycle, arrange, before } = journey;
  const azure = await startElsewhere({ trust: true });
  azure.createResourceGroup("rg-payroll");
  count += 1;
  const id = `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll/providers/Microsoft.DataProtection/backupVaults/bv-key-${count}`;
  const identity = azure.createUserAssignedIdentity("rg-payroll", "id-payroll") as World["identity"];
  const keyVault = azure.createKeyVault("rg-payroll", "kv-payroll").id;
  const hsm = azure.createManagedHsm("rg-payroll", "hsm-payroll").id;
  for (const name of ["backup", "other"]) azure.createKey(keyVault, name);
  azure.createKey(hsm, "backup");
  const storageSettings = [{ datastoreType: "VaultStore", type: "LocallyRedundant" }];
  azure.arm("PUT", id, { location: "westeurope", properties: { storageSettings } });
  // The first look ends what was begun.
  azure.vault(id);
  const world: World = { engine, azure, id, keyVault, hsm, identity, since: 0 };
  arrange?.(world);
  if (before) {
    const { recorded, errors } = await engine.up(azure.env, undefined, before(world), lifecycle);
    if (errors.length > 0) throw new Error(errors.join("\n"));
    world.recorded = recorded;
  }
  azure.snapshot();
  // The second time it is known where key stores are.
  expect((await run(journey, world, world.recorded, "60s")).errors).toEqual([]);
  azure.restore();
  return world;
}

function run({ lifecycle, after }: Journey, world: World, recorded: Recorded | undefined, time: string): Promise<Run> {
  const { engine } = world;
  const timeouts = { create: time, update: time, delete: time };
  if (!after)
    return engine.destroy(
      world.azure.env,
      recorded && { ...recorded, outputs: { ...recorded.outputs, timeouts } },
      lifecycle,
    );
  const { [lifecycle === encryptionSettings ? "delete" : "update"]: _, ...own } = timeouts;
  return engine.up(world.azure.env, recorded, { ...after(world), timeouts: own }, lifecycle);
}

/** All requests of the journey. */
export async function requestsOf(journey: Journey, engine: Engine): Promise<JournalEntry[]> {
  const world = await newWorld(journey, engine);
  const begun = world.azure.journal().length;
  expect((await run(journey, world, world.recorded, "60s")).errors).toEqual([]);
  await world.azure.close();
  return world.azure.journal().slice(begun);
}

/** The journey with a fault, and then the same run again, without. Everything that is wrong about it. */
export async function complaints(journey: Journey, world: World, strike: Strike): Promise<string[]> {
  const { azure, recorded } = world;
  const since = azure.journal().length;
  const first = await struck(azure, strike, (time) => run(journey, world, recorded, time));
  const wrong = first.errors.flatMap((error) => wrongIn(error, azure.env, journey.name(world)));
  const next = await run(journey, world, first.recorded, "60s");
  if (next.errors.length > 0) wrong.push(`the next run fails: ${next.errors.join(" ")}`);
  if (!journey.done({ ...world, since })) wrong.push("it is not done after the next run");
  if (journey.after && !next.recorded) wrong.push("it is not recorded");
  if (next.recorded?.outputs.grantedBy === "Nothing") wrong.push("what was given is taken for somebody else's");
  if (!journey.after && next.recorded) wrong.push("it is still recorded");
  if (next.recorded?.initErrors) wrong.push("it is recorded as unfinished");
  const writes = azure.journal().slice(since);
  if (writes.some(({ method, path }) => method === "DELETE" && path.includes("backupVaults"))) {
    wrong.push("the vault was deleted on the way");
  }
  return wrong;
}
