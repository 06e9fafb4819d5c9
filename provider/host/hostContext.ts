import { type Azure, connect } from "../azure/index.js";
import type { Context } from "./context.js";
import { warnThroughEngine } from "./engineLog.js";

/** The part of Pulumi's `dynamic.Config` that we use; its keys are full names such as `azure-backup:tenantId`. */
export interface StackConfig {
  get(key: string): string | undefined;
}

// One process serves one run of one stack, so its configuration is the process's.
let stackConfig: StackConfig | undefined;
let azure: Azure | undefined;

export function rememberConfig(config: StackConfig): void {
  stackConfig = config;
}

const setting = (key: string) => stackConfig?.get(`azure-backup:${key}`);

export const hostContext: Context = {
  warn: warnThroughEngine,
  setting,
  env: process.env,
  azure() {
    azure ??= connect(setting, process.env);
    return azure;
  },
};
