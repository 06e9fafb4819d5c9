import { type Emulator, startEmulator } from "../../emulator/index.js";
import { unknownSentinel } from "../../provider/vaults/unknowns.js";
import { holdRequests } from "../support/heldRequests.js";
import { created, oneRun } from "../support/oneRun.js";

let azure: Emulator;
let vault: string;
let machine: Record<string, unknown>;
let worlds = 0;

const group = () => `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll`;
const machineId = (name = `vm-${worlds}`) => `${group()}/providers/Microsoft.Compute/virtualMachines/${name}`;

beforeAll(async () => {
  azure = await startEmulator({ trust: true });
  azure.createResourceGroup("rg-payroll");
});
holdRequests(() => azure);
afterAll(() => azure.close());

beforeEach(() => {
  azure.faults.clear();
  worlds += 1;
  vault = `${group()}/providers/Microsoft.RecoveryServices/vaults/rsv-${worlds}`;
  const securitySettings = {
    softDeleteSettings: {
      softDeleteState: "AlwaysON",
      enhancedSecurityState: "AlwaysON",
      softDeleteRetentionPeriodInDays: 20,
    },
  };
  azure.arm("PUT", vault, { location: "westeurope", sku: { name: "RS0" }, properties: { securitySettings } });
  azure.vault(vault);
  machine = { vault, sourceResourceId: machineId(), policyId: `${vault}/backupPolicies/DefaultPolicy` };
});

const idOf = (name = `vm-${worlds}`) =>
  `${vault}/backupFabrics/Azure/protectionContainers/iaasvmcontainer;iaasvmcontainerv2;rg-payroll;${name}` +
  `/protectedItems/vm;iaasvmcontainerv2;rg-payroll;${name}`;
type Live = { status: number; body: { properties: Record<string, unknown> } };
const live = () => azure.arm("GET", idOf()) as Live;
const stateOf = () => live().body.properties.protectionState;
const writes = () => azure.writes().filter(({ path }) => path.includes(`${vault}/backupFabrics/`)).length;
const reasons = (failures: { reason: string }[]) => failures.map(({ reason }) => reason).join();
const setImmutability = (state: string) =>
  azure.setVault(vault, { properties: { securitySettings: { immutabilitySettings: { state } } } });

test.each([
  [
    "a policy of another vault",
    {
      policyId:
        "/subscriptions/s/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/other/backupPolicies/daily",
    },
    "policyId must be a policy of the item's own vault",
  ],
  [
    "a source of another type",
    { sourceResourceId: "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/disks/d" },
    "sourceResourceId must be the ARM ID of a Microsoft.Compute/virtualMachines or Microsoft.Storage/storageAccounts; it is of a Microsoft.Compute/disks",
  ],
  [
    "a storage account without a file share",
    { sourceResourceId: "/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/st" },
    "fileShareName is missing. Backup of file shares needs it",
  ],
  ["a file share of a machine", { fileShareName: "share" }, "fileShareName is no argument for virtual machines"],
  [
    "a Backup vault",
    { vault: "/subscriptions/s/resourceGroups/g/providers/Microsoft.DataProtection/backupVaults/b" },
    "vault must be the ARM ID of a Recovery Services vault",
  ],
  [
    "a LUN that is no number",
    { diskExclusionProperties: { diskLunList: ["0"], isInclusionList: true } },
    "diskExclusionProperties.diskLunList[0] must be a whole number",
  ],
])("%s is refused at preview", async (_, more, expected) => {
  const { failures } = await oneRun(azure).protectedItem.check({}, { ...machine, ...more });
  expect(reasons(failures)).toContain(expected);
  expect(writes()).toBe(0);
});

test("a machine is protected by one write under Azure's names, and is there until its first backup", async () => {
  const { id, outs } = await created(oneRun(azure).protectedItem, machine);
  expect(id).toBe(idOf());
  expect(outs).toMatchObject({ ...machine, protectionState: "IRPending" });
  expect(live().body.properties).toMatchObject({ sourceResourceId: machineId(), policyId: machine.policyId });
  expect(writes()).toBe(1);
});

