import { type Emulator, startEmulator } from "../../emulator/index.js";
import { unknownSentinel } from "../../provider/vaults/unknowns.js";
import { fronts, Host } from "../support/host.js";

describe.each(fronts)("served by the %s front", (front) => {
  let azure: Emulator;
  let provider: Host;

  beforeAll(async () => {
    azure = await startEmulator();
    provider = await new Host("encryptionSettings", front).start(azure.env);
  });

  afterAll(async () => {
    await provider.stop();
    await azure.close();
  });

  const vault =
    "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-payroll/providers/Microsoft.DataProtection/backupVaults/bv-payroll";

  const complete: Record<string, Record<string, unknown>> = {
    identityAssignment: { vault, identity: "SystemAssigned" },
    encryptionSettings: { vault, keyUri: "https://kv.vault.azure.net/keys/backup", identity: "SystemAssigned" },
    keyAccess: {
      keyUri: "https://kv.vault.azure.net/keys/backup",
      principalId: "11111111-2222-3333-4444-555555555555",
      scope: "Key",
    },
  };

  test("a key for a vault that is not known yet is announced as permanent", async () => {
    // Before all others: what is permanent is announced once in a run.
    await provider.check({}, { ...complete.encryptionSettings, vault: unknownSentinel });
    expect(provider.warnings).toEqual([expect.stringContaining("a vault cannot return to platform-managed keys")]);
  });

  test.each(Object.keys(complete))(
    "every argument of %s may be unknown, and then nothing is refused",
    async (handler) => {
      const args = complete[handler] ?? {};
      provider.handler = handler;
      const unknowns = Object.fromEntries(Object.keys(args).map((name) => [name, unknownSentinel]));
      expect((await provider.check({}, unknowns)).failures).toEqual([]);
      const { inputs, failures } = await provider.check(args, unknowns);
      expect(failures).toEqual([]);
      expect(await provider.diff("id", { ...args, state: "Enabled" }, inputs)).toMatchObject({ changes: true });
      expect(azure.writes()).toEqual([]);
    },
  );

  test.each(Object.keys(complete))("bad arguments of %s are named with their path, all at once", async (handler) => {
    provider.handler = handler;
    const names = Object.keys(complete[handler] ?? {});
    const { failures, properties } = await provider.check(
      {},
      { ...Object.fromEntries(names.map((name) => [name, 7])), x: 1 },
    );
    expect(failures).toHaveLength(names.length + 1);
    for (const name of names) expect(failures.join("\n")).toContain(`${name} must be`);
    expect(new Set(properties)).toEqual(new Set([""]));
  });

  test("a vault's id is taken in any case, and stays as it was written", async () => {
    provider.handler = "identityAssignment";
    const lower = { vault: vault.toLowerCase(), identity: "systemassigned" };
    const { inputs, failures } = await provider.check(complete.identityAssignment ?? {}, lower);
    expect(failures).toEqual([]);
    expect(inputs).toEqual(complete.identityAssignment);
  });

  test("a vault that is being replaced takes its identities and its encryption with it", async () => {
    for (const handler of ["identityAssignment", "encryptionSettings"]) {
      provider.handler = handler;
      const args = complete[handler] ?? {};
      const change = await provider.diff("id", { ...args, state: "Enabled" }, { ...args, vault: unknownSentinel });
      expect(change).toMatchObject({ changes: true, replaces: ["vault"] });
    }
  });
});
