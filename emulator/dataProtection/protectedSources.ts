import type { ArmResource, BackupVaultRecord } from "../state/records.js";
import type { World } from "../state/world.js";
import { backupError } from "./backupError.js";

/** The active backup instance of a data source. No search: nothing else is looked at among thousands of vaults. */
export function instanceOf(
  { protectedSources, vaults }: World,
  source: string,
): { vault: BackupVaultRecord; instance: ArmResource } | undefined {
  const where = protectedSources.get(source.toLowerCase());
  const vault = where && vaults.get(where.vaultId);
  const instance = where && vault?.instances.get(where.instance);
  // What was noted may be over: its instance deleted, its vault gone, or another source written into it.
  if (vault === undefined || instance === undefined || sourceOf(instance) !== source.toLowerCase()) return undefined;
  return { vault, instance };
}

/** The first one has it: another one can only be there because it was undeleted. */
export function noteSource(world: World, vault: BackupVaultRecord, key: string): void {
  const instance = vault.instances.get(key);
  if (instance === undefined || instanceOf(world, sourceOf(instance)) !== undefined) return;
  world.protectedSources.set(sourceOf(instance), { vaultId: vault.body.id.toLowerCase(), instance: key });
}

/** An instance that came back while another one protects its data source stays stopped. */
// Recorded of azure-cli-extensions: test_dataprotection_backup_instance_softdelete.
export function refuseOtherInstance(world: World, instance: ArmResource): void {
  const found = instanceOf(world, sourceOf(instance));
  if (found === undefined || found.instance.id.toLowerCase() === instance.id.toLowerCase()) return;
  const { name, properties } = found.instance;
  const friendlyName = properties.friendlyName ?? name;
  const where = `the backup instance ${friendlyName}`;
  const vault = `the Backup vault ${found.vault.body.id}`;
  throw backupError(
    400,
    "UserErrorDppDatasourceAlreadyHasBackupInstance",
    `Datasource is already associated with ${where} in ${vault} with the protection status as ` +
      `${properties.currentProtectionState}.`,
    [`Delete ${where} from ${vault} to re-protect the datasource in any other vault`],
  );
}

/** A data source has one backup instance; `id` is the one that may have it. */
// https://learn.microsoft.com/azure/backup/backup-azure-data-protection-use-rest-api-backup-postgresql
export function refuseProtected(world: World, id: string | undefined, source: string): void {
  const found = instanceOf(world, source);
  if (found === undefined || found.instance.id.toLowerCase() === id?.toLowerCase()) return;
  const { vault, instance } = found;
  throw backupError(
    400,
    "UserErrorDppDatasourceAlreadyProtected",
    `Datasource is already protected under the Backup vault ${vault.body.id}.`,
    [
      `Delete the backup instance ${instance.name} from the Backup vault ${vault.body.id} to re-protect the datasource ` +
        "in any other vault.",
    ],
  );
}

function sourceOf({ properties }: ArmResource): string {
  return String(properties.dataSourceInfo.resourceID).toLowerCase();
}
