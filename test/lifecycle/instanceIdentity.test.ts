import { type Emulator, startEmulator } from "../../emulator/index.js";
import { created, oneRun } from "../support/oneRun.js";

let azure: Emulator;
let vault: string;
let identity: { id: string; principalId: string };
let args: Record<string, unknown>;
let worlds = 0;

const backupContributor = "e5e2a7ff-d759-4cd2-bb51-3152d37e2eb1";
const group = () => `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-${worlds}`;
const account = (name = "source") => `${group()}/providers/Microsoft.Storage/storageAccounts/${name}`;
const used = (id = identity.id) => ({ useSystemAssignedIdentity: false, userAssignedIdentityArmUrl: id });

beforeAll(async () => {
  azure = await startEmulator({ trust: true });
});
afterAll(() => azure.close());

beforeEach(async () => {
  worlds += 1;
  azure.createResourceGroup(`rg-${worlds}`);
  const { id, properties } = azure.createUserAssignedIdentity(`rg-${worlds}`, "id-backup");
  identity = { id, principalId: properties.principalId };
  const made = await created(oneRun(azure).backupVault, {
    vaultName: `bv-${worlds}`,
    resourceGroupName: `rg-${worlds}`,
    location: "westeurope",
    redundancy: "LocallyRedundant",
    identity: { type: "SystemAssigned,UserAssigned", userAssignedIdentities: [id] },
  });
  vault = made.id;
  const policy = { vault, policyName: "continuous", dataSource: "AzureBlob", retention: [{ keep: "P30D" }] };
  const { id: policyId } = await created(oneRun(azure).backupPolicy, policy);
  const named = { vault, instanceName: "instance", dataSource: "AzureBlob", dataSourceId: account(), policyId };
  args = { ...named, identityDetails: used(), grantRoles: true, onDelete: "delete" };
});

type Live = { body: { properties: { identityDetails?: object } } };
const detailsNow = () =>
  (azure.arm("GET", `${vault}/backupInstances/instance`) as Live).body.properties.identityDetails;
type Listed = { value: { properties: { scope: string; principalId: string } }[] };
const holders = (scope = account()) =>
  (azure.arm("GET", `${scope}/providers/Microsoft.Authorization/roleAssignments`).body as Listed).value
    .filter(({ properties }) => properties.scope === scope)
    .map(({ properties }) => properties.principalId);
const systemPrincipal = () => azure.vault(vault)?.identity?.principalId;
const reasons = async (given: object) => {
  const { failures } = await oneRun(azure).backupInstance.check({}, given as Record<string, unknown>);
  return failures.map(({ reason }) => reason).join("\n");
};

test("the user-assigned identity that an instance names gets the roles, and loses them with the instance", async () => {
  const { id, outs } = await created(oneRun(azure).backupInstance, args);
  expect(outs).toMatchObject({ protectionState: "ProtectionConfigured" });
  expect(detailsNow()).toEqual(used());
  expect(holders()).toEqual([identity.principalId]);
  await oneRun(azure).backupInstance.delete(id, outs);
  expect(holders()).toEqual([]);
});

test("its missing roles are named as its own, and those of the system-assigned identity do not count", async () => {
  azure.grant(account(), systemPrincipal(), backupContributor);
  expect(await reasons({ ...args, grantRoles: false })).toContain(
    `the user-assigned identity ${identity.id} (principal ID ${identity.principalId}) lacks a role that backup needs`,
  );
  azure.grant(account(), identity.principalId, backupContributor);
  expect(await reasons({ ...args, grantRoles: false })).toBe("");
});

test("an identity that the vault does not have is refused with the way out, unless the program assigns it", async () => {
  const { id: other } = azure.createUserAssignedIdentity(`rg-${worlds}`, "id-other");
  const given = { ...args, identityDetails: used(other) };
  expect(await reasons(given)).toContain(
    `the vault does not have the user-assigned identity ${other}, with which Azure Backup accesses what it backs up. Set ` +
      `\`identity: { type: "UserAssigned", userAssignedIdentities: ["${other}"] }\` on the vault, or add an IdentityAssignment.`,
  );
  const instanceId = `${vault}/backupInstances/instance`;
  await expect(oneRun(azure).backupInstance.create({ ...given, instanceId })).rejects.toThrow(
    "does not have the user-",
  );
  const run = oneRun(azure);
  await run.identityAssignment.check({}, { vault, identity: other });
  expect((await run.backupInstance.check({}, given)).failures).toEqual([]);
  expect(
    (
      await run.backupInstance.check(
        {},
        { ...given, instanceName: "another", dataSourceId: account("two"), identityDetails: used(`${other}2`) },
      )
    ).failures,
  ).toHaveLength(1);
});

test("is changed in place, and an argument that is removed goes back to the system-assigned identity", async () => {
  const { identityDetails: _, ...plain } = args;
  const first = await created(oneRun(azure).backupInstance, plain);
  expect(detailsNow()).toBeUndefined();
  const update = async (old: typeof first, news: Record<string, unknown>) => {
    const run = oneRun(azure).backupInstance;
    const { inputs, failures } = await run.check(old.inputs, news);
    expect(failures).toEqual([]);
    expect(await run.diff(old.id, old.outs, inputs)).toMatchObject({ changes: true, replaces: [] });
    const { outs } = await run.update(old.id, old.outs, inputs);
    return { ...old, inputs, outs: outs as typeof old.outs };
  };
  const second = await update(first, args);
  expect(detailsNow()).toEqual(used());
  expect(holders()).toEqual([identity.principalId]);
  const third = await update(second, plain);
  expect(detailsNow()).toEqual({ useSystemAssignedIdentity: true });
  expect(holders()).toEqual([systemPrincipal()]);
  await oneRun(azure).backupInstance.delete(third.id, third.outs);
  expect(holders()).toEqual([]);
});

