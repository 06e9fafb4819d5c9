import { connect, isCredentialError, isSettingsError } from "../provider/azure/index.js";
import { factReaders } from "../provider/lifecycle/backupVault/facts.js";
import { readFacts } from "../provider/lifecycle/readFacts.js";
import type { About, Live, Preview } from "../review/index.js";

/** Reads vaults with the credentials of this environment and the configuration of the stack. */
export function liveAzure(env: NodeJS.ProcessEnv): (preview: Preview) => Live {
  return ({ config }) => {
    const setting = (key: string) => {
      const value = config[`azure-backup:${key}`];
      return typeof value === "string" && value !== "[secret]" ? value : undefined;
    };
    let noAccess: string | undefined;
    const azure = () => connect(setting, env);

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
      vault: (id) =>
        answer(async () => {
          const body = await azure().backupVaults.get(id, { deadline: Date.now() + 60_000 });
          return body ? { body } : { missing: true as const };
        }),
      async facts(about, names) {
        if (noAccess !== undefined) return Object.fromEntries(names.map((name) => [name, { unreadable: noAccess }]));
        return readFacts(factReaders(azure, questionOf(about)), names);
      },
    };
  };
}

const questionOf = ({ id = "", before, after }: About) => ({
  id,
  before: { encryption: before },
  after: { encryption: after },
  when: "plan" as const,
});
