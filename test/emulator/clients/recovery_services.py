"""One day of a Python client with a Recovery Services vault; what it saw goes to standard output as JSON."""

import json
import os
import sys

from azure.core.exceptions import HttpResponseError, ResourceNotFoundError
from azure.identity import ClientSecretCredential
from azure.mgmt.recoveryservices import RecoveryServicesClient

url = "https://" + os.environ["ARM_METADATA_HOSTNAME"]
group, name = "rg-python", "rsv-python"

credential = ClientSecretCredential(
    os.environ["ARM_TENANT_ID"],
    os.environ["ARM_CLIENT_ID"],
    os.environ["ARM_CLIENT_SECRET"],
    authority=url,
    disable_instance_discovery=True,
)
client = RecoveryServicesClient(
    credential,
    os.environ["ARM_SUBSCRIPTION_ID"],
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


vault = {
    "location": "westeurope",
    "sku": {"name": "Standard"},
    "properties": {"redundancySettings": {"standardTierStorageRedundancy": "GeoRedundant"}},
}
created = client.vaults.begin_create_or_update(group, name, vault).result()
identity = {"identity": {"type": "SystemAssigned"}, "tags": {"stage": "test"}}
updated = client.vaults.begin_update(group, name, identity).result()


def immutability(state):
    patch = {"properties": {"securitySettings": {"immutabilitySettings": {"state": state}}}}
    return client.vaults.begin_update(group, name, patch).result()


too_early = refusal(lambda: immutability("Locked"))
for state in ("Unlocked", "Locked"):
    locked = immutability(state)
too_late = refusal(lambda: immutability("Unlocked"))
usages = [usage.name.value for usage in client.usages.list_by_vaults(group, name)]
listed = [found.name for found in client.vaults.list_by_resource_group(group)]
client.vaults.begin_delete(group, name).result()
try:
    client.vaults.get(group, name)
    gone = False
except ResourceNotFoundError:
    gone = True

json.dump(
    {
        "created": created.properties.provisioning_state,
        "principal": updated.identity.principal_id,
        "tags": updated.tags,
        "locked": locked.properties.security_settings.immutability_settings.state,
        "refusals": [too_early, too_late],
        "usages": usages,
        "listed": listed,
        "gone": gone,
    },
    sys.stdout,
)