test("after its first backup it is the same, and a refresh shows no change", async () => {
  const { id, outs } = await created(oneRun(azure).protectedItem, machine);
  azure.arm("POST", `${idOf()}/backup`, { properties: { objectType: "IaasVMBackupRequest" } });
  azure.vault(vault);
  const run = oneRun(azure).protectedItem;
  const { props, inputs } = await run.read(id, outs);
  expect(props).toMatchObject({ protectionState: "Protected" });
  const checked = await run.check(props as Record<string, unknown>, machine);
  expect(inputs).toEqual(machine);
  expect(await run.diff(id, props as Record<string, unknown>, checked.inputs)).toMatchObject({ changes: false });
});

test("a policy for something else is refused at preview, for a new item and for one that is there", async () => {
  const { id: policyId } = await created(oneRun(azure).recoveryServicesBackupPolicy, {
    vault,
    policyName: "shares",
    dataSource: "AzureFileShare",
    schedule: { every: "P1D", at: "02:00" },
    retention: [{ keep: "P30D" }],
  });
  const text = `its policy ${policyId} is for file shares, and it backs up virtual machines.`;
  expect(reasons((await oneRun(azure).protectedItem.check({}, { ...machine, policyId })).failures)).toContain(text);
  const { outs } = await created(oneRun(azure).protectedItem, machine);
  expect(reasons((await oneRun(azure).protectedItem.check(outs, { ...machine, policyId })).failures)).toContain(text);
  expect(writes()).toBe(1);
});

test.each([
  ["a new item", () => ({})],
  ["a new item that waits for it", () => ({ __program: { waitsForNew: true } })],
])("a policy for something else that the same program makes is refused at preview, for %s", async (_, program) => {
  const policyId = `${vault}/backupPolicies/new`;
  const policy = {
    vault,
    policyName: "new",
    dataSource: "AzureFileShare",
    schedule: { every: "P1D", at: "02:00" },
    retention: [{ keep: "P30D" }],
  };
  const after = async (dataSource: string) => {
    const run = oneRun(azure);
    expect((await run.recoveryServicesBackupPolicy.check({}, { ...policy, dataSource })).failures).toEqual([]);
    return reasons((await run.protectedItem.check({}, { ...machine, policyId, ...program() })).failures);
  };
  expect(await after("AzureFileShare")).toContain(
    `its policy ${policyId} is for file shares, and it backs up virtual machines.`,
  );
  expect(await after("VM")).toBe("");
  expect(await after(unknownSentinel)).toBe("");
});

test("two resources for one source are refused, in two vaults as well", async () => {
  const run = oneRun(azure).protectedItem;
  expect((await run.check({}, machine)).failures).toEqual([]);
  expect(reasons((await run.check({}, machine)).failures)).toContain("defined by two resources in this program");
  const elsewhere = { ...machine, vault: `${vault}-2`, policyId: `${vault}-2/backupPolicies/DefaultPolicy` };
  expect(reasons((await run.check({}, elsewhere)).failures)).toContain(
    `two resources in this program back up ${machineId()}. A virtual machine or file share is protected in one vault`,
  );
});

test("in a vault that does not exist an item is refused, unless the program may create the vault first", async () => {
  const gone = `${vault}-gone`;
  const elsewhere = { ...machine, vault: gone, policyId: `${gone}/backupPolicies/DefaultPolicy` };
  const checked = (args: object) => oneRun(azure).protectedItem.check({}, args as Record<string, unknown>);
  expect(reasons((await checked(elsewhere)).failures)).toContain("its vault does not exist");
  expect((await checked({ ...elsewhere, __program: { waitsForNew: true } })).failures).toEqual([]);
});

