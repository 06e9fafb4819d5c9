import fc from "fast-check";
import type { JournalEntry } from "../../emulator/index.js";
import { lifecycles } from "../../provider/lifecycles.js";
import { eitherFront, type Run } from "../faults/engine.js";
import { anotherVault, type Kind, lifecycleOf, newWorld, type Setting, type World } from "./oneSetting.js";

const { identityAssignment } = lifecycles;

const { up } = eitherFront;

const kinds: Kind[] = ["BackupVault", "RecoveryServicesVault"];

interface Azure extends World {
  /** What another client does as soon as this has been answered. */
  afterRequest: { do: (entry: JournalEntry) => void };
}

const azures: Record<Kind, Promise<Azure>> = {
  BackupVault: azureOf("BackupVault"),
  RecoveryServicesVault: azureOf("RecoveryServicesVault"),
};

async function azureOf(kind: Kind): Promise<Azure> {
  const afterRequest: Azure["afterRequest"] = { do: () => {} };
  return { ...(await newWorld(kind, { onRequest: (entry) => afterRequest.do(entry) })), afterRequest };
}

const isAbout = (id: string, { path }: JournalEntry) => path.toLowerCase().startsWith(id.toLowerCase());

/** A run that changes one setting, and calls `between` after each of its requests about the vault. */
async function change(
  { azure, afterRequest, kind, base, least, keyed, id }: Azure,
  { from, to }: Setting,
  isKeyed: boolean,
  between: (count: number, entry: JournalEntry) => void,
): Promise<Run> {
  const go = (recorded: Run["recorded"], program: object) =>
    up(azure.env, recorded, program as Record<string, unknown>, lifecycleOf[kind]);
  await go(undefined, { ...base, ...(isKeyed && keyed) });
  const program = { ...least, ...from, adopt: true };
  const { recorded, errors } = await go(undefined, program);
  if (errors.length > 0) throw new Error(errors.join("\n"));
  let count = 0;
  afterRequest.do = (entry) => {
    if (isAbout(id, entry)) between(count++, entry);
  };
  try {
    return await go(recorded, { ...program, ...to });
  } finally {
    afterRequest.do = () => {};
  }
}

/** Another client writes; Azure takes one operation at a time, so it may have to come again. */
const theirWrite = ({ azure, id }: World, { wire }: Setting): boolean => {
  const { status } = azure.arm("PATCH", id, wire);
  if (status !== 409 && status !== 202) throw new Error(`The other client is answered ${status}.`);
  // The first look ends what was begun.
  azure.vault(id);
  return status === 202;
};

interface Course {
  /** How many requests a run about the vault makes. */
  count: number;
  /** The last one before its write. */
  window: number;
}

const courses = new Map<string, Promise<Course>>();

/** A change that nobody disturbs. */
function undisturbed(kind: Kind, ours: Setting, isKeyed: boolean): Promise<Course> {
  const key = `${kind} ${ours.name} ${isKeyed}`;
  const known = courses.get(key) ?? courseOf(kind, ours, isKeyed);
  courses.set(key, known);
  return known;
}

async function courseOf(kind: Kind, ours: Setting, isKeyed: boolean): Promise<Course> {
  const entries: JournalEntry[] = [];
  await change(await newVault(kind), ours, isKeyed, (_, entry) => entries.push(entry));
  return { count: entries.length, window: entries.findIndex(({ method }) => method !== "GET") - 1 };
}

async function newVault(kind: Kind): Promise<Azure> {
  const azure = await azures[kind];
  return { ...azure, ...anotherVault(azure) };
}

const settingOf = ({ settings }: World, name: string) => settings.find((each) => each.name === name) as Setting;

/** What Azure wants whole, so that a change of one carries the other. */
const inOneObject = (...settings: Setting[]): boolean => settings.every(({ name }) => name.startsWith("softDelete"));

/** What cannot be in one vault. */
const contrary = new Set([
  "redundancy crossRegionRestore",
  "crossRegionRestore redundancy",
  // Only an immutable vault has a configuration.
  "immutability immutabilityConfiguration",
  "immutabilityConfiguration immutability",
]);

