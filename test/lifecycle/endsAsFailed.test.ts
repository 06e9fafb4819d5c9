import { type Emulator, startEmulator } from "../../emulator/index.js";
import { type ScriptedAzure, scriptedAzure } from "../azure/scriptedAzure.js";
import { created, oneRun } from "../support/oneRun.js";

/** Azure takes a write, and the vault ends with the provisioning state Failed, whatever its operation says. */

let azure: Emulator;
let front: ScriptedAzure;
let isFailing = false;
let atFirst: { state: string; headers(base: string): Record<string, string> };
const isVault = /\/backupVaults\/payroll(\?|$)/i;
const isWrite = (method: string) => method === "PUT" || method === "PATCH";

beforeAll(async () => {
  azure = await startEmulator({ trust: true });
  front = await scriptedAzure(({ method, url, body }, base) => {
    if (url.includes("/operationStatus/")) return { body: { status: "Succeeded" } };
    const path = decodeURIComponent(url);
    const answer = azure.arm(method, path, body ? JSON.parse(body) : undefined);
    if (!isFailing || !isVault.test(path) || answer.status >= 400) return { status: answer.status, body: answer.body };
    const vault = (isWrite(method) ? azure.arm("GET", path).body : answer.body) as { properties: object };
    const provisioningState = isWrite(method) ? atFirst.state : "Failed";
    return {
      status: method === "PUT" ? 201 : 200,
      headers: isWrite(method) ? atFirst.headers(base) : {},
      body: { ...vault, properties: { ...vault.properties, provisioningState } },
    };
  });
});
beforeEach(() => {
  azure.reset();
  azure.createResourceGroup("rg-payroll");
  isFailing = false;
});
afterAll(() => Promise.all([front.close(), azure.close()]));

const args = {
  vaultName: "payroll",
  resourceGroupName: "rg-payroll",
  location: "westeurope",
  redundancy: "LocallyRedundant",
};
const newRun = () => oneRun({ env: { ...front.env, ARM_SUBSCRIPTION_ID: azure.env.ARM_SUBSCRIPTION_ID ?? "" } });

const ways = [
  { way: "by the answer to the write", state: "Failed", headers: () => ({}) },
  { way: "while it is asked for", state: "Updating", headers: () => ({ "retry-after": "0" }) },
  {
    way: "although its operation succeeded",
    state: "Updating",
    headers: (base: string) => ({ "azure-asyncoperation": `${base}/operationStatus/1`, "retry-after": "0" }),
  },
];

test.each(ways)("a vault that fails $way is recorded as unfinished", async (way) => {
  const { backupVault } = newRun();
  const { inputs } = await backupVault.check({}, args);
  [isFailing, atFirst] = [true, way];
  await expect(backupVault.create(inputs)).rejects.toMatchObject({
    reasons: [expect.stringMatching(/failed|Failed/)],
  });
});

test.each(ways)("an update that fails $way is an error", async (way) => {
  const { id, outs } = await created(newRun().backupVault, args);
  const { backupVault } = newRun();
  const { inputs } = await backupVault.check(outs, { ...args, tags: { owner: "payroll" } });
  [isFailing, atFirst] = [true, way];
  await expect(backupVault.update(id, outs, inputs)).rejects.toThrow(/failed|Failed/);
});
