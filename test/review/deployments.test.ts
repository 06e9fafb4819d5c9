import { type Report, review } from "../../review/index.js";
import { type ResourceChange, terraformPlan, whatIf } from "./planDocuments.js";
import { preview } from "./previews.js";

/** ARM templates that a program deploys as one resource. */
const template = (...types: string[]) => ({ resources: types.map((type) => ({ type, apiVersion: "2025-07-01" })) });
const withVault = template("Microsoft.Storage/storageAccounts", "Microsoft.DataProtection/backupVaults");
const withoutVault = template("Microsoft.Storage/storageAccounts");
const nested = { resources: [{ type: "Microsoft.Resources/deployments", properties: { templateLink: { uri: "x" } } }] };

const azurerm = "azurerm_resource_group_template_deployment";
const classic = "azure:core/resourceGroupTemplateDeployment:ResourceGroupTemplateDeployment";
const native = "azure-native:resources:Deployment";
const stack = "azure-native:resources:DeploymentStackAtResourceGroup";

const why = ({ resources }: Report) =>
  resources.map(({ unchecked }) => unchecked?.replace(/ Review the template.*$/, ""));
const contains =
  "Its template contains Microsoft.DataProtection/backupVaults, and this version cannot check templates.";
const complete =
  "It deploys a template in complete mode, which deletes what is in the resource group and not in the template.";
const hidden = "The preview does not show all of its template.";

const inTerraform = (found: object, mode = "Incremental") => ({
  name: "d",
  deployment_mode: mode,
  template_content: JSON.stringify(found),
});

test.each([
  ["a changed one with a vault", ["update"], inTerraform(withoutVault), inTerraform(withVault), contains],
  ["a deleted one with a vault", ["delete"], inTerraform(withVault), null, contains],
  ["one in complete mode", ["update"], inTerraform(withoutVault), inTerraform(withoutVault, "Complete"), complete],
  ["one with a linked template in it", ["create"], null, inTerraform(nested), hidden],
  [
    "one whose template is a spec",
    ["create"],
    null,
    { deployment_mode: "Incremental", template_spec_version_id: "x" },
    hidden,
  ],
])("of azurerm's deployments, %s is not checked, and never passed", async (_, actions, before, after, expected) => {
  const report = await review(terraformPlan([{ type: azurerm, actions, before, after }]));
  expect([report.decision, why(report)]).toEqual(["unchecked", [expected]]);
});

test.each([
  [native, { properties: { mode: "Incremental", template: withVault } }],
  [stack, { template: withVault }],
  [classic, { deploymentMode: "Incremental", templateContent: JSON.stringify(withVault) }],
  [
    "azapi:index/resource:Resource",
    { type: "Microsoft.Resources/deployments@2024-03-01", body: { properties: { template: withVault } } },
  ],
])("a change of %s with a vault is not checked", async (type, inputs) => {
  const report = await review(
    preview({ op: "update", type, name: "d", id: "d", old: inputs, new: { ...inputs, name: "e" } }),
  );
  expect([report.decision, why(report)]).toEqual(["unchecked", [contains]]);
});

describe("a template without a vault", () => {
  const keyVault = template("Microsoft.KeyVault/vaults");
  const role = template("Microsoft.Authorization/roleAssignments");
  const change = (before: object | null, after: object | null): ResourceChange => ({
    type: azurerm,
    actions: before && after ? ["update"] : [before ? "delete" : "create"],
    before: before && inTerraform(before),
    after: after && inTerraform(after),
  });

  test.each<[what: string, change: ResourceChange, decision: "unchecked" | "clear"]>([
    ["a new key vault may be one that exists", change(null, keyVault), "unchecked"],
    ["a changed one", change(withoutVault, keyVault), "unchecked"],
    ["a key", change(null, template("Microsoft.KeyVault/vaults/keys")), "unchecked"],
    ["a lock on something", change(null, template("Microsoft.Sql/servers/providers/locks")), "unchecked"],
    ["a private endpoint", change(null, template("Microsoft.Network/privateEndpoints")), "unchecked"],
    ["a role assignment that is added", change(null, role), "clear"],
    ["a role assignment that is left as it is", change(role, role), "clear"],
    ["a role assignment that is deleted with the deployment", change(role, null), "unchecked"],
    ["a role assignment beside a changed key vault", change(role, keyVault), "unchecked"],
    ["a secret of a key vault", change(null, template("Microsoft.KeyVault/vaults/secrets")), "clear"],
  ])("%s: the change is %s", async (_, planned, decision) => {
    expect((await review(terraformPlan([planned]))).decision).toBe(decision);
  });

  test("a deployment stack deletes a role assignment that its template no longer has", async () => {
    const step = {
      op: "update",
      type: stack,
      name: "d",
      id: "d",
      old: { template: role },
      new: { template: withoutVault },
    };
    expect((await review(preview(step))).decision).toBe("unchecked");
  });
});

test("a deployment stack in a template of Bicep is not checked, and a nested deployment is, by what-if itself", async () => {
  const at = (type: string) => {
    const resourceId = `/subscriptions/s/resourceGroups/g/providers/Microsoft.Resources/${type}/d`;
    return whatIf({ resourceId, changeType: "Create", before: null, after: { properties: { template: withVault } } });
  };
  expect(why(await review(at("deploymentStacks")))).toEqual([contains]);
  expect((await review(at("deployments"))).decision).toBe("clear");
});

test("a deployment without a vault is none of a review's business, nor is the deletion of one that deletes nothing", async () => {
  const values = inTerraform(withoutVault);
  expect(await review(terraformPlan([{ type: azurerm, actions: ["delete"], before: values }]))).toMatchObject({
    decision: "clear",
    counts: { resources: 0, others: 1 },
  });
  const before = inTerraform(withoutVault, "Complete");
  expect(await review(terraformPlan([{ type: azurerm, actions: ["update"], before, after: values }]))).toMatchObject({
    decision: "clear",
  });
  const old = { properties: { mode: "Incremental", template: withVault } };
  expect(await review(preview({ op: "delete", type: native, name: "d", id: "d", old }))).toMatchObject({
    decision: "clear",
    counts: { resources: 0, others: 1 },
  });
});
