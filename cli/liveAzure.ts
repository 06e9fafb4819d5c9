import { connect, guardIdsOf, isCredentialError, isSettingsError, previewDeadline } from "../provider/azure/index.js";
import { readFacts } from "../provider/lifecycle/run/facts.js";
import { vaultLists, vaultsUsing } from "../provider/lifecycle/vault/keyUsers.js";
import { factLoaders, services } from "../provider/lifecycle/vault/services.js";
import { backupStorageOf, isBackupExtension } from "../provider/vaults/clusterStorage.js";
import type { ListedVaults, Live, Preview } from "../review/index.js";

/** Reads vaults with the credentials of this environment and the configuration of the stack. */
export function liveAzure(env: NodeJS.ProcessEnv): (preview: Preview) => Live {
  return ({ config }) => {
    const setting = (key: string) => {
      const value = config[`azure-backup:${key}`];
      return typeof value === "string" && value !== "[secret]" ? value : undefined;
    };
    const azure = () => connect(setting, env);
    let noAccess: string | undefined;

    /** Without credentials every read would end in the same error, which is shown once. */
    async function ask<T>(read: () => Promise<T>): Promise<T> {
      if (noAccess !== undefined) throw new Error(withoutAccess);
      try {
        return await read();
      } catch (error) {
        if (!isCredentialError(error) && !isSettingsError(error)) throw error;
        noAccess = error.message;
        throw new Error(withoutAccess, { cause: error });
      }
    }

    /** What is read of a subscription serves all who ask. */
    const lists = new Map<string, Promise<ListedVaults>>();
    function listed(subscription: string) {
      const known = lists.get(subscription) ?? listedIn(subscription);
      lists.set(subscription, known);
      return known;
    }

    async function listedIn(subscription: string): Promise<ListedVaults> {
      const asked = vaultLists(azure(), subscription, previewDeadline().deadline);
      const read = await Promise.all(asked.map((list) => orWhy(async () => ({ value: await list() }))));
      return {
        vaults: read.flatMap((each) => ("value" in each ? each.value : [])),
        unread: read.flatMap((each) => ("unreadable" in each ? { subscription, why: each.unreadable } : [])),
      };
    }

    /** An AKS cluster and its backup extension, which two ask for. */
    const clustersRead = new Map<string, ReturnType<typeof clusterIn>>();
    function clusterAt(id: string) {
      const known = clustersRead.get(id.toLowerCase()) ?? clusterIn(id);
      clustersRead.set(id.toLowerCase(), known);
      return known;
    }

    async function clusterIn(id: string) {
      const { clusters } = azure();
      const cluster = await clusters.get(id, previewDeadline());
      const extensions = cluster ? await clusters.extensions(id, previewDeadline()) : [];
      return { cluster, extension: extensions.find(({ properties }) => isBackupExtension(properties)) };
    }

    const orWhy = <T>(read: () => Promise<T>) => ask(read).catch((error: Error) => ({ unreadable: error.message }));

    return {
      noAccess: () => noAccess,
      vault: (kind, id) =>
        orWhy(async () => {
          const body = await services[kind].vaults(azure()).get(id, previewDeadline());
          return body ? { body } : { missing: true as const };
        }),
      async facts(about, names) {
        const { id = "", body, before, after } = about;
        const encrypted = { id, before: { encryption: before }, after: { encryption: after }, live: body };
        const loaders = Object.entries(factLoaders(services[about.kind], azure, encrypted));
        const asked = loaders.map(([name, read]) => [name, () => ask(read)]);
        return readFacts(Object.fromEntries(asked), names);
      },
      vaultsUsing: (access) =>
        orWhy(async () => ({ value: await vaultsUsing(azure(), access, previewDeadline().deadline) })),
      vaults: (subscriptions) =>
        orWhy(async () => {
          const own = azure().subscriptionId ?? "";
          const all = new Set([...subscriptions, own].filter(Boolean).map((each) => each.toLowerCase()));
          const read = await Promise.all([...all].map(listed));
          return { vaults: read.flatMap(({ vaults }) => vaults), unread: read.flatMap(({ unread }) => unread) };
        }),
      resourcesIn: (groupId) => orWhy(async () => ({ value: await azure().resourcesIn(groupId) })),
      policy: (kind, id) =>
        orWhy(async () => {
          const { backupPolicies, protectionPolicies } = azure();
          const body = await (kind === "BackupVault" ? backupPolicies : protectionPolicies).get(id, previewDeadline());
          return body ? { body } : { missing: true as const };
        }),
      clusterStorage: (id) =>
        orWhy(async () => {
          const { extension } = await clusterAt(id);
          return { value: extension && backupStorageOf(extension.properties.configurationSettings, id) };
        }),
      clusterPrincipals: (id) =>
        orWhy(async () => {
          const { cluster, extension } = await clusterAt(id);
          const { principalId, userAssignedIdentities = {} } = cluster?.identity ?? {};
          const ofUser = Object.values(userAssignedIdentities).map((each) => each.principalId);
          return {
            value: {
              cluster: [principalId, ...ofUser].filter((each) => each !== undefined),
              extension: [extension?.properties.aksAssignedIdentity?.principalId].filter((each) => each !== undefined),
            },
          };
        }),
      keyPermissions: (keyUri, principalId) =>
        orWhy(async () => {
          const { keyRights } = azure();
          const { by, storeId } = await keyRights.place(keyUri, previewDeadline());
          if (by !== "Policies") return { value: [] };
          const found = await keyRights.accessPolicies.of(storeId, principalId, previewDeadline());
          // An identity has nothing of what an application may do for it.
          const own = found?.policies.filter(({ applicationId }) => applicationId === undefined) ?? [];
          return { value: own.flatMap(({ keys }) => keys) };
        }),
      resourceGuards: (_kind, id) =>
        orWhy(async () => ({ value: await guardIdsOf(azure().resourceGuardProxies, id, previewDeadline()) })),
    };
  };
}

const withoutAccess = "there is no access to Azure";