test("a machine that another vault protects is refused at preview, with that vault's ID, and by Azure", async () => {
  await created(oneRun(azure).protectedItem, machine);
  const other = `${vault}-other`;
  azure.arm("PUT", other, { location: "westeurope", sku: { name: "RS0" }, properties: {} });
  azure.vault(other);
  const elsewhere = { ...machine, vault: other, policyId: `${other}/backupPolicies/DefaultPolicy` };
  const { failures } = await oneRun(azure).protectedItem.check({}, elsewhere);
  expect(reasons(failures)).toContain(`another vault protects its source, ${vault}. To protect it by this vault`);
  await expect(oneRun(azure).protectedItem.create(elsewhere)).rejects.toThrow("EmulatorUnverifiedItemInAnotherVault");
});

test("a machine in another region is refused at preview, also for a vault that the run creates, and by Azure", async () => {
  azure.createDataSource(machineId(), "North Europe");
  const { failures } = await oneRun(azure).protectedItem.check({}, machine);
  expect(reasons(failures)).toMatch(
    /what it backs up, .*, is in northeurope, and its vault in westeurope\. .* Use a vault in northeurope\. https/,
  );
  await expect(oneRun(azure).protectedItem.create(machine)).rejects.toThrow("EmulatorUnverifiedSourceOtherRegion");
  const run = oneRun(azure);
  const later = { vaultName: `later-${worlds}`, resourceGroupName: "rg-payroll", location: "West Europe" };
  const { inputs } = await run.recoveryServicesVault.check({}, later);
  const elsewhere = { ...machine, vault: inputs.vaultId, policyId: `${inputs.vaultId}/backupPolicies/DefaultPolicy` };
  expect(reasons((await run.protectedItem.check({}, elsewhere)).failures)).toContain("is in northeurope");
  azure.setVault(vault, { properties: { regionOfChoiceSettings: { status: "Enabled" } } });
  expect((await oneRun(azure).protectedItem.check({}, machine)).failures).toEqual([]);
});

test.each([
  ["in the vault's region", "West Europe", 0, ""],
  ["whose region cannot be read", "North Europe", 403, "is in the vault's region was not checked: "],
])("a machine %s is no error", async (_, location, status, expected) => {
  azure.createDataSource(machineId(), location);
  if (status) azure.faults.add({ kind: "status", path: "/resources", status, code: "AuthorizationFailed" });
  const run = oneRun(azure);
  expect((await run.protectedItem.check({}, machine)).failures).toEqual([]);
  expect(run.warnings.join()).toContain(expected);
  if (expected === "") expect(run.warnings).toEqual([]);
});

test("what another vault has is not checked where Azure does not answer, and the preview says so", async () => {
  azure.faults.add({ kind: "status", path: "/backupStatus", status: 403, code: "AuthorizationFailed" });
  const run = oneRun(azure);
  expect((await run.protectedItem.check({}, machine)).failures).toEqual([]);
  expect(run.warnings.join()).toContain("whether another vault protects its source was not checked");
});

test("is imported by its ARM ID, with the arguments that it has", async () => {
  const diskExclusionProperties = { diskLunList: [1, 0], isInclusionList: true };
  await created(oneRun(azure).protectedItem, { ...machine, diskExclusionProperties });
  const { inputs } = await oneRun(azure).protectedItem.read(idOf(), {});
  expect(inputs).toEqual({ ...machine, diskExclusionProperties });
  await expect(oneRun(azure).protectedItem.read(idOf("gone"), {})).rejects.toThrow("does not exist");
  await expect(oneRun(azure).protectedItem.read(`${vault}/backupPolicies/DefaultPolicy`, {})).rejects.toThrow(
    /^"[^"]+" is not the ARM ID of a protected item/,
  );
});

