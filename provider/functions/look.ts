import { connect, previewDeadline } from "../azure/index.js";
import { messageOf } from "../lifecycle/run/facts.js";
import { overviewOf, type VaultOverview } from "../overview/index.js";

type Look = { overview: VaultOverview } | { isMissing: boolean; message: string };

/** An overview, or in a sentence why there is none. Never throws. */
export async function look(vaultId: string, config: (key: string) => string | undefined): Promise<Look> {
  try {
    const overview = await overviewOf(connect(config, process.env), vaultId, previewDeadline());
    return overview ? { overview } : { isMissing: true, message: `getVaultOverview: there is no vault ${vaultId}.` };
  } catch (error) {
    return { isMissing: false, message: `getVaultOverview: ${vaultId} could not be read: ${messageOf(error)}` };
  }
}
