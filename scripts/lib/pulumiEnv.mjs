import { mkdirSync } from "node:fs";
import { join } from "node:path";

/**
 * The environment for a Pulumi that keeps everything in `directory`, asks no questions and uses no service of Pulumi.
 * Delete it with the directory.
 *
 * @param {string} directory
 * @returns {Record<string, string>}
 */
export function pulumiEnv(directory) {
  const state = join(directory, "state");
  mkdirSync(state, { recursive: true });
  return {
    PULUMI_HOME: join(directory, "home"),
    PULUMI_BACKEND_URL: `file://${state}`,
    PULUMI_CONFIG_PASSPHRASE: "throw-away",
    PULUMI_CREDENTIAL_STORE: "plaintext",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_DISABLE_REGISTRY_RESOLVE: "true",
    PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: "true",
    PULUMI_SKIP_CONFIRMATIONS: "true",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_SUPPRESS_NEO_LINK: "true",
  };
}
