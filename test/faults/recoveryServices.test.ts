import { recoveryServicesVault } from "../../provider/lifecycle/vault/lifecycle.js";
import { once } from "./atEachRequest.js";
import { engineAt, engineOf, type Recorded, type Run } from "./engine.js";
import { type AnyFault, anew, closeWorlds, type Operation, startElsewhere, wrongIn } from "./journey.js";
import { someAtATime } from "./someAtATime.js";

// The journeys of Backup vaults, for the other kind: its creation takes several requests, and may end between any two.

afterAll(closeWorlds);

const before = {
  resourceGroupName: "rg-machines",
  location: "westeurope",
  identity: { type: "SystemAssigned" },
  softDelete: { state: "AlwaysON", retentionDurationInDays: 30 },
  immutability: "Unlocked",
  tags: { owner: "machines-team" },
};
const after = { ...before, immutability: "Locked", sku: { name: "Standard" }, tags: { owner: "machines" } };
/** Locked is reached in two steps, and the identity comes after the creation. */
const programs: Record<Operation, object> = {
  create: { ...before, immutability: "Locked" },
  update: after,
  delete: before,
};

let worlds = 0;

async function newWorld(operation: Operation) {
  const azure = await startElsewhere({ trust: true });
  azure.createResourceGroup("rg-machines");
  // Worlds share a process, and so a vault's lock would be shared by all vaults of one id.
  const vaultName = `rsv-machines-${++worlds}`;
  const id = `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-machines/providers/Microsoft.RecoveryServices/vaults/${vaultName}`;
  const program = { ...programs[operation], vaultName };
  if (operation === "create") return { azure, id, program };
  const { recorded, errors } = await engineOf("dynamic").up(
    azure.env,
    undefined,
    { ...before, vaultName },
    recoveryServicesVault,
  );
  if (errors.length > 0) throw new Error(errors.join("\n"));
  return { azure, id, program, recorded };
}

type World = Awaited<ReturnType<typeof newWorld>>;

const run = (
  operation: Operation,
  { program }: World,
  env: Record<string, string>,
  recorded?: Recorded,
  engine = engineOf("dynamic"),
): Promise<Run> =>
  operation === "delete"
    ? engine.destroy(env, recorded, recoveryServicesVault)
    : engine.up(env, recorded, program, recoveryServicesVault);

async function requestsOf(operation: Operation): Promise<number> {
  const world = await newWorld(operation);
  const begun = world.azure.journal().length;
  const { errors } = await run(operation, world, anew(world), world.recorded);
  expect(errors).toEqual([]);
  await world.azure.close();
  return world.azure.journal().length - begun;
}

/** The operation with a fault at its n-th request, and then the next run, without. All that is wrong about it. */
async function complaints(operation: Operation, n: number, fault: AnyFault): Promise<string[]> {
  const world = await newWorld(operation);
  const { azure, id, program } = world;
  const engine = engineAt(n, fault);
  try {
    azure.faults.add({ ...fault, after: n });
    const first = await run(operation, world, anew(world), world.recorded, engine);
    const wrong = first.errors.flatMap((error) => wrongIn(error, azure.env, program.vaultName));
    azure.faults.clear();
    if (!first.recorded && azure.vault(id)) wrong.push(`forgotten: ${first.errors.join(" ")}`);
    const next = await run(operation, world, azure.env, first.recorded, engine);
    if (next.errors.length > 0) wrong.push(`the next run fails: ${next.errors.join(" ")}`);
    return [...wrong, ...unlike(operation, world, next)].map((each) => `${engine.front} front, ${n}: ${each}`);
  } finally {
    await azure.close();
  }
}

function unlike(operation: Operation, { azure, id, program }: World, { recorded }: Run): string[] {
  const vault = azure.vault(id);
  if (operation === "delete")
    return [...(vault ? ["the vault is still there"] : []), ...(recorded ? ["still recorded"] : [])];
  if (!vault || !recorded)
    return [`after the next run: ${vault ? "a vault" : "no vault"}, ${recorded ? "a" : "no"} record`];
  const { immutability, tags } = program as unknown as typeof before;
  const { securitySettings, provisioningState } = vault.properties;
  const wrong = [];
  if (securitySettings.immutabilitySettings?.state !== immutability) wrong.push("not as immutable as the program says");
  if (securitySettings.softDeleteSettings.softDeleteRetentionPeriodInDays !== 30) wrong.push("another retention");
  if (vault.identity?.type !== "SystemAssigned") wrong.push(`identity ${vault.identity?.type}`);
  if (vault.tags?.owner !== tags.owner) wrong.push("other tags");
  if (provisioningState !== "Succeeded" || recorded.outputs.provisioningState !== "Succeeded")
    wrong.push("not Succeeded");
  if (recorded.initErrors) wrong.push("recorded as unfinished");
  if (azure.writes().some(({ method }) => method === "DELETE")) wrong.push("the vault was deleted on the way");
  return wrong;
}

const some = once.filter(([name]) => /503|409|after the effect|middle/.test(name));

test.concurrent.each(
  (["create", "update", "delete"] as const).flatMap((operation) => some.map((fault) => [operation, ...fault] as const)),
)(
  "%s of a Recovery Services vault meets %s at any of its requests, and the next run finds nothing wrong",
  async (operation, _, fault) => {
    const count = await requestsOf(operation);
    const found = Array.from({ length: count }, (_each, n) => someAtATime(() => complaints(operation, n, fault)));
    expect((await Promise.all(found)).flat()).toEqual([]);
  },
);
