import { markdown, type Report, review, sarif, text } from "../../review/index.js";
import { type ResourceChange, terraformPlan } from "./planDocuments.js";
import { preview, type StepOf, subscription, vaultId } from "./previews.js";
import { said } from "./said.js";
import {
  account,
  at,
  azure,
  blobs,
  changes,
  groupOf,
  inTerraform,
  type Marks,
  type Part,
  readings,
  type Values,
  vault,
} from "./secretNames.js";

// What has a secret name has that of its resource in the program, whichever resource the finding is on: IDs and Azure have both.

const pages = (report: Report) => [markdown(report), text(report), JSON.stringify([report, sarif(report)])].join("\n");

/** Where a page has a text. */
const around = (secret: string, page: string) => new RegExp(`.{0,200}${secret}.{0,50}`).exec(page)?.[0];

const marked = (names: readonly string[] = []) => {
  const marks = Object.fromEntries(names.map((name) => [name, true]));
  return { before_sensitive: marks, after_sensitive: marks };
};

const planOf = (others: readonly ResourceChange[], marks: Marks, without: readonly Part[]) => {
  const gone = others.map(({ type }) => type);
  const parts = Object.entries(inTerraform).flatMap(([part, { type, values }]): ResourceChange[] => {
    if (without.includes(part as Part)) return [];
    const isGone = gone.includes(type);
    const after = isGone ? {} : { after: values };
    return [{ type, actions: [isGone ? "delete" : "no-op"], before: values, ...after, ...marked(marks[part as Part]) }];
  });
  const known = Object.values(inTerraform).map(({ type }): string => type);
  return terraformPlan([...parts, ...others.filter(({ type }) => !known.includes(type))]);
};

const vaultArguments: Marks = {
  ...{ policy: ["vault_id"], blobs: ["vault_id", "backup_policy_id"], disk: ["vault_id"] },
  ...{ share: ["recovery_vault_name"], container: ["recovery_vault_name"], link: ["vault_id"] },
};

const names: Marks = { vault: ["name"], recovery: ["name"] };

const ways: [what: string, secret: string, marks: Marks, without: Part[]][] = [
  ["a vault by its own name", "hush-(vault|recovery)", names, []],
  [
    "a vault by all",
    "hush-(vault|recovery)",
    { ...vaultArguments, vault: ["name", "id"], recovery: ["name", "id"] },
    [],
  ],
  ["a vault by what is in it", "hush-(vault|recovery)", vaultArguments, ["vault", "recovery"]],
  [
    "a vault by what connects to it",
    "hush-vault",
    { endpoint: ["private_service_connection"] },
    ["vault", "policy", "blobs", "disk"],
  ],
  ["an instance by its name", "hush-blobs", { blobs: ["name"] }, []],
  ["an instance by its name and ID", "hush-disk", { disk: ["name", "id"] }, []],
  ["a file share by its name", "hush-share", { share: ["source_file_share_name"] }, []],
  ["a registered storage account by its ID", "hushdata", { container: ["storage_account_id"] }, []],
  ["a policy by its name", "hush-policy", { policy: ["name"] }, []],
  ["a guard by its name", "hush-guard", { guard: ["name"] }, []],
];

describe.each(ways)("no page has the secret name of %s", (_, secret, marks, without) => {
  test.each(Object.keys(changes))("when %s", async (what) => {
    for (const [how, options] of Object.entries(readings)) {
      const report = await review(planOf(changes[what] ?? [], marks, without), { ...options, posture: true });
      expect([how, around(secret, pages(report))]).toEqual([how, undefined]);
    }
  });
});

test("each of these names is shown where it is not secret, and to hide it changes no finding", async () => {
  const shown: string[] = [];
  for (const [what, others] of Object.entries(changes)) {
    for (const options of Object.values(readings)) {
      const report = await review(planOf(others, {}, []), options);
      shown.push(pages(report));
      if (options.live === azure) expect([what, said(report).length > 0]).toEqual([what, true]);
      for (const marks of [names, { blobs: ["name"] }, { guard: ["name"] }]) {
        expect([what, ...said(await review(planOf(others, marks, []), options))]).toEqual([what, ...said(report)]);
      }
    }
  }
  for (const [, secret] of ways) expect(around(secret, shown.join("\n"))).toBeDefined();
});

test("a file share is found in Azure also where the program hides its name", async () => {
  const deleted = planOf(changes["the file share is deleted"] ?? [], { share: ["source_file_share_name"] }, []);
  expect(said(await review(deleted, { live: azure }))).toEqual(["warn backup-source-deleted"]);
});