describe.each(kinds)("of a %s", (kind) => {
  test("two clients that change different settings at the same time lose nothing of each other's", async () => {
    const { settings } = await azures[kind];
    const setting = fc.constantFrom(...settings);
    const pairs = fc
      .tuple(setting, setting, fc.nat(100))
      .filter(([ours, theirs]) => ours !== theirs && !theirs.isPut && !contrary.has(`${ours.name} ${theirs.name}`));
    await fc.assert(
      fc.asyncProperty(pairs, async ([ours, theirs, when]) => {
        const isKeyed = theirs.name === "encryption";
        const { count, window } = await undisturbed(kind, ours, isKeyed);
        // What goes along because Azure needs it is as it was one request ago: nobody can do better without an ETag.
        const isCarried = ours.isPut || theirs.name === "encryption" || inOneObject(ours, theirs);
        const gaps = Array.from({ length: count - 1 }, (_, n) => n).filter((n) => !isCarried || n !== window);
        const gap = gaps[when % gaps.length] as number;
        const world = await newVault(kind);
        let isDone = false;
        const run = await change(world, ours, isKeyed, (n) => {
          if (n >= gap && !isDone) isDone = theirWrite(world, theirs);
        });
        if (!isDone) theirWrite(world, theirs);
        const vault = world.azure.vault(world.id);
        expect({ run: run.errors, gap, vault }).toMatchObject({ run: [], vault: ours.wire });
        expect({ gap, vault }).toMatchObject({ vault: theirs.wire });
      }),
      { numRuns: 60 },
    );
  });

  test("an argument that leaves the program goes back to Azure's default once, and is others' to set from then on", async () => {
    const world = await newVault(kind);
    const { azure, id, least, base } = world;
    const first = { ...base, immutability: "Unlocked", crossSubscriptionRestore: "Disabled", tags: { a: "b" } };
    const go = (recorded: Run["recorded"], program: object) =>
      up(azure.env, recorded, program as Record<string, unknown>, lifecycleOf[kind]);
    const made = await go(undefined, first);
    const bare = { ...least, ...(kind === "BackupVault" && { softDelete: { state: "AlwaysOn" } }) };
    const removed = await go(made.recorded, bare);
    expect(removed.errors).toEqual([]);
    for (const side of [removed.recorded?.inputs, removed.recorded?.outputs]) {
      expect(side).not.toHaveProperty("immutability");
      expect(side).not.toHaveProperty("softDelete.retentionDurationInDays");
    }
    const unset = azure.vault(id);
    expect(unset?.tags ?? {}).toEqual({});
    expect(unset?.properties.securitySettings.immutabilitySettings.state).toBe("Disabled");

    const names = ["immutability", "crossSubscriptionRestore", "softDelete.retentionDurationInDays"];
    const others = names.map((name) => settingOf(world, name));
    for (const setting of others) theirWrite(world, setting);
    const writes = azure.writes().length;
    const again = await go(removed.recorded, bare);
    expect([again.errors, azure.writes().length]).toEqual([[], writes]);
    const last = await go(again.recorded, { ...bare, tags: { owner: "payroll" } });
    expect(last.errors).toEqual([]);
    for (const { wire } of others) expect(azure.vault(id)).toMatchObject(wire);
  });

  test("what another client changes during the write is said, and kept where the program does not manage it", async () => {
    const world = await newVault(kind);
    const [ours, theirs] = [settingOf(world, "tags"), settingOf(world, "immutability")];
    let isDone = false;
    const run = await change(world, ours, false, (_, { method }) => {
      if (method === "PATCH") world.azure.vault(world.id);
      if (method === "PATCH" && !isDone) isDone = theirWrite(world, theirs);
    });
    expect(run.errors).toEqual([]);
    expect(run.warnings).toContainEqual(
      expect.stringContaining(
        "immutability changed while this deployment updated tags. Another client or Azure itself made the change. The change is kept.",
      ),
    );
    expect(world.azure.vault(world.id)).toMatchObject(theirs.wire);
  });

  test("a setting that another client takes back once is written again, and one that it always takes back is an error", async () => {
    for (const [times, says] of [
      [1, undefined],
      [100, "Azure accepted the update 3 times, but shows other values of crossSubscriptionRestore"],
    ] as const) {
      const world = await newVault(kind);
      const ours = settingOf(world, "crossSubscriptionRestore");
      const back = JSON.parse(JSON.stringify(ours.wire).replace('"Disabled"', '"Enabled"'));
      let left: number = times;
      const run = await change(world, ours, false, (_, { method }) => {
        if (method !== "PATCH" || left === 0) return;
        world.azure.vault(world.id);
        theirWrite(world, { ...ours, wire: back });
        left -= 1;
      });
      expect(run.errors).toEqual(says ? [expect.stringContaining(says)] : []);
      if (!says) expect(world.azure.vault(world.id)).toMatchObject(ours.wire);
    }
  });
});

test("what another client changes after the write is said also of what Azure wants with the change", async () => {
  const world = await newVault("RecoveryServicesVault");
  const ours = { ...settingOf(world, "immutabilityConfiguration"), from: {} };
  const unlocked = { ...world, base: { ...world.base, immutability: "Unlocked" } };
  const lock = { properties: { securitySettings: { immutabilitySettings: { state: "Locked" } } } };
  const theirs = { ...settingOf(world, "immutability"), wire: lock };
  let isDone = false;
  const run = await change(unlocked, ours, false, (_, { method }) => {
    if (method === "PATCH") world.azure.vault(world.id);
    if (method === "PATCH" && !isDone) isDone = theirWrite(world, theirs);
  });
  expect(run.errors).toEqual([]);
  expect(run.warnings).toContainEqual(
    expect.stringContaining("immutability changed while this deployment updated immutabilityConfiguration."),
  );
});

test("two stacks that each give a vault an identity leave it with both", async () => {
  for (const gap of [0, 1, 2]) {
    const world = await newVault("BackupVault");
    const { azure, id, afterRequest } = world;
    await up(azure.env, undefined, world.base, lifecycleOf.BackupVault);
    const theirs = settingOf(world, "identity");
    let [count, isDone] = [0, false];
    afterRequest.do = (entry) => {
      if (isAbout(id, entry) && count++ >= gap && !isDone) isDone = theirWrite(world, theirs);
    };
    const { errors } = await up(azure.env, undefined, { vault: id, identity: "SystemAssigned" }, identityAssignment);
    afterRequest.do = () => {};
    expect(errors).toEqual([]);
    const { type, userAssignedIdentities } = azure.vault(id)?.identity ?? {};
    expect([gap, Object.keys(userAssignedIdentities).length]).toEqual([gap, 2]);
    expect([gap, type]).toEqual([gap, "SystemAssigned,UserAssigned"]);
  }
});
