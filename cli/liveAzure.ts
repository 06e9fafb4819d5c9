import { type BackupVaultResource, connect, isCredentialError, isSettingsError } from "../provider/azure/index.js";
import { factReaders } from "../provider/lifecycle/backupVault/facts.js";
import { vaultsUsing } from "../provider/lifecycle/keyAccess/users.js";
import { readFacts } from "../provider/lifecycle/readFacts.js";
import type { About, Live, Preview } from "../review/index.js";

/** Reads vaults with the credentials of this environment and the configuration of the stack. */
export function liveAzure(env: NodeJS.ProcessEnv): (preview: Preview) => Live {
  return ({ config }) => {
    const setting = (key: string) => {
      const value = config[`azure-backup:${key}`];
      return typeof value === "string" && value !== "[secret]" ? value : undefined;
    };
    const azure = () => connect(setting, env);
    const soon = () => ({ deadline: Date.now() + 60_000 });
    let noAccess: string | undefined;

    /** Without credentials every question would end in the same answer, and some take long to come to it. */
    async function answer<T>(ask: () => Promise<T>): Promise<T | { unreadable: string }> {
      if (noAccess !== undefined) return { unreadable: noAccess };
      try {
        return await ask();
      } catch (error) {
        const message = (error as Error).message;
        if (isCredentialError(error) || isSettingsError(error)) noAccess = message;
        return { unreadable: message };
      }
    }

    return {
      vault: (kind, id) =>
        answer(async () => {
          const { backupVaults, recoveryServicesVaults } = azure();
          const vaults = kind === "BackupVault" ? backupVaults : recoveryServicesVaults;
          const body = await vaults.get(id, soon());
          return body ? { body } : { missing: true as const };
        }),
      async facts(about, names) {
        if (noAccess !== undefined) return Object.fromEntries(names.map((name) => [name, { unreadable: noAccess }]));
        const { id = "", kind } = about;
        const shared = factReaders(azure, questionOf(about));
        if (kind === "BackupVault") return readFacts(shared, names);
        const contents = () => azure().recoveryServicesContents;
        const { key, keyVault, access, oldKey, oldKeyVault, oldAccess } = shared;
        const readers = {
          ...{ key, keyVault, access, oldKey, oldKeyVault, oldAccess },
          protectedItems: () => contents().protectedItems(id, soon()),
          containers: () => contents().containers(id, soon()),
          replication: () => contents().replication(id, soon()),
          storageTypeState: () => contents().storageTypeState(id, soon()),
        };
        return readFacts(readers, names);
      },
      vaultsUsing: (access) =>
        answer(async () => {
          const users = await vaultsUsing(azure(), access, soon().deadline);
          return { value: users.map(({ id = "", name = "" }) => ({ id, name })) };
        }),
    };
  };
}

const questionOf = ({ id = "", body, before, after }: About) => ({
  id,
  before: { encryption: before },
  after: { encryption: after },
  live: body as BackupVaultResource | undefined,
  when: "plan" as const,
});
