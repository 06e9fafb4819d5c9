import type { Azure } from "../azure/index.js";

/** What a lifecycle function may reach besides its arguments. */
export interface Context {
  /** Shows a warning to whoever runs `pulumi`, through the engine: what a provider prints is not seen. */
  warn(message: string): Promise<void>;
  /** Stack configuration, e.g. `setting("subscriptionId")` for `azure-backup:subscriptionId`. */
  setting(key: string): string | undefined;
  env: Record<string, string | undefined>;
  /** Connected on first use: a preview without changes never gets there. */
  azure(): Azure;
}