test("whose backup has stopped, and of which Azure shows no policy, is adopted and not imported", async () => {
  const { id, outs } = await created(oneRun(azure).protectedItem, machine);
  await oneRun(azure).protectedItem.delete(id, outs);
  azure.vault(vault);
  expect(stateOf()).toBe("ProtectionStopped");
  await expect(oneRun(azure).protectedItem.read(id, {})).rejects.toThrow(
    "cannot be imported: its state is ProtectionStopped, and Azure shows no policy of it. Declare it in the program with its " +
      "`policyId` and `adopt: true`; `pulumi up` then resumes its backup, or leaves it stopped with ",
  );
  const adopted = await created(oneRun(azure).protectedItem, { ...machine, adopt: true });
  expect(adopted.outs).toMatchObject({ policyId: machine.policyId, protectionState: "IRPending" });
});

describe("a creation", () => {
  test("whose response is lost is found and completed", async () => {
    azure.faults.add({ method: "PUT", path: "/protectedItems/", kind: "dropAfter" });
    const { id } = await created(oneRun(azure).protectedItem, machine).catch((error) => error);
    expect(id).toBe(idOf());
    expect(stateOf()).toBe("IRPending");
  });

  test("that Azure refuses is an error that names the item, and leaves nothing", async () => {
    const fault = { kind: "status", method: "PUT", path: "/protectedItems/", status: 403 } as const;
    azure.faults.add({ ...fault, code: "AuthorizationFailed" });
    await expect(created(oneRun(azure).protectedItem, machine)).rejects.toThrow(
      `Protected item "vm-${worlds}" of Recovery Services vault "rsv-${worlds}": `,
    );
    expect(live().status).toBe(404);
  });

  test("whose operation fails is recorded with Azure's reason, and completed by the next update", async () => {
    azure.faults.add({
      kind: "operationFails",
      method: "PUT",
      path: "/protectedItems/",
      code: "UserErrorVmNotFound",
      message: "The virtual machine does not exist.",
    });
    const error = await created(oneRun(azure).protectedItem, machine).catch((thrown) => thrown);
    expect(error).toMatchObject({ id: idOf(), properties: { protectionState: "Unknown" } });
    expect(error.reasons.join()).toContain("The virtual machine does not exist.");
    const run = oneRun(azure).protectedItem;
    const { inputs } = await run.check(error.properties, machine);
    expect(await run.diff(idOf(), error.properties, inputs)).toMatchObject({ changes: true, replaces: [] });
    expect((await run.update(idOf(), error.properties, inputs)).outs).toMatchObject({ protectionState: "IRPending" });
  });
});

describe("an item that exists", () => {
  beforeEach(async () => void (await created(oneRun(azure).protectedItem, machine)));

  test("is an error for a new resource, which says how to take it over", async () => {
    const run = oneRun(azure).protectedItem;
    expect(reasons((await run.check({}, machine)).failures)).toMatch(
      /already exists.*AZURE_BACKUP_ADOPT=.*adopt: true/,
    );
    await expect(run.create(machine)).rejects.toThrow("already exists");
    const adopting = oneRun(azure, { AZURE_BACKUP_ADOPT: `${idOf()}, ${vault}` }).protectedItem;
    expect((await adopting.check({}, machine)).failures).toEqual([]);
    expect(writes()).toBe(1);
  });

  test("is adopted with another policy by one update", async () => {
    const run = oneRun(azure);
    const args = { ...machine, policyId: `${vault}/backupPolicies/EnhancedPolicy`, adopt: true };
    const { outs } = await created(run.protectedItem, args);
    expect(run.warnings.join()).toContain("exists (IRPending) and is adopted, not created");
    expect(outs).toMatchObject({ protectionState: "IRPending" });
    expect(live().body.properties).toMatchObject({ policyId: `${vault}/backupPolicies/EnhancedPolicy` });
    expect(writes()).toBe(2);
  });

  test("stays as it is when its resource is renamed in the program and adopted", async () => {
    const first = await created(oneRun(azure).protectedItem, { ...machine, adopt: true });
    const run = oneRun(azure);
    await created(run.protectedItem, { ...machine, adopt: true });
    await run.protectedItem.delete(first.id, first.outs);
    expect(stateOf()).toBe("IRPending");
    expect(run.warnings.join()).toContain("another resource in this program now manages it");
  });
});

