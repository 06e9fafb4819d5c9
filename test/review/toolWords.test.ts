import { review } from "../../review/index.js";
import { terraformPlan, whatIf } from "./planDocuments.js";
import { preview, subscription } from "./previews.js";

const id = `/subscriptions/${subscription}/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/rsv`;
const classicAlertSettings = { alertsForCriticalOperations: "Disabled" };
const body = { location: "westeurope", properties: { monitoringSettings: { classicAlertSettings } } };
const ofBlock = "If Azure refuses it, remove the block `monitoring` and use Azure Monitor alerts.";
const ofBody =
  "If Azure refuses it, remove `classicAlertSettings` from `monitoringSettings` and use Azure Monitor alerts.";

const created = (type: string, values: Record<string, unknown>) =>
  preview({ op: "create", type, name: "rsv", new: values });
const named = { location: "westeurope", name: "rsv", resourceGroupName: "g" };

test.each([
  [
    "azurerm",
    terraformPlan([
      {
        ...{ type: "azurerm_recovery_services_vault", actions: ["create"] },
        after: { name: "rsv", monitoring: [{ alerts_for_critical_operation_failures_enabled: false }] },
      },
    ]),
    ofBlock,
  ],
  [
    "the classic provider",
    created("azure:recoveryservices/vault:Vault", {
      ...named,
      monitoring: { alertsForCriticalOperationFailuresEnabled: false },
    }),
    ofBlock,
  ],
  ["azure-native", created("azure-native:recoveryservices:Vault", { vaultName: "rsv", ...body }), ofBody],
  [
    "azapi",
    terraformPlan([
      {
        ...{ type: "azapi_resource", actions: ["create"] },
        after: { type: "Microsoft.RecoveryServices/vaults@2025-08-01", name: "rsv", body },
      },
    ]),
    ofBody,
  ],
  ["Bicep", whatIf({ resourceId: id, changeType: "Create", before: null, after: { id, ...body } }), ofBody],
  [
    "this package",
    created("azure-backup:index:RecoveryServicesVault", {
      ...{ vaultName: "rsv", resourceGroupName: "g", location: "westeurope" },
      classicAlerts: { alertsForCriticalOperations: "Disabled" },
    }),
    "If Azure refuses it, remove `classicAlerts` and use Azure Monitor alerts.",
  ],
])("what to do about classic alerts is said in the arguments of %s", async (_, document, remediation) => {
  const { resources } = await review(document);
  const verdicts = resources.flatMap((each) => each.verdicts);
  expect(verdicts.filter(({ code }) => code === "rsv-classic-alerts").map((each) => each.remediation)).toEqual([
    remediation,
  ]);
});
