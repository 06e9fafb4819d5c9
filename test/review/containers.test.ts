import { review } from "../../review/index.js";
import { terraformPlan, whatIf } from "./planDocuments.js";
import { preview, subscription } from "./previews.js";
import { said } from "./said.js";

// A container is unregistered, and Azure cannot be read: the items of the program say whether it holds any.

const recoveryId = `/subscriptions/${subscription}/resourceGroups/backups/providers/Microsoft.RecoveryServices/vaults/rsv`;
const containerId = `${recoveryId}/backupFabrics/Azure/protectionContainers/StorageContainer;storage;app;sa`;
const itemId = `${containerId}/protectedItems/AzureFileShare;share`;
const policy = `${recoveryId}/backupPolicies/daily`;
type Action = "stays" | "deleted" | "forgotten" | "elsewhere";
const idOf = (action: Action) => (action === "elsewhere" ? itemId.replace(";sa/", ";other/") : itemId);

const inPulumi = (action: Action) => {
  const old = { sourceResourceId: "sa", policyId: policy };
  const container = { type: "azure-native:recoveryservices:ProtectionContainer", id: containerId, old: { a: "b" } };
  const item = { type: "azure-native:recoveryservices:ProtectedItem", name: "item", id: idOf(action), old };
  const stays = action === "stays" || action === "elsewhere";
  return preview(
    { ...item, op: stays ? "same" : "delete", ...(stays && { new: old }), retainOnDelete: action === "forgotten" },
    { ...container, op: "delete", name: "container" },
  );
};
const inTerraform = (action: Action) => {
  const values = { id: idOf(action), backup_policy_id: policy };
  const actions = { stays: "no-op", elsewhere: "no-op", deleted: "delete", forgotten: "forget" };
  return terraformPlan([
    {
      type: "azurerm_backup_protected_file_share",
      actions: [actions[action]],
      before: values,
      ...(actions[action] === "no-op" && { after: values }),
    },
    { type: "azurerm_backup_container_storage_account", actions: ["delete"], before: { id: containerId } },
  ]);
};
const inWhatIf = (action: Action) => {
  const resource = (id: string) => ({ id, properties: { policyId: policy, friendlyName: "share" } });
  const changeTypes = { stays: "NoChange", elsewhere: "NoChange", deleted: "Delete", forgotten: "Ignore" };
  const item = { resourceId: idOf(action), changeType: changeTypes[action], before: resource(idOf(action)) };
  const isLeft = item.changeType === "NoChange" || item.changeType === "Ignore";
  return whatIf(
    { ...item, after: isLeft ? item.before : null },
    { resourceId: containerId, changeType: "Delete", before: resource(containerId), after: null },
  );
};

test.each([
  ["Pulumi", inPulumi],
  ["Terraform", inTerraform],
  ["What-if", inWhatIf],
])("a container that is unregistered in %s is refused while an item of the program is in it", async (_, planned) => {
  const judged = async (action: Action) =>
    said(await review(planned(action))).filter((each) => each.endsWith("rsv-container-unregistered"));
  expect(await judged("stays")).toEqual(["refuse rsv-container-unregistered"]);
  expect(await judged("forgotten")).toEqual(["refuse rsv-container-unregistered"]);
  // There may be others in it.
  expect(await judged("deleted")).toEqual(["undecided rsv-container-unregistered"]);
  expect(await judged("elsewhere")).toEqual(["undecided rsv-container-unregistered"]);
});
