import { meantBy } from "../../vaults/values.js";

/** A key of the stack's configuration, `azure-backup:<key>`, which comes before the environment. */
interface StackSetting {
  /** The variables that are read in its place, the first one that is set. */
  variables: readonly string[];
  /** Whether azure-native has the key under the same name, `azure-native:<key>`. */
  inAzureNative: boolean;
  isSecret: boolean;
  /** `true` or `false`: the schema's type of it is boolean. The value is text all the same, as all of a configuration. */
  isSwitch?: true;
  /** Read in the program, before there is a provider: not a setting of the plugin's provider resources. */
  isOfProgram?: boolean;
  /** For docs/configuration.md, which a test holds current. */
  meaning: string;
}

const both = { inAzureNative: true, isSecret: false };
const secret = { inAzureNative: true, isSecret: true };

/**
 * Every key that the package reads. The variables are those of terraform azurerm and pulumi azure-native, and the AZURE_*
 * ones of Azure's own libraries.
 * https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs#argument-reference
 * https://www.pulumi.com/registry/packages/azure-native/installation-configuration/
 */
export const stackSettings = {
  subscriptionId: {
    ...both,
    variables: ["ARM_SUBSCRIPTION_ID", "AZURE_SUBSCRIPTION_ID"],
    meaning: "The subscription of vaults that do not set `subscriptionId`.",
  },
  tenantId: {
    ...both,
    variables: ["ARM_TENANT_ID", "AZURE_TENANT_ID"],
    meaning: "The tenant to sign in to, as a GUID or a domain.",
  },
  // AZURE_CLIENT_ID, AZURE_CLIENT_SECRET and the like are DefaultAzureCredential's own: it knows more kinds of them.
  clientId: {
    ...both,
    variables: ["ARM_CLIENT_ID"],
    meaning: "The application, or the user-assigned managed identity, to sign in as.",
  },
  clientSecret: { ...secret, variables: ["ARM_CLIENT_SECRET"], meaning: "The application's secret." },
  clientCertificatePath: {
    ...both,
    variables: ["ARM_CLIENT_CERTIFICATE_PATH"],
    meaning: "The application's certificate with its private key, as PEM or PKCS#12 (`.pfx`).",
  },
  clientCertificatePassword: {
    ...secret,
    variables: ["ARM_CLIENT_CERTIFICATE_PASSWORD"],
    meaning: "The password of that file.",
  },
  useOidc: {
    ...both,
    isSwitch: true,
    variables: ["ARM_USE_OIDC"],
    meaning: "`true`: sign in with an OpenID Connect token.",
  },
  oidcToken: { ...secret, variables: ["ARM_OIDC_TOKEN"], meaning: "The OpenID Connect token." },
  oidcTokenFilePath: {
    ...both,
    variables: ["ARM_OIDC_TOKEN_FILE_PATH"],
    meaning: "The file that contains the OpenID Connect token.",
  },
  oidcRequestUrl: {
    ...both,
    variables: ["ARM_OIDC_REQUEST_URL", "ACTIONS_ID_TOKEN_REQUEST_URL"],
    meaning: "Where to request the OpenID Connect token. GitHub Actions sets it.",
  },
  oidcRequestToken: {
    ...secret,
    variables: ["ARM_OIDC_REQUEST_TOKEN", "ACTIONS_ID_TOKEN_REQUEST_TOKEN"],
    meaning: "The token for that request. GitHub Actions sets it.",
  },
  useMsi: { ...both, isSwitch: true, variables: ["ARM_USE_MSI"], meaning: "`true`: sign in with a managed identity." },
  msiEndpoint: {
    ...both,
    variables: ["ARM_MSI_ENDPOINT"],
    meaning: "The endpoint that issues tokens for the managed identity, if it is not the usual one.",
  },
  environment: {
    ...both,
    variables: ["ARM_ENVIRONMENT"],
    meaning: "The cloud: `public` (the default), `usgovernment` or `china`.",
  },
  metadataHost: {
    ...both,
    variables: ["ARM_METADATA_HOSTNAME", "ARM_METADATA_HOST"],
    meaning: "The host, without `https://`, that describes another cloud: Azure Stack, or the emulator.",
  },
  disableInstanceDiscovery: {
    ...both,
    isSwitch: true,
    variables: ["ARM_DISABLE_INSTANCE_DISCOVERY"],
    meaning: "`true`: do not look up the sign-in host in Microsoft's list of clouds.",
  },
  auxiliaryTenantIds: {
    ...both,
    variables: ["ARM_AUXILIARY_TENANT_IDS"],
    meaning:
      "Further tenants in which the sign-in is valid, such as those of resource guards, at most three: a list, or text separated by spaces, commas or semicolons.",
  },
  adopt: {
    variables: ["AZURE_BACKUP_ADOPT"],
    inAzureNative: false,
    isSecret: false,
    meaning:
      "The ARM IDs of existing vaults that a run may adopt, as with `adopt: true`: one, or a list. The variable adds to it.",
  },
  usePlugin: {
    variables: [],
    inAzureNative: false,
    isSecret: false,
    isOfProgram: true,
    meaning: "`true`: [the plugin](plugin.md) serves the classes of the npm package.",
  },
} satisfies Record<string, StackSetting>;

export type StackSettingKey = keyof typeof stackSettings;

type Config = (key: string) => string | undefined;
type Env = Record<string, string | undefined>;

/** The value of a setting and where it comes from: the key, or the variable. An empty value counts as none. */
export function findSetting(
  key: StackSettingKey,
  config: Config,
  env: Env,
): { value: string; source: string } | undefined {
  const given = [
    { value: config(key), source: `azure-backup:${key}` },
    ...stackSettings[key].variables.map((name) => ({ value: env[name], source: name })),
  ];
  for (const { value, source } of given) {
    const text = value?.trim();
    if (text) return { value: text, source };
  }
  return undefined;
}

const namespace = "azure-backup:";

/** A sentence for each key of a configuration that looks like one of ours and is none. Other packages' keys are theirs. */
export function unknownSettings(keys: readonly string[], whose = "The stack's configuration"): string[] {
  const known = Object.keys(stackSettings);
  return keys
    .filter((key) => key.startsWith(namespace) && !known.includes(key.slice(namespace.length)))
    .map((key) => {
      const [meant] = meantBy(key.slice(namespace.length), known);
      const instead = meant ? `; did you mean "${namespace}${meant}"?` : `. Valid keys: ${known.join(", ")}.`;
      return `${whose} has the unknown key "${key}", which has no effect${instead}`;
    });
}
