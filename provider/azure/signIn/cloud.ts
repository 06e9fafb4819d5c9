import type { OperationOptions } from "../http/deadline.js";
import { ConnectionError } from "../http/errors.js";
import { send } from "../http/send.js";
import type { CloudName, Settings } from "./settings.js";

/** Where the services of one Azure cloud are. URLs without a slash at the end. */
export interface Cloud {
  resourceManager: string;
  /** What a token for Resource Manager is asked for. */
  scope: string;
  authorityHost: string;
  /** `vault.azure.net`: a key vault is a host one level below. */
  keyVaultSuffix: string;
  managedHsmSuffix: string;
  /** Not one of Microsoft's public ones: Entra's list of known authorities does not have it. */
  isCustom: boolean;
}

/** https://learn.microsoft.com/azure/azure-government/compare-azure-government-global-azure */
const builtIn: Record<CloudName, Cloud> = {
  public: {
    resourceManager: "https://management.azure.com",
    scope: "https://management.azure.com/.default",
    authorityHost: "https://login.microsoftonline.com",
    keyVaultSuffix: "vault.azure.net",
    managedHsmSuffix: "managedhsm.azure.net",
    isCustom: false,
  },
  usgovernment: {
    resourceManager: "https://management.usgovcloudapi.net",
    scope: "https://management.usgovcloudapi.net/.default",
    authorityHost: "https://login.microsoftonline.us",
    keyVaultSuffix: "vault.usgovcloudapi.net",
    managedHsmSuffix: "managedhsm.usgovcloudapi.net",
    isCustom: false,
  },
  china: {
    resourceManager: "https://management.chinacloudapi.cn",
    scope: "https://management.chinacloudapi.cn/.default",
    authorityHost: "https://login.partner.microsoftonline.cn",
    keyVaultSuffix: "vault.azure.cn",
    managedHsmSuffix: "managedhsm.azure.cn",
    isCustom: false,
  },
};

const asked = new Map<string, Promise<Cloud>>();

/** Built in, or told by the metadata host: asked once in a process, and again only after a failure. */
export function findCloud(settings: Settings, options: OperationOptions): Promise<Cloud> {
  const { metadataHost, environment } = settings;
  if (!metadataHost) return Promise.resolve(builtIn[environment]);
  const key = `${metadataHost} ${environment}`;
  const cloud = asked.get(key) ?? askMetadata(metadataHost, environment, options);
  asked.set(key, cloud);
  cloud.catch(() => asked.delete(key));
  return cloud;
}

/** What azurerm reads too. Newer responses are one cloud, older ones a list. */
interface Metadata {
  name?: string;
  resourceManager?: string;
  authentication?: { loginEndpoint?: string; audiences?: string[] };
  suffixes?: { keyVaultDns?: string; mhsmDns?: string };
}

const azureNames: Record<CloudName, string> = {
  public: "AzureCloud",
  usgovernment: "AzureUSGovernment",
  china: "AzureChinaCloud",
};

async function askMetadata(metadataHost: string, environment: CloudName, options: OperationOptions): Promise<Cloud> {
  const url = `https://${metadataHost}/metadata/endpoints?api-version=2022-09-01`;
  const { response } = await send({ method: "GET", url }, "GET metadata/endpoints", options);
  const described = [response.body as Metadata | Metadata[]].flat();
  const found =
    described.length > 1
      ? (described.find(({ name }) => name === azureNames[environment]) ??
        described.find(({ resourceManager }) => resourceManager?.includes(`//${metadataHost}`)))
      : described[0];
  const resourceManager = withoutSlash(found?.resourceManager);
  const authorityHost = withoutSlash(found?.authentication?.loginEndpoint);
  if (response.status !== 200 || !resourceManager || !authorityHost)
    throw new ConnectionError(
      `${url} does not describe an Azure cloud (HTTP ${response.status}). Check metadataHost (ARM_METADATA_HOSTNAME).`,
      `HTTP${response.status}`,
      false,
    );
  const audiences = found?.authentication?.audiences?.map(withoutSlash) ?? [];
  // Azure Stack has an audience that is not its address. Where the address is one of several, it is the current one.
  const audience = audiences.includes(resourceManager) ? resourceManager : (audiences[0] ?? resourceManager);
  return {
    resourceManager,
    scope: `${audience}/.default`,
    authorityHost,
    keyVaultSuffix: withoutDot(found?.suffixes?.keyVaultDns) ?? builtIn[environment].keyVaultSuffix,
    managedHsmSuffix: withoutDot(found?.suffixes?.mhsmDns) ?? builtIn[environment].managedHsmSuffix,
    isCustom: !Object.values(builtIn).some((cloud) => cloud.authorityHost === authorityHost),
  };
}

const withoutSlash = <T extends string | undefined>(url: T) => url?.replace(/\/+$/, "") as T;
const withoutDot = (suffix: string | undefined) => suffix?.replace(/^\./, "");

/**
 * Where a Managed HSM answers, if that is a place for its tokens: in this cloud's domain of Managed HSMs; and where
 * Resource Manager itself is a process on this machine, such as the emulator, on this machine.
 */
export function managedHsmOrigin(hsmUri: string, { resourceManager, managedHsmSuffix }: Cloud): string {
  if (!URL.canParse(hsmUri)) throw new Error("Azure does not report the address of the Managed HSM.");
  const { protocol, hostname, port, origin } = new URL(hsmUri);
  const isOfCloud = hostname.endsWith(`.${managedHsmSuffix}`) && port === "";
  const isHere = isLoopback(new URL(resourceManager).hostname) && isLoopback(hostname);
  if (protocol === "https:" && (isOfCloud || isHere)) return origin;
  throw new Error(`Azure reports ${origin} as the address of a Managed HSM, which is outside ${managedHsmSuffix}.`);
}

const isLoopback = (hostname: string) => ["127.0.0.1", "localhost", "[::1]"].includes(hostname);
