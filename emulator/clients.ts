import type { EmulatorEnvironment } from "./emulator.js";

type Reached = { url: string; caFile: string; env: EmulatorEnvironment };

/** What to paste into a shell, so that a client takes the emulator for Azure. Code stands in it as comments. */
const clients = {
  "pulumi-azure-backup": ({ env }) => exported(env),

  "azure-native": ({ env }) => [
    ...exported(env),
    "# In each stack:",
    "# pulumi config set azure-native:disableInstanceDiscovery true",
  ],

  azurerm: ({ env }) => exported({ ...env, ARM_USE_CLI: "false", ARM_RESOURCE_PROVIDER_REGISTRATIONS: "none" }),

  az: ({ url, env, caFile }) => [
    "# Its own directory: what az knows of the real Azure stays as it is.",
    'export AZURE_CONFIG_DIR="$HOME/.azure-emulator"',
    ...exported({ AZURE_CORE_INSTANCE_DISCOVERY: "false", REQUESTS_CA_BUNDLE: caFile }),
    "az cloud set -n AzureCloud",
    "az cloud unregister -n emulator 2>/dev/null",
    `az cloud register -n emulator --endpoint-resource-manager ${url} --endpoint-management ${url} \\`,
    `  --endpoint-active-directory ${url} --endpoint-active-directory-resource-id ${url}`,
    "az cloud set -n emulator",
    `az login --service-principal -u ${env.ARM_CLIENT_ID} -p '${env.ARM_CLIENT_SECRET}' -t ${env.ARM_TENANT_ID}`,
  ],

  javascript: (reached) => [
    ...exported({ ...ofIdentity(reached), NODE_EXTRA_CA_CERTS: reached.caFile }),
    ...commented(`
      const { EnvironmentCredential } = require("@azure/identity");
      const { ResourceManagementClient } = require("@azure/arm-resources");
      const { AZURE_AUTHORITY_HOST: url, AZURE_SUBSCRIPTION_ID: subscriptionId } = process.env;
      const credential = new EnvironmentCredential({ disableInstanceDiscovery: true });
      const scopes = [url + "/.default"];
      const client = new ResourceManagementClient(credential, subscriptionId, {
        endpoint: url, credentialScopes: scopes, credentials: { scopes },
      });`),
  ],

  python: (reached) => [
    ...exported({ ...ofIdentity(reached), REQUESTS_CA_BUNDLE: reached.caFile }),
    ...commented(`
      import os
      from azure.identity import EnvironmentCredential
      from azure.mgmt.recoveryservices import RecoveryServicesClient
      url = os.environ["AZURE_AUTHORITY_HOST"]
      credential = EnvironmentCredential(disable_instance_discovery=True)
      client = RecoveryServicesClient(
          credential, os.environ["AZURE_SUBSCRIPTION_ID"], base_url=url, credential_scopes=[url + "/.default"])`),
  ],

  go: (reached) => [
    ...exported({ ...ofIdentity(reached), SSL_CERT_FILE: reached.caFile }),
    ...commented(`
      url := os.Getenv("AZURE_AUTHORITY_HOST")
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
          os.Getenv("AZURE_SUBSCRIPTION_ID"), credential, &arm.ClientOptions{ClientOptions: options})`),
  ],
} satisfies Record<string, (reached: Reached) => string[]>;

export type ClientName = keyof typeof clients;

export const clientNames = Object.keys(clients) as ClientName[];

export function pasteFor(client: ClientName, reached: Reached): string {
  return clients[client](reached).join("\n");
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

function exported(variables: Record<string, string>): string[] {
  return Object.entries(variables).map(([name, value]) => `export ${name}='${value.replaceAll("'", "'\\''")}'`);
}

function commented(code: string): string[] {
  const lines = code.split("\n").slice(1);
  const indent = /^ */.exec(lines[0] ?? "")?.[0].length ?? 0;
  return lines.map((line) => `# ${line.slice(indent)}`);
}
