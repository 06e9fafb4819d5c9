import { findSetting, stackSettings, unknownSettings } from "../../provider/azure/index.js";
import type { Found, Line } from "./line.js";
import { askPulumi } from "./machine.js";

/** What the configuration of a stack sets of this package. */
export interface StackConfiguration {
  get(key: string): string | undefined;
  warnings: Line[];
  /** Without what is secret in the stack. */
  hide(line: Line): Line;
}

export const stackCheck = "stack configuration";

interface Entry {
  value?: string;
  secret: boolean;
}

/** Reads it as the deployment would. Secrets are decrypted one by one, only those that signing in needs, and never shown. */
export async function stackConfiguration(
  stack: string,
  env: NodeJS.ProcessEnv,
  directory: string,
  timeoutMs: number,
): Promise<Found<StackConfiguration>> {
  const ask = (...args: string[]) =>
    askPulumi(["config", ...args, "--json", "--stack", stack], env, directory, timeoutMs);
  const entries: Record<string, Entry> = JSON.parse(await ask());
  const values: Record<string, string> = {};
  const shown: string[] = [];
  const secrets: string[] = [];
  const warnings = unknownSettings(Object.keys(entries));
  for (const [key, { isSecret }] of Object.entries(stackSettings)) {
    const name = `azure-backup:${key}`;
    const entry = entries[name];
    if (!entry) continue;
    const { value } = entry.secret ? (JSON.parse(await ask("get", name)) as Entry) : entry;
    values[key] = value ?? "";
    // In "true" there is nothing to hide, and hiding it would change other words.
    if (entry.secret && value && !/^(true|false)$/i.test(value)) secrets.push(value.trim());
    if (isSecret && !entry.secret) {
      const command = `pulumi config set --secret ${name} --stack ${stack}`;
      warnings.push(`${name} is stored in plain text. To encrypt it, run \`${command}\` and enter the value again.`);
    }
    shown.push(`${key} ${entry.secret || isSecret ? "[secret]" : value}`);
  }
  const message = `stack ${stack}: ${shown.join(", ") || "no azure-backup settings"}`;
  const lines = warnings.map((text): Line => ({ check: stackCheck, status: "warning", message: text }));
  const hide = ({ message: text, ...line }: Line): Line => ({
    ...line,
    message: secrets.filter(Boolean).reduce((left, each) => left.replaceAll(each, "[secret]"), text),
  });
  return { message, value: { get: (key) => values[key], warnings: lines, hide } };
}

/** Where the value of a setting comes from, in words. */
export const setBy = (...given: Parameters<typeof findSetting>): string => {
  const source = findSetting(...given)?.source;
  return source === undefined ? "" : `, set by ${source}`;
};