describe("a change", () => {
  let first: Awaited<ReturnType<typeof created>>;
  const disks = { diskLunList: [0, 2], isInclusionList: true };
  beforeEach(async () => {
    first = await created(oneRun(azure).protectedItem, { ...machine, diskExclusionProperties: disks });
  });
  const changed = async (more: object) => {
    const run = oneRun(azure).protectedItem;
    const { inputs, failures } = await run.check(first.outs, { ...machine, diskExclusionProperties: disks, ...more });
    expect(failures).toEqual([]);
    return run.update(first.id, first.outs, inputs);
  };
  const disksOf = () => (live().body.properties.extendedProperties as Record<string, unknown>).diskExclusionProperties;

  test("of the policy is made in place and keeps the disks", async () => {
    await changed({ policyId: `${vault}/backupPolicies/EnhancedPolicy` });
    expect(live().body.properties).toMatchObject({ policyId: `${vault}/backupPolicies/EnhancedPolicy` });
    expect(disksOf()).toEqual(disks);
    expect(writes()).toBe(2);
  });

  test.each([
    ["Disabled", undefined, /^$/, "rsv-item-policy-shorter: "],
    ["Unlocked", undefined, /^rsv-item-policy-shorter: .*immutability is Unlocked/, ""],
    ["Disabled", "Unlocked", /^rsv-item-policy-shorter: .*immutability becomes Unlocked in the same run/, ""],
    ["Unlocked", "Disabled", /^$/, "rsv-item-policy-shorter: "],
  ])(
    "to a policy with a shorter retention in a vault that is %s, which the same run makes %s",
    async (state, immutability, refused, warned) => {
      const week = { dataSource: "VM", policyName: "week", schedule: { every: "P1D", at: "02:00" } };
      const { id } = await created(oneRun(azure).recoveryServicesBackupPolicy, {
        ...{ ...week, vault, retention: [{ keep: "P7D" }] },
      });
      setImmutability(state);
      const run = oneRun(azure);
      if (immutability !== undefined) {
        const program = { resourceGroupName: "rg-payroll", vaultName: `rsv-${worlds}`, location: "westeurope" };
        await run.recoveryServicesVault.check({}, { ...program, adopt: true, immutability });
      }
      const { failures } = await run.protectedItem.check(first.outs, { ...machine, policyId: id });
      expect(reasons(failures)).toMatch(refused);
      expect(run.warnings.filter((each) => each.startsWith("rsv-item")).join()).toContain(warned);
    },
  );

  test("to a policy with a shorter retention is not written in an immutable vault", async () => {
    const { id } = await created(oneRun(azure).recoveryServicesBackupPolicy, {
      ...{ dataSource: "VM", policyName: "week", vault },
      ...{ schedule: { every: "P1D", at: "02:00" }, retention: [{ keep: "P7D" }] },
    });
    setImmutability("Unlocked");
    const before = writes();
    const update = oneRun(azure).protectedItem.update(first.id, first.outs, { ...first.inputs, policyId: id });
    await expect(update).rejects.toThrow("rsv-item-policy-shorter");
    expect(writes()).toBe(before);
  });

  test("of the disks keeps what else the item has", async () => {
    // Recorded of Azure: test_backup_diskaccess_restore of azure-cli (2024-10).
    const extendedProperties = { diskExclusionProperties: disks, linuxVmApplicationName: "payroll" };
    const { sourceResourceId, policyId } = machine;
    azure.arm("PUT", idOf(), {
      properties: {
        protectedItemType: "Microsoft.Compute/virtualMachines",
        sourceResourceId,
        policyId,
        extendedProperties,
      },
    });
    azure.vault(vault);
    expect(live().body.properties).toMatchObject({ extendedProperties });
    await changed({ diskExclusionProperties: { diskLunList: [1], isInclusionList: false } });
    expect(live().body.properties).toMatchObject({ extendedProperties: { linuxVmApplicationName: "payroll" } });
  });

  test("of the disks is made in place, and without the argument all disks are backed up again", async () => {
    await changed({ diskExclusionProperties: { diskLunList: [1], isInclusionList: false } });
    expect(disksOf()).toEqual({ diskLunList: [1], isInclusionList: false });
    await changed({ diskExclusionProperties: undefined });
    expect(disksOf()).toEqual({ diskLunList: [], isInclusionList: false });
  });

  test.each(["sourceResourceId", "vault"] as const)("of `%s` would replace it, and is refused", async (name) => {
    const news = { ...machine, diskExclusionProperties: disks, [name]: `${machine[name]}-other` };
    const policyId = `${news.vault}/backupPolicies/DefaultPolicy`;
    const { inputs, failures } = await oneRun(azure).protectedItem.check(first.inputs, { ...news, policyId });
    expect(reasons(failures)).toMatch(new RegExp(`^rsv-protected-item-replaced: .* to change \`${name}\``));
    await expect(oneRun(azure).protectedItem.update(first.id, first.outs, inputs)).rejects.toThrow(
      "Nothing was written",
    );
    expect(writes()).toBe(1);
  });

  test("to what is not known yet is undecided, and replaces nothing", async () => {
    const run = oneRun(azure);
    const news = { ...machine, diskExclusionProperties: disks, sourceResourceId: unknownSentinel };
    const { inputs, failures } = await run.protectedItem.check(first.inputs, news);
    expect(failures).toEqual([]);
    expect(run.warnings.join()).toContain("is only known during `pulumi up`");
    expect(await run.protectedItem.diff(first.id, first.outs, inputs)).toMatchObject({ changes: true, replaces: [] });
  });

  test("of what only the program uses writes nothing", async () => {
    expect((await changed({ onDelete: "suspend" })).outs).toMatchObject({ onDelete: "suspend" });
    expect(writes()).toBe(1);
  });

  test("of an item that was stopped outside of the program resumes its backup", async () => {
    const properties = { protectedItemType: "Microsoft.Compute/virtualMachines", sourceResourceId: machineId() };
    azure.arm("PUT", idOf(), { properties: { ...properties, policyId: "", protectionState: "ProtectionStopped" } });
    azure.vault(vault);
    const run = oneRun(azure).protectedItem;
    const { props } = await run.read(first.id, first.outs);
    const old = props as Record<string, unknown>;
    expect(old).toMatchObject({ protectionState: "ProtectionStopped", policyId: machine.policyId });
    const { inputs } = await run.check(old, { ...machine, diskExclusionProperties: disks });
    expect(await run.diff(first.id, old, inputs)).toMatchObject({ changes: true, replaces: [] });
    await run.update(first.id, old, inputs);
    expect(stateOf()).toBe("IRPending");
  });

  test("of an item that is gone is an error, and creates nothing", async () => {
    azure.arm("DELETE", idOf());
    azure.vault(vault);
    await expect(changed({ policyId: `${vault}/backupPolicies/EnhancedPolicy` })).rejects.toThrow(
      "no longer exists in Azure",
    );
    expect(await oneRun(azure).protectedItem.read(first.id, first.outs)).toEqual({});
  });
});

