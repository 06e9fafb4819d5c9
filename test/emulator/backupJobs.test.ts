import { done, vault, vaultId } from "./client.js";
import { arm, azure, emulatorForAll } from "./emulatorForAll.js";

emulatorForAll();
beforeEach(async () => {
  azure.reset();
  azure.createResourceGroup("rg-payroll");
  await arm("PUT", vaultId(azure), vault());
  azure.protect(vaultId(azure), { name: "orders" });
});

const jobs = async (target = `${vaultId(azure)}/backupJobs`) => (await arm("GET", target)).body.value;
const instanceId = () => `${vaultId(azure)}/backupInstances/orders`;
const backup = { backupRuleOptions: { ruleName: "BackupDaily", triggerOption: {} } };

test("what is done to an instance is a job of its vault", async () => {
  await arm("POST", `${instanceId()}/backup`, backup);
  await arm("POST", `${instanceId()}/stopProtection`);
  await arm("DELETE", instanceId());
  const operations = (await jobs()).map(({ properties }: { properties: Record<string, string> }) => [
    properties.operationCategory,
    properties.operation,
    properties.status,
  ]);
  expect(operations).toEqual([
    ["Management", "ConfigureProtection", "Completed"],
    ["Backup", "Backup", "Completed"],
    ["Management", "StopProtection", "Completed"],
    ["Management", "UnConfigure", "Completed"],
  ]);
});

test("a backup's operation names its job, which has tasks when it is asked for alone", async () => {
  const begun = await arm("POST", `${instanceId()}/backup`, backup);
  expect(begun).toMatchObject({ status: 202, headers: { "retry-after": "0" } });
  const { properties } = (await done(arm, begun)).body;
  expect(properties).toEqual({
    objectType: "OperationJobExtendedInfo",
    jobId: expect.stringContaining("/backupJobs/"),
  });
  expect((await arm("GET", begun.headers.location ?? "")).body).toEqual(properties);
  const job = (await arm("GET", properties.jobId)).body;
  expect(job).toMatchObject({
    id: properties.jobId,
    type: "Microsoft.DataProtection/backupVaults/backupJobs",
    properties: {
      backupInstanceId: instanceId(),
      backupInstanceFriendlyName: "orders",
      dataSourceName: "orders",
      sourceResourceGroup: "sources",
      policyName: "daily",
      isUserTriggered: true,
      vaultName: "bv-payroll",
      duration: expect.stringMatching(/^PT[\d.]+S$/),
      extendedInfo: { subTasks: [{ taskId: 1, taskName: "Trigger Backup", taskStatus: "Completed" }] },
    },
  });
  expect((await jobs()).at(-1).properties.extendedInfo).toBeNull();
});

test("only a backup on request names its job, in its status and as its result", async () => {
  for (const action of ["stopProtection", "resumeProtection", "suspendBackups", "resumeBackups"]) {
    const begun = await arm("POST", `${instanceId()}/${action}`);
    expect((await done(arm, begun)).body).not.toHaveProperty("properties");
    const result = await arm("GET", begun.headers.location ?? "");
    expect(result).toMatchObject({ status: 200, body: { objectType: "OperationJobExtendedInfo" } });
    expect(result.body).not.toHaveProperty("jobId");
    const status = new URL(result.headers["azure-asyncoperation"] ?? "");
    expect((await arm("GET", status.href)).body).toMatchObject({ status: "Succeeded" });
  }
});

test("a job goes on for as long as its operation, and fails with it", async () => {
  azure.faults.add({ kind: "operationNeverEnds", method: "POST" });
  await arm("POST", `${instanceId()}/backup`, backup);
  const [, running] = await jobs();
  expect(running.properties).toMatchObject({ status: "InProgress", errorDetails: null });
  expect(running.properties).not.toHaveProperty("endTime");
  azure.faults.clear();
  azure.faults.add({ kind: "operationFails", method: "POST", code: "UserErrorDiskGone", message: "The disk is gone." });
  await arm("POST", `${instanceId()}/backup`, backup);
  expect((await jobs()).at(-1).properties).toMatchObject({
    status: "Failed",
    endTime: expect.any(String),
    errorDetails: [{ code: "UserErrorDiskGone", message: "The disk is gone." }],
  });
});

test("an instance whose protection has stopped takes no backup", async () => {
  await arm("POST", `${instanceId()}/stopProtection`);
  const refused = await arm("POST", `${instanceId()}/backup`, backup);
  expect(refused).toMatchObject({ status: 400, body: { error: { code: "EmulatorUnverifiedBackupNotConfigured" } } });
  expect((await arm("POST", `${instanceId()}/backup`, {})).body.error.code).toBe("BMSUserErrorInvalidInput");
});

test("a history of jobs can be arranged", async () => {
  const startTime = new Date("2026-11-20T05:00:00Z");
  const endTime = new Date("2026-11-20T05:02:11.5Z");
  const error = { code: "UserErrorSnapshot", message: "No snapshot." };
  azure.addJob(vaultId(azure), { status: "Failed", startTime, endTime, error });
  azure.addJob(vaultId(azure), { instance: "gone", status: "InProgress", startTime });
  const [, failed, running] = await jobs();
  expect(failed.properties).toMatchObject({
    backupInstanceId: instanceId(),
    status: "Failed",
    startTime: startTime.toISOString(),
    endTime: endTime.toISOString(),
    duration: "PT131.5S",
    isUserTriggered: false,
    errorDetails: [error],
  });
  expect(running.properties).toMatchObject({ backupInstanceFriendlyName: "gone", status: "InProgress" });
});

test("jobs come in pages, and one that is not there is not found", async () => {
  for (let at = 0; at < 100; at += 1) azure.addJob(vaultId(azure));
  const { body } = await arm("GET", `${vaultId(azure)}/backupJobs`);
  expect(body.value).toHaveLength(100);
  expect(await jobs(body.nextLink)).toHaveLength(1);
  const missing = await arm("GET", `${vaultId(azure)}/backupJobs/00000000-0000-0000-0000-000000000000`);
  expect(missing).toMatchObject({ status: 404, body: { error: { code: "ResourceNotFound" } } });
});
