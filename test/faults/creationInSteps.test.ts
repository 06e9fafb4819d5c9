import type { Emulator } from "../../emulator/index.js";
import { lifecycles } from "../../provider/lifecycles.js";
import { engineAt, engineOf, type Recorded } from "./engine.js";
import { startElsewhere, wrongIn } from "./journey.js";
import type { AnyFault } from "./strikes.js";

const { recoveryServicesVault } = lifecycles;

// A Recovery Services vault comes in steps, each a request of its own: Azure may fail at any of them.

const common = { resourceGroupName: "rg-machines", location: "westeurope", immutability: "Locked" };
/** With how many writes it comes. */
const programs: Record<string, { program: object; writes: number }> = {
  Locked: { program: common, writes: 2 },
  "Locked, with its own identity": { program: { ...common, identity: { type: "SystemAssigned" } }, writes: 2 },
  "Locked, with everything": {
    program: {
      ...common,
      sku: { name: "Standard" },
      redundancy: "GeoRedundant",
      crossRegionRestore: "Enabled",
      softDelete: { state: "AlwaysON", retentionDurationInDays: 30 },
      publicNetworkAccess: "Disabled",
      tags: { owner: "machines" },
      identity: "its key's",
      encryption: "its key",
    },
    writes: 2,
  },
};

/** What ends a step. */
const failures: Record<string, AnyFault> = {
  "is begun and ends Failed": { kind: "operationFails", code: "InternalServerError", message: "Try again later." },
  "is begun, and fails for the key's sake": { kind: "operationFails", code: "UserErrorCMKKeyVaultAuthFailure" },
  "is begun and ends Failed, twice": { kind: "operationFails", code: "InternalServerError", times: 2 },
  "is refused": { kind: "status", status: 400, code: "BadRequest" },
  "may not be made": { kind: "status", status: 403, code: "AuthorizationFailed" },
  "is refused for a conflict that lasts": { kind: "status", status: 409, code: "Conflict", times: 2 },
  "is answered by no one, after its effect": { kind: "dropAfter", times: "always" },
  "is answered by no one, without an effect": { kind: "dropBefore", times: "always" },
  "does not end": { kind: "operationNeverEnds" },
};

let worlds = 0;

async function newWorld(program: object) {
  const azure = await startElsewhere({ trust: true });
  azure.createResourceGroup("rg-machines");
  const vaultName = `rsv-steps-${++worlds}`;
  const id = `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-machines/providers/Microsoft.RecoveryServices/vaults/${vaultName}`;
  const given = { ...program, vaultName } as Record<string, unknown>;
  if (given.encryption) {
    const identity = azure.createUserAssignedIdentity("rg-machines", "id-machines");
    const store = azure.createKeyVault("rg-machines", "kv-machines").id;
    const keyUri = azure.createKey(store, "backup").replace(/\/[0-9a-f]{32}$/, "");
    azure.grant(store, identity.properties.principalId);
    given.identity = { type: "UserAssigned", userAssignedIdentities: [identity.id] };
    given.encryption = { keyUri, identity: identity.id };
  }
  return { azure, id, program: given };
}

