import { type Emulator, startEmulator } from "../../../emulator/index.js";
import { newStack, type Stack } from "../../support/stack.js";
import { vaultBlocks } from "../../support/vaultBlocks.js";

let azure: Emulator;
let stack: Stack;
let payrollIdentity: string;
let salesIdentity: string;

/** A vault of another stack, which this program names by its ARM ID. */
const foreign = () => `new IdentityAssignment("foreign", { vault: "${idOf("foreign")}", identity: "SystemAssigned" });`;

/** A vault and what follows it in the program. */
function vault(name: string, rest = "", more: object = {}): string {
  const args = {
    vaultName: `bv-${name}`,
    resourceGroupName: "rg-payroll",
    location: "westeurope",
    redundancy: "GeoRedundant",
    softDelete: { state: "On", retentionDurationInDays: 30 },
    ...more,
  };
  return `const vault = new BackupVault("${name}", ${JSON.stringify(args)}); const name = "${name}"; ${rest}`;
}

const assign = (variable: string, identity: string) =>
  `const ${variable} = new IdentityAssignment(name + "-${variable}", { vault, identity: "${identity}" });
   exports[name + "-${variable}"] = ${variable}.principalId;`;
const own = assign("own", "SystemAssigned");
const one = () => assign("one", payrollIdentity);

/** What the program says of each vault, as it was last deployed. */
let vaults: Record<string, string>;

const imports = ["BackupVault", "IdentityAssignment"];
const program = (changes?: Record<string, string>) => vaultBlocks(stack, imports, vaults).program(changes);
const up = (changes?: Record<string, string>) => vaultBlocks(stack, imports, vaults).up(changes);

const idOf = (name: string) =>
  `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll/providers/Microsoft.DataProtection/backupVaults/bv-${name}`;

const assigned = (name: string) => {
  const { type, userAssignedIdentities } = azure.vault(idOf(name))?.identity ?? {};
  const names = Object.keys(userAssignedIdentities ?? {}).map((each) => each.slice(each.lastIndexOf("/") + 1));
  return { type, names: names.sort() };
};

const writesTo = (name: string) => azure.writes().filter(({ path }) => path.includes(`/bv-${name}?`));

beforeAll(async () => {
  azure = await startEmulator();
  azure.createResourceGroup("rg-payroll");
  payrollIdentity = azure.createUserAssignedIdentity("rg-payroll", "id-payroll").id;
  salesIdentity = azure.createUserAssignedIdentity("rg-payroll", "id-sales").id;
  stack = await newStack(azure.env);
  vaults = {
    several: vault("several", own + one() + assign("two", salesIdentity)),
    other: vault("other", one()),
    fewer: vault("fewer", own + one()),
    used: vault("used", own),
    encrypted: vault("encrypted", one()),
    portal: vault("portal", one()),
    moved: vault("moved", own),
    last: vault("last", own),
  };
  azure.arm("PUT", idOf("foreign"), {
    location: "westeurope",
    properties: { storageSettings: [{ datastoreType: "VaultStore", type: "GeoRedundant" }] },
  });
  await up();
});

afterAll(async () => {
  stack.remove();
  await azure.close();
});

test("several identities come onto one vault, and stay without a diff", async () => {
  expect(assigned("several")).toEqual({ type: "SystemAssigned,UserAssigned", names: ["id-payroll", "id-sales"] });

  const calls = azure.journal().length;
  expect(await stack.preview("--expect-no-changes")).toMatchObject({ code: 0 });
  expect(azure.journal()).toHaveLength(calls);
});

test("what an identity is in the directory can be used by the rest of the program", async () => {
  const { identity } = azure.vault(idOf("fewer")) ?? {};
  const resources = (await stack.resources()).filter(({ urn }) => urn.includes("::fewer-"));
  const outputs = Object.fromEntries(resources.map((each) => [each.inputs.identity, each.outputs]));
  expect(outputs.SystemAssigned).toMatchObject({ principalId: identity.principalId, tenantId: identity.tenantId });
  expect(outputs[payrollIdentity]).toMatchObject(identity.userAssignedIdentities[payrollIdentity]);
});

