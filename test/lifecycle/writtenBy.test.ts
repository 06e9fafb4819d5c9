import { lifecycles } from "../../provider/lifecycles.js";
import { eitherFront, type Run } from "../faults/engine.js";
import { aligned } from "../rules/transitions.js";
import { anotherVault, newWorld, type World } from "./oneSetting.js";

const { encryptionSettings, identityAssignment } = lifecycles;

/** What Azure shows of a vault's soft delete. `absent`: nothing. */
const states = ["Off", "On", "absent", "AlwaysOn"];
/** What a program says of it. `removed`: nothing any more, and so Azure's default. */
const programs = [...states, "removed"];

let azure: World;
beforeAll(async () => {
  azure = await newWorld("BackupVault");
});

const { destroy, up } = eitherFront;

const softDelete = (state: string): object =>
  programs.includes(state) && !["absent", "removed"].includes(state)
    ? { softDelete: { state, retentionDurationInDays: 14 } }
    : {};

/** Like every vault of the table, with an identity that may use a key. */
function vaultThatIs(state: string, properties: object = {}): World {
  const world = anotherVault(azure);
  const [one] = identities();
  const made = azure.azure.arm("PUT", `${world.id}?api-version=2025-07-01`, {
    location: "westeurope",
    identity: { type: "UserAssigned", userAssignedIdentities: { [one]: {} } },
    properties: { storageSettings: [{ datastoreType: "VaultStore", type: "GeoRedundant" }] },
  });
  if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  azure.azure.vault(world.id);
  const shown = state === "absent" ? undefined : { state, retentionDurationInDays: 14 };
  azure.azure.setVault(world.id, { properties: { securitySettings: { softDeleteSettings: shown }, ...properties } });
  return world;
}

const identities = () => {
  const wire = azure.settings.find(({ name }) => name === "identity")?.wire as { identity: Identity };
  return Object.keys(wire.identity.userAssignedIdentities) as [string, string];
};
interface Identity {
  userAssignedIdentities: object;
}

/** The method and api-version of each write to the vault, in the emulator's journal, while something is done. */
async function writesOf({ id }: World, work: () => Promise<Run>): Promise<string> {
  const all = () => azure.azure.writes().filter(({ path }) => path.toLowerCase().startsWith(`${id.toLowerCase()}?`));
  const since = all().length;
  const { errors } = await work();
  const writes = all().slice(since);
  const versions = writes.map(({ method, path }) => `${method} ${/api-version=([\d-]+)/.exec(path)?.[1]}`);
  if (errors.length === 0) return versions.join(", ") || "no write";
  return errors.every((error) => error.startsWith("soft-delete-always-on: ")) && versions.length === 0
    ? "refused"
    : errors.join("\n");
}

/** A program that takes the vault over, or already has it, and now says something of its soft delete. */
function changed({ id, least }: World, from: string, to: string, more: object): Promise<Run> {
  const program = { ...least, adopt: true };
  const inputs = { ...program, ...softDelete(from), vaultId: id, subscriptionId: azure.azure.env.ARM_SUBSCRIPTION_ID };
  const recorded = { id, inputs, outputs: { ...inputs, provisioningState: "Succeeded" } };
  return up(azure.azure.env, to === "removed" ? recorded : undefined, { ...program, ...softDelete(to), ...more });
}

async function table(properties: object, more: object): Promise<string> {
  const rows = states.map(async (from) => {
    const cells = programs.map((to) => {
      const vault = vaultThatIs(from, properties);
      return writesOf(vault, () => changed(vault, from, to, more));
    });
    return [from, ...(await Promise.all(cells))];
  });
  return `\n${aligned([["from \\ to", ...programs], ...(await Promise.all(rows))])}\n`;
}

test("a vault is created by the api-version that takes its soft delete", async () => {
  const creations = states.map((state) => {
    const vault = anotherVault(azure);
    return writesOf(vault, () => up(azure.azure.env, undefined, { ...vault.least, ...softDelete(state) }));
  });
  expect(await Promise.all(creations)).toEqual([
    "PUT 2025-07-01",
    "PUT 2025-07-01",
    "PUT 2025-07-01",
    "PUT 2026-06-01",
  ]);
});

test("a vault is updated by the api-version that takes what its soft delete will be", async () => {
  expect(await table({}, { tags: { owner: "payroll" } })).toBe(`
from \\ to | Off              | On               | absent           | AlwaysOn         | removed
Off       | PATCH 2025-07-01 | PATCH 2025-07-01 | PATCH 2025-07-01 | PATCH 2026-06-01 | PATCH 2025-07-01
On        | PATCH 2025-07-01 | PATCH 2025-07-01 | PATCH 2025-07-01 | PATCH 2026-06-01 | PATCH 2025-07-01
absent    | PATCH 2025-07-01 | PATCH 2025-07-01 | PATCH 2025-07-01 | PATCH 2026-06-01 | PATCH 2025-07-01
AlwaysOn  | refused          | refused          | PATCH 2026-06-01 | PATCH 2026-06-01 | refused
`);
});

const puts = `
from \\ to | Off            | On             | absent         | AlwaysOn       | removed
Off       | PUT 2025-07-01 | PUT 2025-07-01 | PUT 2025-07-01 | PUT 2026-06-01 | PUT 2025-07-01
On        | PUT 2025-07-01 | PUT 2025-07-01 | PUT 2025-07-01 | PUT 2026-06-01 | PUT 2025-07-01
absent    | PUT 2025-07-01 | PUT 2025-07-01 | PUT 2025-07-01 | PUT 2026-06-01 | PUT 2025-07-01
AlwaysOn  | refused        | refused        | PUT 2026-06-01 | PUT 2026-06-01 | refused
`;

