import { type Report, review } from "../../review/index.js";
import { terraformPlan } from "./planDocuments.js";
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