test("a refresh shows an identity that was taken off in the portal, and nothing else", async () => {
  azure.setVault(idOf("portal"), { identity: undefined });
  const { code, output } = await stack.refresh();
  expect({ code, output }).toMatchObject({ code: 0 });
  expect(output).toMatch(/Resources:\s+- 1 deleted\s+\d+ unchanged/);
});

describe("one up", () => {
  let writesToOther: number;

  beforeAll(async () => {
    writesToOther = writesTo("other").length;
    await up({
      other: vault("other", assign("one", salesIdentity)),
      fewer: vault("fewer", one()),
      moved: vault("moved", own, { location: "northeurope" }),
      last: vault("last"),
      foreign: foreign(),
    });
  });

  test("adds another identity first, then the old one leaves", () => {
    expect(assigned("other")).toEqual({ type: "UserAssigned", names: ["id-sales"] });
    const sent = writesTo("other")
      .slice(writesToOther)
      .map(({ requestBody }) => (requestBody as { identity: object }).identity);
    expect(sent).toMatchObject([
      { userAssignedIdentities: { [payrollIdentity]: {}, [salesIdentity]: {} } },
      { userAssignedIdentities: { [salesIdentity]: {}, [payrollIdentity]: null } },
    ]);
  });

  test("takes away the identity whose assignment is removed, and no other", () => {
    expect(assigned("fewer")).toEqual({ type: "UserAssigned", names: ["id-payroll"] });
  });

  test("takes away the last identity, and the vault has none", () => {
    expect(azure.vault(idOf("last"))?.identity?.type ?? "None").toBe("None");
  });

  test("gives one to a vault that is named by its ARM id", () => {
    expect(assigned("foreign").type).toBe("SystemAssigned");
  });

  test("brings back what was taken off in the portal", () => {
    expect(assigned("portal").names).toEqual(["id-payroll"]);
  });

  test("gives a vault that is replaced its identities again", () => {
    expect(azure.vault(idOf("moved"))).toMatchObject({
      location: "northeurope",
      identity: { type: "SystemAssigned" },
    });
  });
});

test("an identity that a backup instance uses, or that the vault's key needs, does not leave, and both are named", async () => {
  await azure.protect(idOf("used"), { name: "payroll-blobs" });
  azure.setVault(idOf("encrypted"), {
    properties: {
      securitySettings: {
        encryptionSettings: {
          state: "Enabled",
          keyVaultProperties: { keyUri: "https://kv-payroll.vault.azure.net/keys/backup" },
          kekIdentity: { identityType: "UserAssigned", identityId: payrollIdentity },
        },
      },
    },
  });
  // So that each is refused by itself, and what may go goes.
  const without = { used: vault("used"), encrypted: vault("encrypted"), foreign: "" };
  const { code, output } = await program(without).up("--continue-on-error");
  expect(code).not.toBe(0);
  expect(output).toContain("instance-identity-removed");
  expect(output).toContain("payroll-blobs");
  expect(output).toContain("kek-identity-removed");
  expect(assigned("used").type).toBe("SystemAssigned");
  expect(assigned("encrypted").names).toEqual(["id-payroll"]);
  expect(azure.vault(idOf("foreign"))?.identity?.type ?? "None").toBe("None");
});

test("identities go with their vault, in one request", async () => {
  const writes = azure.writes().length;
  expect(await program().destroy("--target", "**::several*")).toMatchObject({ code: 0 });
  expect(azure.vault(idOf("several"))).toBeUndefined();
  expect(
    azure
      .writes()
      .slice(writes)
      .map(({ method }) => method),
  ).toEqual(["DELETE"]);
});