test("so is one whose redundancy changes, by PUT", async () => {
  expect(await table({}, { redundancy: "ZoneRedundant" })).toBe(puts);
});

test("so is one whose last write failed, by PUT", async () => {
  expect(await table({ provisioningState: "Failed" }, { tags: { owner: "payroll" } })).toBe(puts);
});

test("identities, a key and a deletion go by the api-version that takes the vault as it is", async () => {
  const [one, two] = identities();
  const { env } = azure.azure;
  const { encryption } = azure.keyed as { encryption: object };
  const rows = states.map(async (state) => {
    const vault = vaultThatIs(state);
    const { id } = vault;
    let assigned: Run | undefined;
    const added = await writesOf(vault, async () => {
      assigned = await up(env, undefined, { vault: id, identity: two }, identityAssignment);
      return assigned;
    });
    const removed = await writesOf(vault, () => destroy(env, assigned?.recorded, identityAssignment));
    const settings = { vault: id, ...encryption, identity: one };
    const keyed = await writesOf(vault, () => up(env, undefined, settings, encryptionSettings));
    const inputs = { ...vault.least, vaultId: id };
    const deleted = await writesOf(vault, () => destroy(env, { id, inputs, outputs: inputs }));
    return [state, added, removed, keyed, deleted];
  });
  expect(
    `\n${aligned([["vault", "identity added", "removed", "key", "deletion"], ...(await Promise.all(rows))])}\n`,
  ).toBe(`
vault    | identity added   | removed          | key              | deletion
Off      | PATCH 2025-07-01 | PATCH 2025-07-01 | PATCH 2025-07-01 | DELETE 2026-06-01
On       | PATCH 2025-07-01 | PATCH 2025-07-01 | PATCH 2025-07-01 | DELETE 2026-06-01
absent   | PATCH 2025-07-01 | PATCH 2025-07-01 | PATCH 2025-07-01 | DELETE 2026-06-01
AlwaysOn | PATCH 2026-06-01 | PATCH 2026-06-01 | PATCH 2026-06-01 | DELETE 2026-06-01
`);
});

test("a cost management granularity goes along with a retention, although the program does not say the state", async () => {
  const vault = vaultThatIs("AlwaysOn");
  const settings = { softDelete: { retentionDurationInDays: 40 }, costManagementGranularity: "VaultLevel" };
  const writes = await writesOf(vault, () =>
    up(azure.azure.env, undefined, { ...vault.least, adopt: true, ...settings }),
  );
  expect(writes).toBe("PATCH 2026-06-01");
  expect(azure.azure.vault(vault.id)?.properties.costManagementSettings).toEqual({ granularityLevel: "VaultLevel" });
});

describe("a write of the whole vault that cannot say its cost management granularity", () => {
  const granular = { costManagementSettings: { granularityLevel: "VaultLevel" } };
  const wholly: [string, object, object][] = [
    ["for another redundancy", granular, { redundancy: "ZoneRedundant" }],
    ["after a failure", { ...granular, provisioningState: "Failed" }, { tags: { owner: "payroll" } }],
  ];

  test.each(wholly)("%s is refused at preview", async (_, properties, more) => {
    for (const state of ["Off", "On", "absent"]) {
      for (const managed of [{}, { costManagementGranularity: "VaultLevel" }]) {
        const vault = vaultThatIs(state, properties);
        const { errors, writes } = await outcomeOf(vault, { ...more, ...managed });
        expect([state, errors, writes]).toEqual([state, [expect.stringMatching(/^newer-api-version-needed: /)], []]);
      }
    }
  });

  test.each(wholly)(
    "%s is made by the newer version where the vault is or becomes AlwaysOn",
    async (_, properties, more) => {
      for (const state of ["On", "AlwaysOn"]) {
        const vault = vaultThatIs(state, properties);
        const { errors, writes } = await outcomeOf(vault, { ...more, ...softDelete("AlwaysOn") });
        expect([errors, writes]).toEqual([[], ["PUT"]]);
        expect(azure.azure.vault(vault.id)).toMatchObject({ properties: granular });
      }
    },
  );

  test("is made where the program accepts it, and what is lost is said", async () => {
    const accept = { redundancy: "ZoneRedundant", accept: ["newer-api-version-needed"] };
    const vault = vaultThatIs("On", granular);
    const { errors, warnings, writes } = await outcomeOf(vault, accept);
    expect([errors, writes]).toEqual([[], ["PUT"]]);
    expect(warnings).toContainEqual(expect.stringContaining('contains "newer-api-version-needed", so this is allowed'));
    expect(warnings).toContainEqual(
      expect.stringMatching(
        /costManagementGranularity changed in Azure with the update of redundancy\. The api-version of that update cannot set it/,
      ),
    );
    expect(warnings.join()).not.toMatch(/another client/i);
  });
});

async function outcomeOf(vault: World, program: object) {
  const since = azure.azure.writes().length;
  const { errors, warnings } = await up(azure.azure.env, undefined, { ...vault.least, adopt: true, ...program });
  return {
    errors,
    warnings,
    writes: azure.azure
      .writes()
      .slice(since)
      .map(({ method }) => method),
  };
}
