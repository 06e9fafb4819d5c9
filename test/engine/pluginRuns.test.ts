import { type Emulator, startEmulator } from "../../emulator/index.js";
import { newStack, type Stack } from "../support/stack.js";

// What only a plugin can: runs that are interrupted, deadlines that are Pulumi's own, and several providers at once.

let azure: Emulator;
/** Another cloud, with an Azure Resource Manager and an Entra of its own. */
let other: Emulator;
let stack: Stack;

beforeAll(async () => {
  [azure, other] = [await startEmulator(), await startEmulator()];
  for (const each of [azure, other]) each.createResourceGroup("rg-payroll");
  stack = (await newStack(azure.env)).withPlugin();
});

afterEach(() => azure.faults.clear());

afterAll(async () => {
  stack.remove();
  await azure.close();
  await other.close();
});

const named = (name: string) => ({
  vaultName: `bv-${name}`,
  resourceGroupName: "rg-payroll",
  location: "westeurope",
  redundancy: "GeoRedundant",
});

const idOf = (name: string) =>
  `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll/providers/Microsoft.DataProtection/backupVaults/bv-${name}`;

/** The vaults of the program, with their options as it writes them. */
const program = (vaults: Record<string, string>) =>
  stack.program(`
    const { CustomResource, ProviderResource, secret } = require("@pulumi/pulumi");
    const vault = (name, args, options) => new CustomResource("azure-backup:index:BackupVault", name, args, options);
    ${Object.entries(vaults)
      .map(([name, options]) => `vault("${name}", ${JSON.stringify(named(name))}, ${options});`)
      .join("\n")}`);

const recorded = async (name: string) =>
  (await stack.resources("azure-backup:index:")).find(({ urn }) => urn.endsWith(`::${name}`));
const writes = (name: string) =>
  azure
    .writes()
    .filter(({ path }) => path.includes(`/bv-${name}?`))
    .map(({ method }) => method);

const unfinished = { initErrors: [expect.stringContaining("Run `pulumi up` again to complete it.")] };
const short = `{ customTimeouts: { create: "2s" } }`;

test("Pulumi's customTimeouts end a creation, and what Azure has accepted is recorded", async () => {
  azure.faults.add({ kind: "operationNeverEnds", method: "PUT", path: "bv-short?" });
  const { code, output } = await program({ short }).up();
  expect(code).not.toBe(0);
  expect(output).toContain("still working");
  expect(await recorded("short")).toMatchObject({ id: idOf("short"), ...unfinished });
  expect((await recorded("short"))?.inputs).not.toHaveProperty("timeouts");
});

test("Ctrl-C ends a running creation, and what Azure has accepted is recorded", async () => {
  azure.faults.add({ kind: "operationNeverEnds", method: "PUT", path: "bv-endless?" });
  const isSent = () => writes("endless").includes("PUT");
  const { code, output } = await program({ short, endless: "{}" }).interruptedWhen(
    isSent,
    "up",
    "--yes",
    "--skip-preview",
  );
  expect(code).not.toBe(0);
  expect(output).toContain("Run `pulumi up` again to complete it.");
  expect(output).not.toMatch(/^\s+at /m);
  expect(await recorded("endless")).toMatchObject({ id: idOf("endless"), ...unfinished });
});

test("the next up completes both, without a second PUT", async () => {
  const { code, output } = await program({ short, endless: "{}" }).up();
  expect({ code, output }).toMatchObject({ code: 0 });
  for (const name of ["short", "endless"]) {
    const vault = await recorded(name);
    expect(vault).toMatchObject({ outputs: { provisioningState: "Succeeded" } });
    expect(vault?.initErrors).toBeUndefined();
    expect(writes(name)).toEqual(["PUT"]);
  }
  expect(await stack.preview("--expect-no-changes")).toMatchObject({ code: 0 });
});

test("explicit providers with settings of their own reach two clouds in one run, and their secrets stay encrypted", async () => {
  expect(await stack.destroy()).toMatchObject({ code: 0 });
  for (const name of Object.keys(azure.env).filter((each) => each.startsWith("ARM_"))) delete stack.env[name];
  const provider = (name: string, { env }: Emulator) =>
    `{ provider: new ProviderResource("azure-backup", "${name}", {
      subscriptionId: "${env.ARM_SUBSCRIPTION_ID}", tenantId: "${env.ARM_TENANT_ID}", clientId: "${env.ARM_CLIENT_ID}",
      clientSecret: secret("${env.ARM_CLIENT_SECRET}"), metadataHost: "${env.ARM_METADATA_HOSTNAME}" }) }`;
  const before = { azure: azure.writes().length };
  const { code, output } = await program({ here: provider("first", azure), there: provider("second", other) }).up();
  expect({ code, output }).toMatchObject({ code: 0 });
  const put = (emulator: Emulator, from = 0) =>
    emulator
      .writes()
      .slice(from)
      .filter(({ method }) => method === "PUT")
      .map(({ path }) => /bv-\w+/.exec(path)?.[0]);
  expect({ azure: put(azure, before.azure), other: put(other) }).toEqual({ azure: ["bv-here"], other: ["bv-there"] });
  const providers = await stack.resources("pulumi:providers:azure-backup");
  expect(providers.map(({ urn }) => urn.split("::").at(-1))).toEqual(expect.arrayContaining(["first", "second"]));
  expect(JSON.stringify(providers)).not.toContain(azure.env.ARM_CLIENT_SECRET);
  expect(await stack.preview("--expect-no-changes")).toMatchObject({ code: 0 });
});
