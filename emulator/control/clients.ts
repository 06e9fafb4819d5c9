/** How an emulator is reached. */
export type Reached = { url: string; caFile: string; env: EmulatorEnvironment };

/** How a client takes the emulator for Azure. */
export interface Instructions {
  /** To paste into a shell. */
  shell: string;
  /** What the program that uses the client says. */
  program?: string;
}

const clients = {
  "pulumi-azure-backup": ({ env }) => ({ shell: exported(env) }),

  "azure-native": ({ env }) => ({
    shell: `${exported(env)}\npulumi config set azure-native:disableInstanceDiscovery true`,
  }),

  azurerm: ({ env }) => ({
    shell: exported({ ...env, ARM_USE_CLI: "false", ARM_RESOURCE_PROVIDER_REGISTRATIONS: "none" }),
  }),

  // A directory of its own: what az knows of the real Azure stays as it is.
  az: ({ url, env }) => ({
    shell: `export AZURE_CONFIG_DIR="$HOME/.azure-emulator"
${exported({ AZURE_CORE_INSTANCE_DISCOVERY: "false", REQUESTS_CA_BUNDLE: env.REQUESTS_CA_BUNDLE })}
az cloud set -n AzureCloud
az cloud unregister -n emulator 2>/dev/null
az cloud register -n emulator --endpoint-resource-manager ${url} --endpoint-management ${url} \\
  --endpoint-active-directory ${url} --endpoint-active-directory-resource-id ${url}
az cloud set -n emulator
az login --service-principal -u ${env.ARM_CLIENT_ID} -p '${env.ARM_CLIENT_SECRET}' -t ${env.ARM_TENANT_ID}`,
  }),

  javascript: (reached) => ({
    shell: exported({ ...ofIdentity(reached), NODE_EXTRA_CA_CERTS: reached.env.NODE_EXTRA_CA_CERTS }),
    program: `const { EnvironmentCredential } = require("@azure/identity");
const { ResourceManagementClient } = require("@azure/arm-resources");
const { AZURE_AUTHORITY_HOST: url, AZURE_SUBSCRIPTION_ID: subscriptionId } = process.env;
const credential = new EnvironmentCredential({ disableInstanceDiscovery: true });
const scopes = [url + "/.default"];
const options = { endpoint: url, credentialScopes: scopes, credentials: { scopes } };
const client = new ResourceManagementClient(credential, subscriptionId, options);`,
  }),

  python: (reached) => ({
    shell: exported({ ...ofIdentity(reached), REQUESTS_CA_BUNDLE: reached.env.REQUESTS_CA_BUNDLE }),
    program: `import os
from azure.identity import EnvironmentCredential
from azure.mgmt.recoveryservices import RecoveryServicesClient
url = os.environ["AZURE_AUTHORITY_HOST"]
credential = EnvironmentCredential(disable_instance_discovery=True)
client = RecoveryServicesClient(
    credential, os.environ["AZURE_SUBSCRIPTION_ID"], base_url=url, credential_scopes=[url + "/.default"]
)`,
  }),

  go: (reached) => ({
    shell: exported({ ...ofIdentity(reached), SSL_CERT_FILE: reached.env.SSL_CERT_FILE }),
    program: `url := os.Getenv("AZURE_AUTHORITY_HOST")
options := azcore.ClientOptions{Cloud: cloud.Configuration{
	ActiveDirectoryAuthorityHost: url,
	Services: map[cloud.ServiceName]cloud.ServiceConfiguration{
		cloud.ResourceManager: {Endpoint: url, Audience: url},
	},
}}
credential, err := azidentity.NewEnvironmentCredential(&azidentity.EnvironmentCredentialOptions{
	ClientOptions: options, DisableInstanceDiscovery: true,
})
client, err := armdataprotection.NewBackupVaultsClient(
	os.Getenv("AZURE_SUBSCRIPTION_ID"), credential, &arm.ClientOptions{ClientOptions: options},
)`,
  }),
} satisfies Record<string, (reached: Reached) => Instructions>;

export type ClientName = keyof typeof clients;

export const clientNames = Object.keys(clients) as ClientName[];

export function instructionsFor(client: ClientName, reached: Reached): Instructions {
  return clients[client](reached);
}

/** What the SDKs' EnvironmentCredential reads. */
function ofIdentity({ url, env }: Reached): Record<string, string> {
  return {
    AZURE_AUTHORITY_HOST: url,
    AZURE_TENANT_ID: env.ARM_TENANT_ID,
    AZURE_CLIENT_ID: env.ARM_CLIENT_ID,
    AZURE_CLIENT_SECRET: env.ARM_CLIENT_SECRET,
    AZURE_SUBSCRIPTION_ID: env.ARM_SUBSCRIPTION_ID,
  };
}

function exported(variables: Record<string, string>): string {
  const lines = Object.entries(variables).map(([name, value]) => `export ${name}='${value.replaceAll("'", "'\\''")}'`);
  return lines.join("\n");
}

export interface EmulatorEnvironment extends Record<string, string> {
  ARM_METADATA_HOSTNAME: string;
  ARM_TENANT_ID: string;
  ARM_CLIENT_ID: string;
  ARM_CLIENT_SECRET: string;
  ARM_SUBSCRIPTION_ID: string;
  /** The emulator's authority, and those that the variable named when the emulator started. */
  NODE_EXTRA_CA_CERTS: string;
  /** The machine's authorities and the emulator's, because this file takes the place of the machine's. */
  SSL_CERT_FILE: string;
  /** The same file. */
  REQUESTS_CA_BUNDLE: string;
}
