import { definitions } from "../../provider/vaults/definitions.js";
import { eitherFront, type Recorded } from "../faults/engine.js";
import { anotherVault, type Kind, lifecycleOf, merged, newWorld, type Setting, type World } from "./oneSetting.js";

const { up } = eitherFront;

const kinds: Kind[] = ["BackupVault", "RecoveryServicesVault"];
const writableOf = {
  BackupVault: definitions.BackupVault.writable,
  RecoveryServicesVault: definitions.RecoveryServicesVault.writable,
};

const writesTo = ({ azure, id }: World) =>
  azure
    .writes()
    .filter(({ path }) => path.toLowerCase().startsWith(`${id.toLowerCase()}?`))
    .map(({ method, requestBody }) => ({ method, body: requestBody as Record<string, unknown> }));

async function deployed({ azure, kind }: World, recorded: Recorded | undefined, program: object): Promise<Recorded> {
  const run = await up(azure.env, recorded, program as Record<string, unknown>, lifecycleOf[kind]);
  if (run.errors.length > 0 || !run.recorded) throw new Error(run.errors.join("\n"));
  return run.recorded;
}

/** Everything that may be set beside one setting, without what stands against it. */
function besides({ settings }: World, { name }: Setting): object {
  const apart = [
    name,
    "redundancy",
    "sku",
    "identity",
    "encryption",
    ...(name === "redundancy" ? ["crossRegionRestore"] : []),
    // Only an immutable vault has one.
    ...(name === "immutability" ? ["immutabilityConfiguration"] : []),
  ];
  return Object.assign({}, ...settings.filter((each) => !apart.includes(each.name)).map(({ to }) => to));
}

/** All that is sent where one argument changes. */
async function changeOf(world: World, name: string, isKeyed: boolean, isShared: boolean) {
  const changed = world.settings.find((setting) => setting.name === name) as Setting;
  const { from, to, wire, beside = {} } = changed;
  const all = { ...world.base, ...(isKeyed && world.keyed), ...besides(world, changed), ...from };
  let recorded = await deployed(world, undefined, all);
  const program = isShared ? { ...world.least, ...from, adopt: true } : all;
  if (isShared) recorded = await deployed(world, undefined, program);
  const since = writesTo(world).length;
  await deployed(world, recorded, { ...program, ...to });
  const sent = writesTo(world).slice(since);
  return {
    name,
    sent,
    should: merged(isKeyed ? { properties: world.encryption } : {}, merged(beside, wire)),
    isPut: changed.isPut,
  };
}

describe.each(kinds)("of a %s", (kind) => {
  test("the table has every argument that is written to a vault", async () => {
    const { settings } = await newWorld(kind);
    const named = new Set(settings.map(({ name }) => name.split(".")[0]));
    expect([...writableOf[kind]].filter((name) => !named.has(name))).toEqual([]);
  });

  test.each([
    ["without a key, whose rest others set", false, true],
    ["with a key of its own, whose rest others set", true, true],
    ["without a key, whose rest the program sets", false, false],
    ["with a key of its own, whose rest the program sets", true, false],
  ])(
    "to a vault %s, a change of one argument sends that and what Azure needs beside it",
    async (_, isKeyed, isShared) => {
      const world = await newWorld(kind);
      const change = ({ name }: Setting) => changeOf(anotherVault(world), name, isKeyed, isShared);
      const changes = await Promise.all(world.settings.map(change));
      for (const { name, sent, should, isPut } of changes) {
        if (isPut) expect([name, sent.map(({ method }) => method)]).toEqual([name, ["PUT"]]);
        else expect({ name, sent }).toEqual({ name, sent: [{ method: "PATCH", body: should }] });
      }
    },
  );
});
