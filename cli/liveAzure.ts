import { connect, isCredentialError, isSettingsError } from "../provider/azure/index.js";
import { factReaders as backupVaultReaders } from "../provider/lifecycle/backupVault/facts.js";
import { vaultsUsing } from "../provider/lifecycle/keyAccess/users.js";
import { readFacts } from "../provider/lifecycle/readFacts.js";
import { factReaders as recoveryServicesVaultReaders } from "../provider/lifecycle/recoveryServicesVault/facts.js";
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
        const readers = about.kind === "BackupVault" ? backupVaultReaders : recoveryServicesVaultReaders;
        return readFacts(readers(azure, questionOf(about)), names);
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
  // As it came from Azure a moment ago, of the kind that is asked about.
  live: body as never,
  when: "plan" as const,
});
