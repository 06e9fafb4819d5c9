import { Output, output } from "@pulumi/pulumi";
import { type Emulator, startEmulator } from "../../emulator/index.js";
import { fromProgram, programProperty } from "../../provider/host/fromProgram.js";
import { inArgument, onlyProgramKnows } from "../../provider/host/program/onlyProgramKnows.js";
import { requireWorkload, workloadProblems } from "../../provider/resources/workloadProblems.js";
import { problemText } from "../../provider/vaults/values.js";
import { oneRun, oneRunOfPlugin } from "../support/oneRun.js";

const complete = { dataSource: "AzureDisk", backupVault: {}, backupPolicy: {}, backupInstance: {} };
const vault = "/subscriptions/s/resourceGroups/g/providers/Microsoft.DataProtection/backupVaults/bv-payroll";
const existing = { vault, policyId: `${vault}/backupPolicies/daily`, backupInstance: {}, dataSource: "AzureDisk" };
const machine = {
  dataSource: "VM",
  recoveryServicesVault: {},
  recoveryServicesBackupPolicy: {},
  protectedItem: {},
};
const valid =
  "dataSource, vault, policyId, backupVault, backupPolicy, backupInstance, recoveryServicesVault, " +
  "recoveryServicesBackupPolicy, protectedItem.";
const isObject = "must be an object. Its values may be outputs, but not the object itself.";

test.each([
  ["everything is created", complete, []],
  ["everything exists but the instance", { ...existing, vault: output(vault) }, []],
  ["undefined is as good as nothing", { ...complete, vault: undefined, policyId: undefined }, []],
  [
    "nothing is given",
    {},
    [
      "dataSource is missing.",
      "backupInstance of a Backup vault or protectedItem of a Recovery Services vault is missing.",
    ],
  ],
  ["a Recovery Services vault is created", machine, []],
  [
    "a Recovery Services vault exists",
    { ...existing, dataSource: "VM", backupInstance: undefined, protectedItem: {} },
    [],
  ],
  [
    "a share is named, and a machine backed up",
    { ...machine, protectedItem: { fileShareName: "payroll" } },
    ["protectedItem.fileShareName is no argument for VM."],
  ],
  [
    "a share is backed up, and not named",
    { ...machine, dataSource: "AzureFileShare" },
    ["protectedItem.fileShareName is missing."],
  ],
  [
    "a data source is of another kind of vault",
    { ...machine, dataSource: "AzureDisk" },
    ["dataSource must be VM or AzureFileShare for protectedItem."],
  ],
  [
    "a data source is an output",
    { ...complete, dataSource: output("AzureDisk") },
    ["dataSource must be a text that the program knows, and no output."],
  ],
  [
    "nothing is backed up",
    { dataSource: "VM", recoveryServicesVault: {} },
    ["protectedItem is missing.", "recoveryServicesBackupPolicy is missing, or policyId for an existing one."],
  ],
  [
    "kinds of vaults are mixed",
    { ...machine, backupVault: {}, recoveryServicesVault: undefined },
    [
      "recoveryServicesVault is missing, or vault for an existing one.",
      "backupVault is for a Backup vault, and protectedItem is in a Recovery Services vault. Remove one of them.",
    ],
  ],
  [
    "both are given",
    { ...complete, ...existing },
    [
      "vault and backupVault exclude each other: keep one of them.",
      "policyId and backupPolicy exclude each other: keep one of them.",
    ],
  ],
  [
    "a misspelt argument",
    { ...complete, backupPolicy: undefined, backupPolcy: {} },
    [
      `unknown argument "backupPolcy"; did you mean "backupPolicy"? Valid arguments: ${valid}`,
      "backupPolicy is missing, or policyId for an existing one.",
    ],
  ],
  ...[output({}), Promise.resolve({}), "bv-payroll", []].map((given): [string, object, string[]] => [
    `a vault to create that is ${Output.isInstance(given) ? "an output" : given}`,
    { ...complete, backupVault: given },
    [`backupVault ${isObject}`],
  ]),
])("a workload where %s", (_, args, problems) => {
  expect(workloadProblems(args).map(problemText)).toEqual(problems);
});

test("all that is wrong with a workload stops the program at once, with its name", () => {
  const stops = () => requireWorkload("payroll", { dataSource: "AzureDisk", backupInstance: {} } as never);
  expect(stops).toThrow(/^ProtectedWorkload "payroll": backupVault .*\nProtectedWorkload "payroll": backupPolicy .*$/);
});

test("the provider is told which argument of the component a resource's arguments are in", async () => {
  const options = inArgument("backupPolicy", { deleteBeforeReplace: false });
  const known = await onlyProgramKnows({ policyName: "daily" }, options);
  expect(known).toEqual({ argument: "backupPolicy", createsFirst: true });
  expect(fromProgram({ [programProperty]: known })).toEqual({ ...known, waitsForNew: false, isDeployment: false });
});

describe.each([
  ["dynamic", oneRun],
  ["plugin", oneRunOfPlugin],
] as const)("served by the %s front", (_, run) => {
  let azure: Emulator;
  beforeAll(async () => {
    azure = await startEmulator();
  });
  afterAll(() => azure.close());

  test("what is wrong with an argument is named with its path in the component", async () => {
    const args = { vault, policyName: "daily", dataSource: "AzureDisk", retention: [{ keep: "a week" }] };
    const of = { [programProperty]: { argument: "backupPolicy" } };
    const { failures } = await run(azure).backupPolicy.check({}, { ...args, ...of });
    expect(failures[0]?.reason).toMatch(/^backupPolicy: Backup policy "daily" .*: retention\[0\]\.keep must be /);
  });
});
