"""A Python client's keys in a key vault and a Managed HSM; what it saw goes to standard output as JSON."""

import json
import os
import uuid

import requests
from azure.core.exceptions import ResourceNotFoundError
from azure.identity import ClientSecretCredential
from azure.keyvault.administration import KeyVaultAccessControlClient
from azure.keyvault.keys import KeyClient
from azure.keyvault.keys.crypto import CryptographyClient, KeyWrapAlgorithm

url = "https://" + os.environ["ARM_METADATA_HOSTNAME"]
tenant = os.environ["ARM_TENANT_ID"]
algorithm = KeyWrapAlgorithm.rsa_oaep_256

credential = ClientSecretCredential(
    tenant,
    os.environ["ARM_CLIENT_ID"],
    os.environ["ARM_CLIENT_SECRET"],
    authority=url,
    disable_instance_discovery=True,
)


def put(kind, name, body):
    """The address of its data plane, from Resource Manager."""
    group = f"/subscriptions/{os.environ['ARM_SUBSCRIPTION_ID']}/resourceGroups/rg-python"
    answer = requests.put(
        f"{url}{group}/providers/Microsoft.KeyVault/{kind}/{name}?api-version=2023-07-01",
        json={"location": "westeurope", **body},
        headers={"Authorization": "Bearer " + credential.get_token(url + "/.default").token},
        timeout=60,
    )
    properties = answer.json()["properties"]
    return properties.get("vaultUri") or properties["hsmUri"]


def wrapped_and_unwrapped(client):
    return client.unwrap_key(algorithm, client.wrap_key(algorithm, b"secret").encrypted_key).key.decode()


sku = {"family": "A", "name": "standard"}
vault = put("vaults", "kv-python", {"properties": {"tenantId": tenant, "sku": sku}})
keys = KeyClient(vault, credential, verify_challenge_resource=False)
created = keys.create_rsa_key("backup", size=2048)
keys.rotate_key("backup")
versions = len(list(keys.list_properties_of_key_versions("backup")))
unwrapped = wrapped_and_unwrapped(keys.get_cryptography_client("backup"))
keys.begin_delete_key("backup").result()
recovered = keys.begin_recover_deleted_key("backup").result().name

administrators = {"tenantId": tenant, "initialAdminObjectIds": [str(uuid.uuid4())]}
hsm = put("managedHSMs", "hsm-python", {"properties": administrators})
hardware = KeyClient(hsm, credential, verify_challenge_resource=False).create_rsa_key("backup", hardware_protected=True)
roles = KeyVaultAccessControlClient(hsm, credential, verify_challenge_resource=False)
wanted = "Managed HSM Crypto Service Encryption User"
role = next(role for role in roles.list_role_definitions("/") if role.role_name == wanted)
scopes = []
gone = None
for scope in ("/", "/keys", "/keys/backup"):
    assignment = roles.create_role_assignment(scope, role.id, str(uuid.uuid4()))
    found = roles.get_role_assignment(scope, assignment.name).properties.scope
    scopes.append(getattr(found, "value", found))
    roles.delete_role_assignment(scope, assignment.name)
    try:
        roles.get_role_assignment(scope, assignment.name)
    except ResourceNotFoundError as error:
        gone = error.error.code

# By its name in Azure, with the emulator as the proxy.
os.environ["HTTPS_PROXY"] = url
named = KeyClient("https://kv-python.vault.azure.net", credential).get_key("backup")

print(
    json.dumps(
        {
            "id": created.id,
            "versions": versions,
            "unwrapped": unwrapped,
            "recovered": recovered,
            "hardware": hardware.key_type,
            "scopes": scopes,
            "gone": gone,
            "named": wrapped_and_unwrapped(CryptographyClient(named, credential)),
        }
    )
)