describe("its removal", () => {
  const removed = async (more: object) => {
    const { id, outs } = await created(oneRun(azure).protectedItem, { ...machine, ...more });
    const run = oneRun(azure);
    const error = await run.protectedItem.delete(id, outs).catch((thrown: Error) => thrown.message);
    return { said: run.warnings.join(), error };
  };

  test.each([{}, { onDelete: "stopProtectionRetainData" }])("with %j leaves it stopped in the vault", async (more) => {
    const { said, error } = await removed(more);
    expect(error).toBeUndefined();
    expect(said).toContain("the item stays in the vault");
    expect(stateOf()).toBe("ProtectionStopped");
  });

  test("with `suspend` suspends it in an immutable vault, and is refused in another", async () => {
    const { error } = await removed({ onDelete: "suspend" });
    expect(error).toContain("cannot be suspended: the immutability of its vault is Disabled");
    expect(stateOf()).toBe("IRPending");
    setImmutability("Unlocked");
    expect((await removed({ onDelete: "suspend", adopt: true })).error).toBeUndefined();
    expect(stateOf()).toBe("BackupsSuspended");
  });

  test("with `delete` says until when its backups are kept", async () => {
    const { said } = await removed({ onDelete: "delete" });
    const until = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
    expect(said).toContain(`can be recovered until ${until}`);
    expect(live().body.properties.isScheduledForDeferredDelete).toBe(true);
  });

  test("with `delete` is no error where only what is left of it cannot be read", async () => {
    // The reads after its creation, before its deletion and at the end of that come first.
    const last = { method: "GET", path: `%3Bvm-${worlds}?`, after: 3 };
    azure.faults.add({ kind: "status", ...last, status: 403, code: "AuthorizationFailed" });
    const { said, error } = await removed({ onDelete: "delete" });
    expect(error).toBeUndefined();
    expect(said).toMatch(
      /was deleted\. Whether its backups are soft-deleted, .* could not be read: .*AuthorizationFailed/,
    );
    expect(live().body.properties.isScheduledForDeferredDelete).toBe(true);
  });

  test("with `delete` from an immutable vault is refused", async () => {
    setImmutability("Unlocked");
    const { error } = await removed({ onDelete: "delete" });
    expect(error).toMatch(/^rsv-protected-item-deleted: .*immutability of Recovery Services vault .* is Unlocked/);
    expect(stateOf()).toBe("IRPending");
  });
});

