import type { World } from "../../world.js";
import { backupError } from "../backupError.js";

// https://learn.microsoft.com/azure/backup/backup-azure-data-protection-use-rest-api-backup-postgresql
export function refuseProtected(world: World, id: string | undefined, dataSource: string): void {
  for (const { body, instances } of world.vaults.values()) {
    for (const instance of instances.values()) {
      if (instance.id.toLowerCase() === id?.toLowerCase()) continue;
      if (instance.properties.dataSourceInfo.resourceID.toLowerCase() !== dataSource.toLowerCase()) continue;
      throw backupError(
        400,
        "UserErrorDppDatasourceAlreadyProtected",
        `Datasource is already protected under the Backup vault ${body.id}.`,
        [
          `Delete the backup instance ${instance.name} from the Backup vault ${body.id} to re-protect the datasource ` +
            "in any other vault.",
        ],
      );
    }
  }
}
