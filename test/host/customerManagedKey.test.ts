import { type Emulator, startEmulator } from "../../emulator/index.js";
import { unknownSentinel } from "../../provider/vaults/unknowns.js";
import { fronts, Host } from "../support/host.js";

describe.each(fronts)("served by the %s front", (front) => {
  let azure: Emulator;
  const hosts: Host[] = [];

  async function host(handler: string): Promise<Host> {
    const started = await new Host(handler, front).start(azure.env);
    hosts.push(started);
    return started;
  }

  beforeEach(async () => {
    azure = await startEmulator();
  });

  afterEach(async () => {
    for (const each of hosts.splice(0)) await each.stop();
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

  test.each(Object.keys(complete))(
    "every argument of %s may be unknown, and then nothing is refused",
    async (handler) => {
      const args = complete[handler] ?? {};
      const provider = await host(handler);
      const unknowns = Object.fromEntries(Object.keys(args).map((name) => [name, unknownSentinel]));
      expect((await provider.check({}, unknowns)).failures).toEqual([]);
      const { inputs, failures } = await provider.check(args, unknowns);
      expect(failures).toEqual([]);
      expect(await provider.diff("id", { ...args, state: "Enabled" }, inputs)).toMatchObject({ changes: true });
      expect(azure.writes()).toEqual([]);
    },
  );

  test("a key for a vault that is not known yet is announced as permanent", async () => {
    const provider = await host("encryptionSettings");
    await provider.check({}, { ...complete.encryptionSettings, vault: unknownSentinel });
    expect(provider.warnings).toEqual([expect.stringContaining("a vault cannot return to platform-managed keys")]);
  });

  test.each(Object.keys(complete))("bad arguments of %s are named with their path, all at once", async (handler) => {
    const provider = await host(handler);
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
    const provider = await host("identityAssignment");
    const lower = { vault: vault.toLowerCase(), identity: "systemassigned" };
    const { inputs, failures } = await provider.check(complete.identityAssignment ?? {}, lower);
    expect(failures).toEqual([]);
    expect(inputs).toEqual(complete.identityAssignment);
  });

  test("a vault that is being replaced takes its identities and its encryption with it", async () => {
    for (const handler of ["identityAssignment", "encryptionSettings"]) {
      const provider = await host(handler);
      const args = complete[handler] ?? {};
      const change = await provider.diff("id", { ...args, state: "Enabled" }, { ...args, vault: unknownSentinel });
      expect(change).toMatchObject({ changes: true, replaces: ["vault"] });
    }
  });
});