describe("a soft-deleted item", () => {
  beforeEach(async () => {
    const { id, outs } = await created(oneRun(azure).protectedItem, { ...machine, onDelete: "delete" });
    await oneRun(azure).protectedItem.delete(id, outs);
  });

  test("stands against a new one, which says how to bring it back", async () => {
    const run = oneRun(azure).protectedItem;
    const said = "cannot be created anew before that. To bring it back with its backups, set `undelete: true`";
    expect(reasons((await run.check({}, machine)).failures)).toContain(said);
    await expect(run.create(machine)).rejects.toThrow(said);
    expect(live().body.properties.isScheduledForDeferredDelete).toBe(true);
  });

  test("is brought back with its backups, and backed up again", async () => {
    const run = oneRun(azure);
    const { id, outs } = await created(run.protectedItem, { ...machine, undelete: true });
    expect(run.warnings.join()).toContain("is brought back with its backups, not created");
    expect(id).toBe(idOf());
    expect(outs).toMatchObject({ protectionState: "IRPending" });
    expect(live().body.properties).not.toHaveProperty("isScheduledForDeferredDelete");
  });

  test("that came back, but could not be resumed, is completed by the next update", async () => {
    azure.faults.add({
      kind: "status",
      method: "PUT",
      path: "/protectedItems/",
      status: 400,
      code: "UserErrorX",
      after: 1,
    });
    const error = await created(oneRun(azure).protectedItem, { ...machine, undelete: true }).catch((thrown) => thrown);
    expect(error).toMatchObject({ id: idOf(), properties: { protectionState: "Unknown" } });
    azure.faults.clear();
    await oneRun(azure).protectedItem.update(error.id, error.properties, { ...machine, undelete: true });
    expect(stateOf()).toBe("IRPending");
  });
});
