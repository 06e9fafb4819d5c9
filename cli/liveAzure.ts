import { connect, isCredentialError, isSettingsError } from "../provider/azure/index.js";
import { factLoaders as backupVaultReaders } from "../provider/lifecycle/backupVault/facts.js";
import { vaultsUsing } from "../provider/lifecycle/keyAccess/users.js";
import { readFacts } from "../provider/lifecycle/readFacts.js";
import { factLoaders as recoveryServicesVaultReaders } from "../provider/lifecycle/recoveryServicesVault/facts.js";
import type { About, Live, Preview } from "../review/index.js";

/** Reads vaults with the credentials of this environment and the configuration of the stack. */
export function liveAzure(env: NodeJS.ProcessEnv): (preview: Preview) => Live {
  return ({ config }) => {
    const setting = (key: string) => {
      const value = config[`azure-backup:${key}`];
      return typeof value === "string" && value !== "[secret]" ? value : undefined;
    };
    const azure = () => connect(setting, env);
    const previewDeadline = () => ({ deadline: Date.now() + 60_000 });
    let noAccess: string | undefined;

    /** Without credentials every question would end in the same answer, which is given once. */
    async function ask<T>(proposed: () => Promise<T>): Promise<T> {
      if (noAccess !== undefined) throw new Error(withoutAccess);
      try {
        return await proposed();
      } catch (error) {
        if (!isCredentialError(error) && !isSettingsError(error)) throw error;
        noAccess = error.message;
        throw new Error(withoutAccess, { cause: error });
      }
    }

    const orWhy = <T>(proposed: () => Promise<T>) =>
      ask(proposed).catch((error: Error) => ({ unreadable: error.message }));

    return {
      noAccess: () => noAccess,
      vault: (kind, id) =>
        orWhy(async () => {
          const { backupVaults, recoveryServicesVaults } = azure();
          const vaults = kind === "BackupVault" ? backupVaults : recoveryServicesVaults;
          const body = await vaults.get(id, previewDeadline());
          return body ? { body } : { missing: true as const };
        }),
      async facts(about, names) {
        const readers = about.kind === "BackupVault" ? backupVaultReaders : recoveryServicesVaultReaders;
        const asked = Object.entries(readers(azure, questionOf(about))).map(([name, read]) => [name, () => ask(read)]);
        return readFacts(Object.fromEntries(asked), names);
      },
      vaultsUsing: (access) =>
        orWhy(async () => ({ value: await vaultsUsing(azure(), access, previewDeadline().deadline) })),
    };
  };
}

const withoutAccess = "there is no access to Azure";

const questionOf = ({ id = "", body, before, after }: About) => ({
  id,
  before: { encryption: before },
  after: { encryption: after },
  // As it came from Azure a moment ago, of the kind that is asked about.
  live: body as never,
  writes: true,
  when: "plan" as const,
});
