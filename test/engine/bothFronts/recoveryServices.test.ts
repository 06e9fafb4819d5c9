import { type Emulator, startEmulator } from "../../../emulator/index.js";
import { traces, tracesInFiles } from "../../secrets/traces.js";
import { newStack, type Stack } from "../../support/stack.js";

let azure: Emulator;
let stack: Stack;
let settings: string[];
let id: string;

beforeEach(async () => {
  azure = await startEmulator();
  azure.createResourceGroup("rg-machines");
  const identity = azure.createUserAssignedIdentity("rg-machines", "id-machines");
  const store = azure.createKeyVault("rg-machines", "kv-machines");
  azure.createKey(store.id, "backup");
  azure.grant(store.id, identity.properties.principalId);
  settings = ["--config", "keyUri=https://kv-machines.vault.azure.net/keys/backup"];
  settings.push("--config", `identityId=${identity.id}`);
  id = `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-machines/providers/Microsoft.RecoveryServices/vaults/rsv-machines`;
  stack = await newStack(azure.env);
  stack.example("recovery-services").withoutTypes();
});

afterEach(async () => {
  stack.remove();
  await azure.close();
});

test("the example comes up in one run, stays, refuses what Azure would, tells no secret, and goes", async () => {
  const up = await stack.up(...settings);
  expect(up).toMatchObject({ code: 0 });
  expect(azure.vault(id)?.properties).toMatchObject({
    encryption: { keyVaultProperties: { keyUri: "https://kv-machines.vault.azure.net/keys/backup" } },
    securitySettings: { immutabilitySettings: { state: "Locked" } },
  });
  const secrets = { "the client secret": azure.env.ARM_CLIENT_SECRET };
  expect(traces(up.output, secrets)).toEqual([]);
  expect(tracesInFiles(stack.directory, secrets)).toEqual([]);

  expect(await stack.refresh("--expect-no-changes")).toMatchObject({ code: 0 });

  azure.protectVm(id, { name: "vm-payroll" });
  const asked = azure.writes().length;
  const refused = await stack.preview("--config", "immutability=Unlocked", "--config", "redundancy=ZoneRedundant");
  expect(refused.code).not.toBe(0);
  expect(refused.output).toContain(
    'rsv-immutability-locked: Recovery Services vault "rsv-machines" cannot change immutability from Locked to Unlocked.',
  );
  expect(refused.output).toContain("rsv-redundancy-after-registration");

  const kept = await stack.destroy();
  expect(kept.code).not.toBe(0);
  expect(kept.output).toContain("rsv-delete-not-empty");
  expect(kept.output).toContain("1 protected item: vm-payroll");
  expect(azure.writes()).toHaveLength(asked);

  azure.setVault(id, undefined);
  expect(await stack.destroy()).toMatchObject({ code: 0 });
});
