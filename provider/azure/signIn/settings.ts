import { SettingsError } from "../http/errors.js";
import { findSetting, type StackSettingKey, stackSettings } from "./stackSettings.js";

/** What to connect to Azure with. Each value as the user gave it, wherever it stood. */
export interface Settings {
  subscriptionId?: string;
  tenantId?: string;
  clientId?: string;
  clientSecret?: string;
  clientCertificatePath?: string;
  clientCertificatePassword?: string;
  oidcToken?: string;
  oidcTokenFilePath?: string;
  oidcRequestUrl?: string;
  oidcRequestToken?: string;
  msiEndpoint?: string;
  environment: CloudName;
  metadataHost?: string;
  disableInstanceDiscovery: boolean;
  auxiliaryTenantIds: string[];
  signIn: SignIn;
}

export type CloudName = "public" | "usgovernment" | "china";
export type SignIn = "clientSecret" | "clientCertificate" | "oidc" | "managedIdentity" | "default";

type Env = Record<string, string | undefined>;

/** The settings that a connection needs. */
type Key = Exclude<StackSettingKey, "adopt">;
type Given = Partial<Record<Key, string>>;
const isOfConnection = (key: string): key is Key => key !== "adopt";
const keys = Object.keys(stackSettings).filter(isOfConnection);

/** As azurerm, azure-native and az spell them. */
const clouds: Record<string, CloudName> = {
  public: "public",
  azurecloud: "public",
  azurepubliccloud: "public",
  usgovernment: "usgovernment",
  usgov: "usgovernment",
  azureusgovernment: "usgovernment",
  azureusgovernmentcloud: "usgovernment",
  china: "china",
  azurechinacloud: "china",
};

/** Pure. Throws one error that lists everything that is wrong. */
export function resolveSettings(config: (key: string) => string | undefined, env: Env = process.env): Settings {
  const given: Given = {};
  for (const key of keys) given[key] = findSetting(key, config, env)?.value;
  const problems = wrongValues(given);
  const [useOidc, useMsi] = [isOn(given.useOidc), isOn(given.useMsi)];
  const disableInstanceDiscovery = isOn(given.disableInstanceDiscovery);
  const environment = cloudNamed(given);
  const signIn = signInWith(given, useOidc, useMsi);
  const needed = needs[signIn].filter((key) => !given[key]);
  if (needed.length > 0)
    problems.push(`Signing in with ${words[signIn]} also needs ${needed.map(named).join(" and ")}.`);
  if (signIn === "oidc") problems.push(...oidcProblems(given));
  if (signIn === "default" && given.clientId)
    problems.push(
      `${named("clientId")} is set without a credential. Set ${named("clientSecret")}, ` +
        `${named("clientCertificatePath")}, ${named("useOidc")} or ${named("useMsi")}, or remove it.`,
    );
  const auxiliaryTenantIds = list(given.auxiliaryTenantIds);
  if (problems.length > 0) throw new SettingsError(problems);

  const { useOidc: _1, useMsi: _2, auxiliaryTenantIds: _3, ...values } = given;
  return {
    ...values,
    environment: environment ?? "public",
    disableInstanceDiscovery,
    auxiliaryTenantIds,
    signIn,
  };
}

/** A sentence for each value that can be none of its setting, whatever the others are. */
export function wrongValues(given: Given): string[] {
  const problems: string[] = [];
  for (const key of switches)
    if (!/^(true|false|0|1)?$/i.test(given[key] ?? "")) problems.push(`${named(key)} must be true or false.`);
  // With a metadata host the name only picks one of the clouds that the host tells about.
  if (!cloudNamed(given) && !given.metadataHost)
    problems.push(`${named("environment")} must be public, usgovernment or china, not "${given.environment}".`);
  if (given.subscriptionId && !guid.test(given.subscriptionId))
    problems.push(`${named("subscriptionId")} must be a GUID.`);
  if (given.tenantId && !tenant.test(given.tenantId)) problems.push(`${named("tenantId")} must be a GUID or a domain.`);
  if (given.metadataHost && !host.test(given.metadataHost))
    problems.push(`${named("metadataHost")} must be a host name, optionally with a port, without https://.`);
  const others = list(given.auxiliaryTenantIds);
  if (others.length > mostTenants || !others.every((each) => tenant.test(each)))
    problems.push(`${named("auxiliaryTenantIds")} must be up to ${mostTenants} tenants, each a GUID or a domain.`);
  return problems;
}

const switches = ["useOidc", "useMsi", "disableInstanceDiscovery"] as const satisfies Key[];
const isOn = (value: string | undefined): boolean => value !== undefined && !/^(false|0)$/i.test(value);
const cloudNamed = ({ environment = "public" }: Given): CloudName | undefined => clouds[environment.toLowerCase()];

/** https://learn.microsoft.com/azure/azure-resource-manager/management/authenticate-multi-tenant */
const mostTenants = 3;

function signInWith(given: Partial<Record<string, string>>, useOidc: boolean, useMsi: boolean): SignIn {
  if (useOidc) return "oidc";
  if (given.clientCertificatePath) return "clientCertificate";
  if (given.clientSecret) return "clientSecret";
  if (useMsi) return "managedIdentity";
  return "default";
}

const needs: Record<SignIn, Key[]> = {
  clientSecret: ["tenantId", "clientId"],
  clientCertificate: ["tenantId", "clientId"],
  oidc: ["tenantId", "clientId"],
  managedIdentity: [],
  default: [],
};

const words: Record<SignIn, string> = {
  clientSecret: "a client secret",
  clientCertificate: "a client certificate",
  oidc: "OpenID Connect",
  managedIdentity: "a managed identity",
  default: "DefaultAzureCredential",
};

/** The way of signing in and who it is for, without anything secret. */
export function signInText({ signIn, clientId, tenantId }: Settings): string {
  const who = [clientId && `client ${clientId}`, tenantId && `tenant ${tenantId}`].filter(Boolean).join(", ");
  return who ? `${words[signIn]} (${who})` : words[signIn];
}

function oidcProblems(given: Given): string[] {
  if (given.oidcToken || given.oidcTokenFilePath) return [];
  if (!given.oidcRequestUrl || !given.oidcRequestToken)
    return [
      `Signing in with OpenID Connect needs a token: set ${named("oidcToken")}, ${named("oidcTokenFilePath")}, or ` +
        `${named("oidcRequestUrl")} and ${named("oidcRequestToken")} (GitHub sets the last two for a job with the permission id-token: write).`,
    ];
  return given.oidcRequestUrl.startsWith("https://") ? [] : [`${named("oidcRequestUrl")} must start with https://.`];
}

const named = (key: Key): string => `azure-backup:${key} (${stackSettings[key].variables[0]})`;
/** A list in the configuration comes as JSON. */
const list = (text: string | undefined) => (text ?? "").split(/[;,\s"[\]]+/).filter(Boolean);
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const tenant = /^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[a-z0-9-]+(\.[a-z0-9-]+)+)$/i;
const host = /^[a-z0-9.-]+(:\d+)?$/i;