test("an action has no secret name of the instance that it acts on", async () => {
  const type = "azurerm_data_protection_backup_instance_protect";
  const config_values = { protect_action: "stop_protection", backup_instance_id: blobs };
  const stops = { action_invocations: [{ address: `action.${type}.stop`, type, config_values }] };
  const plan = (marks: Marks) => JSON.stringify({ ...JSON.parse(planOf([], marks, [])), ...stops });
  expect(pages(await review(plan({})))).toContain("instance hush-blobs.");
  const hidden = pages(await review(plan({ blobs: ["name"] })));
  expect(hidden).toContain(`instance ${inTerraform.blobs.type}.main.`);
  expect(around("hush-blobs", hidden)).toBeUndefined();
});

describe("no page has a vault's name that a preview of Pulumi hides", () => {
  const ofVault = { vaultName: "[secret]", resourceGroupName: "backups" };
  const same = (type: string, id: string, inputs: Values): StepOf => ({
    ...{ op: "same", type: `azure-native:${type}`, name: "shown", id, old: inputs, new: inputs },
  });
  const own = same("dataprotection:BackupVault", vault, ofVault);
  const held = same("dataprotection:BackupInstance", blobs, {
    ...{ ...ofVault, backupInstanceName: "[secret]" },
    properties: {
      dataSourceInfo: {
        ...{ datasourceType: "Microsoft.Storage/storageAccounts/blobServices", resourceID: account },
      },
      policyInfo: {
        policyId: "[secret]",
        policyParameters: { backupDatasourceParametersList: [{ containersList: ["one"] }] },
      },
    },
  });
  const deleted = (type: string, id: string, old: Values): StepOf => ({
    ...{ op: "delete", type: `azure-native:${type}`, name: "gone", id, old },
  });
  const later: StepOf[] = [
    deleted("storage:StorageAccount", account, { accountName: "data" }),
    deleted("resources:ResourceGroup", groupOf("app"), { resourceGroupName: "app" }),
    deleted("resources:ResourceGroup", groupOf("backups"), { resourceGroupName: "backups" }),
    deleted("authorization:ManagementLockByScope", `${vault}/providers/Microsoft.Authorization/locks/keep`, {
      ...{ level: "CanNotDelete", scope: vault },
    }),
    deleted("network:PrivateEndpoint", at("app", "Microsoft.Network/privateEndpoints/e"), {
      privateLinkServiceConnections: [{ privateLinkServiceId: vault }],
    }),
  ];

  test.each(later.map((step): [string, StepOf] => [`${step.type} of ${step.id}`, step]))("%s", async (_, step) => {
    for (const steps of [[own, held], [own], [held]]) {
      for (const options of Object.values(readings)) {
        const report = await review(preview(...steps, step), options);
        expect(around("hush-vault", pages(report))).toBeUndefined();
        if (steps.includes(held)) expect(around("hush-blobs", pages(report))).toBeUndefined();
      }
    }
  });

  const generic = {
    type: "Microsoft.DataProtection/backupVaults@2025-07-01",
    name: "[secret]",
    parentId: groupOf("backups"),
  };

  test.each<[string, Partial<StepOf>]>([
    ["has a body of its own for secrets", { op: "update", new: { ...generic, sensitiveBody: "[secret]" } }],
    ["gets another type", { op: "replace", new: { ...generic, type: "Microsoft.RecoveryServices/vaults@2025-02-01" } }],
  ])("a resource of azapi that %s", async (_, step) => {
    const before = { type: "azapi:index/resource:Resource", name: "shown", id: vault, old: { ...generic, body: {} } };
    const report = await review(preview({ op: "update", ...before, ...step }));
    expect(report.resources).toMatchObject([{ name: "shown" }]);
    expect(report.resources[0]?.unchecked).toBeDefined();
    expect(pages(report)).not.toContain("hush");
  });
});

test("a vault that only its key's resource shows, under an ID that is sensitive, is named once", async () => {
  const keyVault = `/subscriptions/${subscription}/resourceGroups/keys/providers/Microsoft.KeyVault/vaults/kv`;
  const key = {
    id: vaultId(),
    data_protection_backup_vault_id: vaultId(),
    key_vault_key_id: "https://kv.vault.azure.net/keys/k",
  };
  const report = await review(
    terraformPlan([
      {
        ...{ type: "azurerm_data_protection_backup_vault_customer_managed_key", actions: ["no-op"] },
        ...{ before: key, after: key, before_sensitive: { id: true, data_protection_backup_vault_id: true } },
        after_sensitive: { id: true, data_protection_backup_vault_id: true },
      },
      { type: "azurerm_key_vault", actions: ["delete"], before: { id: keyVault, name: "kv" } },
    ]),
  );
  const [reason = ""] = report.resources.flatMap(({ verdicts }) => verdicts.map((verdict) => verdict.reason));
  expect(reason.match(/Backup vault/g)).toHaveLength(1);
});
