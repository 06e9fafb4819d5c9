import type { PlannedChange } from "../changes/plannedChange.js";
import type { Subject } from "./adapters.js";
import { nativeType } from "./azureNative.js";
import { armTypeOf, providerOf } from "./dependencies.js";

/** What a script of az, of Azure PowerShell or of requests to Resource Manager says if it is about backups. */
const aboutBackups =
  /\baz\s+(backup|dataprotection)\b|\bAz\.?(RecoveryServices|DataProtection)|-Az(RecoveryServices|DataProtection)|Microsoft\.(RecoveryServices|DataProtection)\//i;

/**
 * A script that Azure runs during a deployment, if its text says that it is about backups. Any script may be: one that is
 * only linked to is not read.
 * https://learn.microsoft.com/azure/azure-resource-manager/templates/deployment-script-template
 */
export function scriptSubject(change: Pick<PlannedChange, "type" | "old" | "new">): Subject | undefined {
  const { type, new: wanted } = change;
  const isScript =
    /^azurerm_resource_deployment_script_|^(azure|azurerm):\w+\/resourceDeploymentScript/i.test(type) ||
    /^resources:(Azure(Cli|PowerShell)Script|DeploymentScript)$/.test(nativeType(type) ?? "") ||
    /^Microsoft\.Resources\/deploymentScripts$/i.test(armTypeOf(change) ?? "");
  if (!isScript || !aboutBackups.test(JSON.stringify(wanted?.inputs) ?? "")) return undefined;
  const why = "It runs a script about backups, and this version cannot check scripts.";
  return { is: "unsupported", provider: providerOf(type), why };
}
