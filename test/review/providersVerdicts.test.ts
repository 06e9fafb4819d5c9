import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Emulator, startEmulator } from "../../emulator/index.js";
import { reviewVariable } from "../../provider/host/review.js";
import { type ProviderRecord, review } from "../../review/index.js";
import { oneRun } from "../support/oneRun.js";
import { preview } from "./previews.js";

/** What a review says of what only the provider judges: the check of a resource, and then the review of its step. */

let azure: Emulator;
beforeAll(async () => {
  azure = await startEmulator({ trust: true });
  azure.createResourceGroup("rg-security");
});
afterAll(() => azure.close());

const providers = () => `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-security/providers`;

async function reviewed(
  handler: "resourceGuard" | "resourceGuardAssociation",
  olds: Record<string, unknown>,
  news: object,
) {
  const file = join(mkdtempSync(join(tmpdir(), "azure-backup-")), "judged.jsonl");
  const run = oneRun(azure, { [reviewVariable]: file })[handler];
  const { inputs, failures } = await run.check(olds, { ...news }, handler);
  expect(failures).toEqual([]);
  const lines = readFileSync(file, "utf8").trim().split("\n");
  const records = lines.map((line): ProviderRecord => JSON.parse(line));
  const type = `azure-backup:index:${handler.replace(/^r/, "R")}`;
  const isNew = Object.keys(olds).length === 0;
  const step = { op: isNew ? "create" : "update", type, name: "security", new: inputs, ...(!isNew && { old: olds }) };
  const { resources, ...report } = await review(preview(step), { records });
  return { codes: resources.flatMap(({ verdicts }) => verdicts.map(({ code }) => code)), ...report };
}

const mandatory = "Microsoft.DataProtection/backupVaults/write#reduceSoftDeleteSecurity";
const guard = { resourceGuardName: "guard", resourceGroupName: "rg-security", location: "westeurope" };

test.each([
  ["new", false],
  ["changed", true],
])(
  "a %s guard that excludes what is mandatory is refused, and the preview does not end there",
  async (_, isChanged) => {
    const { inputs } = await oneRun(azure).resourceGuard.check({}, guard);
    const wanted = { ...guard, vaultCriticalOperationExclusionList: [mandatory] };
    const { codes, failures } = await reviewed("resourceGuard", isChanged ? inputs : {}, wanted);
    expect(codes).toContain("resource-guard-mandatory-operation");
    expect(failures).toEqual([]);
  },
);

test("a vault's guard in another region is refused, and the preview does not end there", async () => {
  const resourceGuard = `${providers()}/Microsoft.DataProtection/resourceGuards/elsewhere`;
  const vault = `${providers()}/Microsoft.DataProtection/backupVaults/bv`;
  azure.arm("PUT", resourceGuard, { location: "northeurope", properties: {} });
  const storageSettings = [{ datastoreType: "VaultStore", type: "LocallyRedundant" }];
  azure.arm("PUT", vault, { location: "westeurope", properties: { storageSettings } });
  const { codes, failures } = await reviewed("resourceGuardAssociation", {}, { vault, resourceGuard });
  expect(codes).toEqual(["resource-guard-other-region"]);
  expect(failures).toEqual([]);
});

test("a new guard of which the provider says nothing is not in the report", async () => {
  expect(await reviewed("resourceGuard", {}, guard)).toMatchObject({ codes: [], failures: [] });
});
