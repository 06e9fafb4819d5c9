import { normalLocation } from "../arm/locations.js";
import type { ArmResource } from "../state/records.js";
import type { World } from "../state/world.js";

/*
 * What can be backed up, such as disks, virtual machines and storage accounts. They have no API here: of one that was arranged, its place is
 * known, and it is listed among the resources of its group. Anything else is taken to be where its vault is.
 */

export function addDataSource({ dataSources }: World, id: string, location: string): ArmResource {
  const [, , , , , , namespace, type, name = ""] = id.split("/");
  const source = { id, name, type: `${namespace}/${type}`, location: normalLocation(location), properties: {} };
  dataSources.set(id.toLowerCase(), source);
  return source;
}

/**
 * "This setting allows customers to configure backups for datasources from different region":
 * https://learn.microsoft.com/javascript/api/@azure/arm-recoveryservices/regionofchoicesettings
 */
export const backsUpOtherRegions = ({ properties }: ArmResource): boolean =>
  properties?.regionOfChoiceSettings?.status === "Enabled";

/**
 * What is wrong with a vault in another region than what it is to back up. "The vault must be in the same region as the data source":
 * https://learn.microsoft.com/azure/backup/create-manage-backup-vault
 * https://learn.microsoft.com/azure/backup/backup-create-recovery-services-vault
 */
export function inOtherRegion(
  { dataSources }: World,
  vault: ArmResource,
  sourceId: string | undefined,
): string | undefined {
  const source = dataSources.get(sourceId?.toLowerCase() ?? "");
  if (source === undefined || source.location === normalLocation(vault.location)) return undefined;
  if (backsUpOtherRegions(vault)) return undefined;
  return (
    `${source.id} is in ${source.location}, and the vault in ${vault.location}: they have to be in the same region. Azure's own answer is ` +
    "not documented."
  );
}
