import { type Emulator, startEmulator } from "../../emulator/index.js";
import { type Arm, armClient, group } from "./client.js";

let azure: Emulator;
let arm: Arm;

beforeAll(async () => {
  azure = await startEmulator();
  azure.createResourceGroup("rg-payroll");
  arm = await armClient(azure);
});
afterAll(() => azure.close());

const permissions = (scope: string) =>
  arm("GET", `${scope}/providers/Microsoft.Authorization/permissions?api-version=2022-04-01`);

test("who has no role may do everything, who has some may do what these say", async () => {
  const everything = { actions: ["*"], notActions: [], dataActions: [], notDataActions: [] };
  expect(await permissions(group(azure))).toMatchObject({ status: 200, body: { value: [everything] } });

  const self = "0b1e0000-0000-4000-8000-0000000000b1";
  azure.grant(group(azure), self, "a795c7a0-d4a2-40c1-ae25-d81f01202912");
  const { value } = (await permissions(`${group(azure)}/providers/Microsoft.DataProtection/backupVaults/b`)).body;
  expect(value).toMatchObject([{ actions: expect.arrayContaining(["Microsoft.DataProtection/backupVaults/read"]) }]);
  const above = `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}`;
  expect((await permissions(above)).body.value).toEqual([]);
});

test("a group that is not there has no permissions to tell", async () => {
  expect(await permissions(group(azure, "none"))).toMatchObject({ body: { error: { code: "ResourceGroupNotFound" } } });
});
