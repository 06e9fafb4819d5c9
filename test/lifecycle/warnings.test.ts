import { unknownSentinel } from "../../provider/vaults/unknowns.js";
import { azure, emulatorForAll } from "../emulator/emulatorForAll.js";
import { created, oneRun } from "../support/oneRun.js";

// What a preview warns of is what its reader can act on, and each thing once.

emulatorForAll({ trust: true });

type Identity = { id: string; properties: { principalId: string } };
let identity: Identity;
let another: Identity;

const keyUri = "https://kv-warn.vault.azure.net/keys/backup";

beforeAll(() => {
  azure.createResourceGroup("rg-warn");
  identity = azure.createUserAssignedIdentity("rg-warn", "id-warn") as Identity;
  another = azure.createUserAssignedIdentity("rg-warn", "id-another") as Identity;
  azure.createKey(azure.createKeyVault("rg-warn", "kv-warn").id, "backup");
});

type Run = ReturnType<typeof oneRun>;
const alwaysOn = { state: "AlwaysOn", retentionDurationInDays: 30 };
let count = 0;
const vaultArgs = (more: object = {}) => {
  count += 1;
  const vaultName = `bv-warn-${count}`;
  return { vaultName, resourceGroupName: "rg-warn", location: "westeurope", redundancy: "GeoRedundant", ...more };
};
const codes = ({ warnings }: Run) => warnings.map((warning) => warning.split(":")[0]);
const permanent = ["one-way-change", "one-way-change"];

/** A new vault with always-on soft delete, and a key that an identity of its own accesses. */
async function encrypt(run: Run, { assigned = true, keyIdentity = "SystemAssigned", principal = unknownSentinel }) {
  const { vaultId: vault } = (await run.backupVault.check({}, vaultArgs({ softDelete: alwaysOn }))).inputs;
  if (assigned) await run.identityAssignment.check({}, { vault, identity: keyIdentity });
  if (principal) await run.keyAccess.check({}, { keyUri, principalId: principal });
  const { failures } = await run.encryptionSettings.check({}, { vault, keyUri, identity: keyIdentity });
  expect(failures).toEqual([]);
}

test("a key whose identity and access come in the same run is only announced as permanent", async () => {
  const run = oneRun(azure);
  await encrypt(run, {});
  expect(codes(run)).toEqual(permanent);

  const withUserAssigned = oneRun(azure);
  await encrypt(withUserAssigned, { keyIdentity: identity.id, principal: identity.properties.principalId });
  expect(codes(withUserAssigned)).toEqual([...permanent, "cmk-user-identity-private-endpoint"]);

  const atCreation = oneRun(azure);
  await atCreation.keyAccess.check({}, { keyUri, principalId: identity.properties.principalId });
  const inline = {
    identity: { type: "UserAssigned", userAssignedIdentities: [identity.id] },
    encryption: { keyUri, identity: identity.id },
  };
  await atCreation.backupVault.check({}, vaultArgs({ ...inline, softDelete: alwaysOn }));
  expect(codes(atCreation)).toEqual([...permanent, "cmk-user-identity-private-endpoint"]);
});

test("an identity that no resource of the program assigns is still missing, and access that another has too", async () => {
  const unassigned = oneRun(azure);
  await encrypt(unassigned, { assigned: false });
  expect(codes(unassigned)).toContain("kek-identity-not-attached");
  expect(unassigned.warnings.join("\n")).toContain(
    "The identity that should access the key is not on the vault yet. Add the identity to the vault first",
  );

  const ungranted = oneRun(azure);
  await encrypt(ungranted, { principal: "" });
  expect(codes(ungranted)).toContain("cmk-access-missing");

  const toAnother = oneRun(azure);
  await encrypt(toAnother, { keyIdentity: identity.id, principal: another.properties.principalId });
  expect(codes(toAnother)).toContain("cmk-access-missing");
});

test("a key that the run creates is no warning, only that it is permanent", async () => {
  const run = oneRun(azure);
  const { vaultId: vault } = (await run.backupVault.check({}, vaultArgs({ softDelete: alwaysOn }))).inputs;
  await run.identityAssignment.check({}, { vault, identity: "SystemAssigned" });
  await run.encryptionSettings.check({}, { vault, keyUri: unknownSentinel, identity: "SystemAssigned" });
  expect(codes(run)).toEqual(permanent);
});

test("a name that is only known during the deployment is checked then", async () => {
  const run = oneRun(azure);
  await run.backupVault.check({}, vaultArgs({ vaultName: unknownSentinel, softDelete: alwaysOn }));
  expect(run.warnings[0]).toContain(
    "`vaultName` is only known during `pulumi up`; it is checked then, before anything",
  );
});

test("a replaced vault, which the engine checks twice, is warned of once, and two vaults each", async () => {
  const args = vaultArgs();
  const { inputs } = await created(oneRun(azure).backupVault, args);
  const run = oneRun(azure);
  const moved = { ...args, location: "northeurope", softDelete: alwaysOn };
  await run.backupVault.check(inputs, moved);
  await run.backupVault.check({}, moved);
  expect(codes(run)).toEqual(["vault-replaced", "one-way-change"]);

  const ofTwo = oneRun(azure);
  for (const _ of [1, 2]) await ofTwo.backupVault.check({}, vaultArgs({ softDelete: alwaysOn }));
  expect(codes(ofTwo)).toEqual(permanent);
});

test("of a setting that is refused nothing else is told", async () => {
  const run = oneRun(azure);
  const { failures } = await run.backupVault.check(
    {},
    vaultArgs({ location: "australiaeast", softDelete: { state: "Off" } }),
  );
  expect(failures.map(({ reason }) => reason)).toEqual([expect.stringContaining("soft-delete-off-by-api-version")]);
  expect(run.warnings).toEqual([]);
});