test("an identity that is no longer used keeps what somebody else assigned to it", async () => {
  azure.grant(account(), identity.principalId, backupContributor);
  const { id, inputs, outs } = await created(oneRun(azure).backupInstance, args);
  const { identityDetails: _, ...plain } = args;
  const run = oneRun(azure).backupInstance;
  await run.update(id, outs, (await run.check(inputs, plain)).inputs);
  expect(holders().sort()).toEqual([systemPrincipal(), identity.principalId].sort());
});

test("where the former identity's role cannot be revoked, the update is done, and the deletion revokes it", async () => {
  const { id, inputs, outs } = await created(oneRun(azure).backupInstance, args);
  const { identityDetails: _, ...plain } = args;
  const run = oneRun(azure);
  const checked = await run.backupInstance.check(inputs, plain);
  azure.faults.add({
    kind: "status",
    method: "DELETE",
    path: "/roleAssignments/",
    status: 403,
    code: "AuthorizationFailed",
  });
  const updated = await run.backupInstance.update(id, outs, checked.inputs);
  expect(run.warnings.join()).toMatch(/the role assignment .* of the former one could not be deleted/);
  await oneRun(azure).backupInstance.delete(id, updated.outs as typeof outs);
  expect(holders()).toEqual([]);
});

test("is imported with it, and a refresh in another case is no change", async () => {
  const { id, outs } = await created(oneRun(azure).backupInstance, args);
  expect((await oneRun(azure).backupInstance.read(id, {})).inputs).toMatchObject({ identityDetails: used() });
  const read = await oneRun(azure).backupInstance.read(id, {
    ...outs,
    identityDetails: used(identity.id.toUpperCase()),
  });
  expect(read.inputs).toMatchObject({ identityDetails: used(identity.id.toUpperCase()) });
});

test("an instance that is adopted without a word of its identity keeps it, and gets the roles for it", async () => {
  const { identityDetails: _, ...plain } = args;
  await created(oneRun(azure).backupInstance, args);
  const { outs } = await created(oneRun(azure).backupInstance, { ...plain, adopt: true });
  expect(outs).not.toHaveProperty("identityDetails");
  expect(detailsNow()).toEqual(used());
  expect(holders()).toEqual([identity.principalId]);
});

test("of two instances with one group of snapshots, each identity keeps its role as long as it is used", async () => {
  const policy = { vault, policyName: "disks", dataSource: "AzureDisk", retention: [{ keep: "P7D" }] };
  const schedule = { every: "P1D", at: "02:00" };
  const { id: policyId } = await created(oneRun(azure).backupPolicy, { ...policy, schedule });
  const disk = (name: string): Record<string, unknown> => ({
    ...args,
    dataSource: "AzureDisk",
    instanceName: name,
    dataSourceId: `${group()}/providers/Microsoft.Compute/disks/${name}`,
    policyId,
    snapshotResourceGroupId: group(),
  });
  const first = await created(oneRun(azure).backupInstance, disk("disk-one"));
  const { identityDetails: _, ...other } = disk("disk-two");
  await created(oneRun(azure).backupInstance, other);
  await created(oneRun(azure).backupInstance, disk("disk-three"));
  await oneRun(azure).backupInstance.delete(first.id, first.outs);
  expect(holders(group()).sort()).toEqual([systemPrincipal(), identity.principalId].sort());
});

test("the identity stays on the vault as long as an instance uses it", async () => {
  const { id: other, properties } = azure.createUserAssignedIdentity(`rg-${worlds}`, "id-assigned");
  const assigned = await created(oneRun(azure).identityAssignment, { vault, identity: other });
  await created(oneRun(azure).backupInstance, { ...args, identityDetails: used(other) });
  expect(holders()).toEqual([properties.principalId]);
  await expect(oneRun(azure).identityAssignment.delete(assigned.id, assigned.outs)).rejects.toThrow(
    /^instance-identity-removed: The identity id-assigned cannot be removed/,
  );
  expect(Object.keys(azure.vault(vault)?.identity?.userAssignedIdentities ?? {})).toHaveLength(2);
});

test.each([
  [{ useSystemAssignedIdentity: false }, "userAssignedIdentityArmUrl is missing"],
  [{ ...used("/id"), useSystemAssignedIdentity: true }, "must be an ARM ID of the form"],
  [{}, "identityDetails.useSystemAssignedIdentity is missing"],
])("is refused as %j", async (identityDetails, expected) => {
  expect(await reasons({ ...args, identityDetails })).toContain(expected);
});

test("is omitted for the system-assigned identity", async () => {
  const both = { ...used(), useSystemAssignedIdentity: true };
  expect(await reasons({ ...args, identityDetails: both })).toContain(
    "identityDetails.userAssignedIdentityArmUrl must be omitted, because useSystemAssignedIdentity is true",
  );
});