/** A creation that fails at its n-th write, the look at it that a refresh takes, if so, and the next `up`. */
async function complaints(name: string, n: number, fault: AnyFault, isRefreshed: boolean): Promise<string[]> {
  const { azure, id, program } = await newWorld(programs[name]?.program ?? {});
  const impatient = { ...program, timeouts: { create: "3s", update: "3s" } };
  const { front, up, refresh } = engineAt(n, { fault, isRefreshed });
  const run = (recorded: Recorded | undefined, given: Record<string, unknown>) =>
    up(azure.env, recorded, given, recoveryServicesVault);
  try {
    const method = n === 0 ? "PUT" : "PATCH";
    azure.faults.add({ ...fault, method, path: "/vaults/", after: Math.max(0, n - 1) });
    let { recorded, errors } = await run(
      undefined,
      fault.times === "always" || fault.kind === "operationNeverEnds" ? impatient : program,
    );
    const wrong = errors.flatMap((error) => wrongIn(error, azure.env, String(program.vaultName)));
    const isThere = azure.vault(id) !== undefined;
    if (errors.length > 0 && isThere && !recorded) wrong.push("forgotten");
    if (errors.length > 0 && recorded && !recorded.initErrors) wrong.push("recorded as if it were whole");
    // The second failure is another run's.
    if (fault.times === 2) ({ recorded, errors } = await run(recorded, program));
    azure.faults.clear();
    if (isRefreshed) recorded = await refresh(azure.env, recorded, recoveryServicesVault);
    const next = await run(recorded, program);
    if (next.errors.length > 0) wrong.push(`the next up fails: ${next.errors.join(" ")}`);
    wrong.push(...unlike(azure, id, program, next.recorded));
    const writes = azure.writes().length;
    const last = await run(next.recorded, program);
    if (last.errors.length > 0 || azure.writes().length > writes) wrong.push("it is not at rest after that");
    return wrong.map((each) => `${front} front, write ${n}${isRefreshed ? ", refreshed" : ""}: ${each}`);
  } finally {
    await azure.close();
  }
}

function unlike(azure: Emulator, id: string, program: Record<string, unknown>, recorded?: Recorded): string[] {
  const vault = azure.vault(id);
  if (!vault || !recorded) return [`${vault ? "a" : "no"} vault, ${recorded ? "a" : "no"} record`];
  const { properties, identity, tags, sku } = vault;
  const security = properties.securitySettings;
  const has = {
    immutability: security.immutabilitySettings?.state,
    state: properties.provisioningState,
    recorded: recorded.outputs.provisioningState,
    unfinished: recorded.initErrors,
    identity: identity?.type ?? "None",
    key: properties.encryption?.keyVaultProperties?.keyUri,
    ...(program.sku ? { sku: sku.name, days: security.softDeleteSettings.softDeleteRetentionPeriodInDays, tags } : {}),
  };
  const { identity: wanted, encryption } = program as { identity?: { type: string }; encryption?: { keyUri: string } };
  const should = {
    immutability: "Locked",
    state: "Succeeded",
    recorded: "Succeeded",
    unfinished: undefined,
    identity: wanted?.type ?? "None",
    key: encryption?.keyUri,
    ...(program.sku ? { sku: "Standard", days: 30, tags: { owner: "machines" } } : {}),
  };
  return Object.entries(should)
    .filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(has[name as keyof typeof has]))
    .map(([name]) => `${name} is ${JSON.stringify(has[name as keyof typeof has])}`);
}

test.concurrent.each(Object.keys(programs))("%s comes in the steps that the table counts", async (name) => {
  const { azure, program } = await newWorld(programs[name]?.program ?? {});
  expect((await engineOf("dynamic").up(azure.env, undefined, program, recoveryServicesVault)).errors).toEqual([]);
  expect(azure.writes().filter(({ path }) => path.includes("/vaults/rsv-steps"))).toHaveLength(
    programs[name]?.writes ?? 0,
  );
  await azure.close();
});

/** Each failure at each write of each program, and over the programs both with a refresh and without. */
const cases = Object.entries(programs).flatMap(([name, { writes }], turn) =>
  Object.keys(failures).map((how, n) => ({
    name,
    how,
    tries: Array.from({ length: writes }, (_, write) => ({ write, isRefreshed: (turn + n + write) % 2 === 0 })),
  })),
);

test.concurrent.each(cases)(
  "a vault to be $name whose creation has a step that $how is finished by the next up",
  async ({ name, how, tries }) => {
    const found = tries.map(({ write, isRefreshed }) =>
      complaints(name, write, failures[how] as AnyFault, isRefreshed),
    );
    expect((await Promise.all(found)).flat()).toEqual([]);
  },
);
