"""One day of a Python client with a Backup vault; what it saw goes to standard output as JSON."""

import json
import os
import sys

from azure.core.exceptions import HttpResponseError, ResourceNotFoundError
from azure.identity import ClientSecretCredential
from azure.mgmt.dataprotection import DataProtectionMgmtClient

url = "https://" + os.environ["ARM_METADATA_HOSTNAME"]
subscription = os.environ["ARM_SUBSCRIPTION_ID"]
group, name, location = "rg-python", "bv-python", "westeurope"
group_id = f"/subscriptions/{subscription}/resourceGroups/{group}"
vault_id = f"{group_id}/providers/Microsoft.DataProtection/backupVaults/{name}"
guard_id = f"{group_id}/providers/Microsoft.DataProtection/resourceGuards/guard"
saw = {}

credential = ClientSecretCredential(
    os.environ["ARM_TENANT_ID"],
    os.environ["ARM_CLIENT_ID"],
    os.environ["ARM_CLIENT_SECRET"],
    authority=url,
    disable_instance_discovery=True,
)
client = DataProtectionMgmtClient(
    credential,
    subscription,
    base_url=url,
    credential_scopes=[url + "/.default"],
    polling_interval=0,
)


def refusal(call):
    try:
        call()
    except HttpResponseError as error:
        return error.error.code
    return None


vaults = client.backup_vaults
saw["free"] = vaults.check_name_availability(
    group, location, {"name": name, "type": "Microsoft.DataProtection/backupVaults"}
).name_available
vault = vaults.begin_create_or_update(
    group,
    name,
    {
        "location": location,
        "identity": {"type": "SystemAssigned"},
        "properties": {
            "storageSettings": [{"datastoreType": "VaultStore", "type": "LocallyRedundant"}],
            "securitySettings": {"softDeleteSettings": {"state": "AlwaysOn", "retentionDurationInDays": 14}},
        },
    },
).result()
saw["created"] = [vault.properties.provisioning_state, vault.properties.secure_score]
saw["principal"] = vault.identity.principal_id
saw["tags"] = vaults.begin_update(group, name, {"tags": {"stage": "test"}}).result().tags

policy = {
    "properties": {"objectType": "BackupPolicy", "datasourceTypes": ["Microsoft.Compute/disks"], "policyRules": []}
}
client.backup_policies.create_or_update(group, name, "daily", policy)
saw["policies"] = [found.name for found in client.backup_policies.list(group, name)]

instances = client.backup_instances
properties = {
    "objectType": "BackupInstance",
    "friendlyName": "orders",
    "dataSourceInfo": {
        "objectType": "Datasource",
        "datasourceType": "Microsoft.Compute/disks",
        "resourceID": f"{group_id}/providers/Microsoft.Compute/disks/orders",
    },
    "policyInfo": {"policyId": f"{vault_id}/backupPolicies/daily"},
}
instances.begin_validate_for_backup(group, name, {"backupInstance": properties}).result()
created = instances.begin_create_or_update(group, name, "orders", {"properties": properties}).result()
saw["protection"] = [created.properties.current_protection_state]
backup = {"backupRuleOptions": {"ruleName": "BackupDaily", "triggerOption": {}}}
job_id = instances.begin_adhoc_backup(group, name, "orders", backup).result().job_id
job = client.jobs.get(group, name, job_id.split("/")[-1])
saw["job"] = [job.properties.status, job.properties.operation, job.properties.extended_info.sub_tasks[0].task_status]
for change in (
    instances.begin_stop_protection,
    instances.begin_resume_protection,
    instances.begin_suspend_backups,
    instances.begin_resume_backups,
):
    change(group, name, "orders").result()
    saw["protection"].append(instances.get(group, name, "orders").properties.current_protection_state)
saw["jobs"] = len(list(client.jobs.list(group, name)))
saw["blocked"] = refusal(lambda: vaults.begin_delete(group, name).result())

client.resource_guards.put(group, "guard", {"location": location, "properties": {}})
proxy = {"properties": {"resourceGuardResourceId": guard_id}}
client.dpp_resource_guard_proxy.create_or_update(group, name, "proxy", proxy)
saw["guarded"] = refusal(lambda: instances.begin_delete(group, name, "orders").result())
unlock = {
    "resourceGuardOperationRequests": [f"{guard_id}/deleteBackupInstanceRequests/default"],
    "resourceToBeDeleted": f"{vault_id}/backupInstances/orders",
}
client.dpp_resource_guard_proxy.unlock_delete(group, name, "proxy", unlock)
instances.begin_delete(group, name, "orders").result()
deleted = client.deleted_backup_instances
saw["deleted"] = [found.properties.current_protection_state for found in deleted.list(group, name)]
deleted.begin_undelete(group, name, "orders").result()
saw["protection"].append(instances.get(group, name, "orders").properties.current_protection_state)
client.dpp_resource_guard_proxy.unlock_delete(group, name, "proxy", unlock)
instances.begin_delete(group, name, "orders").result()

vaults.begin_delete(group, name).result()
try:
    vaults.get(group, name)
    saw["gone"] = False
except ResourceNotFoundError:
    saw["gone"] = True
[gone] = client.deleted_backup_vaults.list_by_location(location)
saw["original"] = gone.properties.original_backup_vault_name
back = vaults.begin_create_or_update(group, name, {"location": location}, x_ms_deleted_vault_id=gone.id).result()
saw["back"] = back.properties.provisioning_state

json.dump(saw, sys.stdout)
