import type { ArmResource } from "../state/records.js";
import { unverified } from "./backupError.js";

/** The first version whose specification has backup of all containers of a storage account. */
const since = "2026-03-01";

/** What an older version says of parameters that came later is not published. */
export function refuseAutoProtection(apiVersion: string, { policyInfo }: ArmResource): void {
  const parameters: ArmResource[] = policyInfo?.policyParameters?.backupDatasourceParametersList ?? [];
  const isLater = ({ objectType }: ArmResource) => String(objectType).endsWith("ForAutoProtection");
  if (apiVersion >= since || !parameters.some(isLater)) return;
  throw unverified(
    "auto-protection-version",
    `Automatic protection of containers is not in api-version ${apiVersion}.`,
  );
}
