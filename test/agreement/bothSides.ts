import { type Emulator, startEmulator } from "../../emulator/index.js";
import { type Azure, connect } from "../../provider/azure/index.js";
import type { Context } from "../../provider/host/context.js";
import { beginRun } from "../../provider/host/run.js";
import { type Arm, signIn } from "../emulator/client.js";

/** An Azure, our connection to it, and somebody else's who only speaks HTTP. */
export interface BothSides {
  emulator: Emulator;
  azure: Azure;
  context: Context;
  arm: Arm;
  /** How many changes of it each vault was asked for, by its ARM id. */
  writes: Map<string, number>;
  /** The ARM id of a vault with a name that was not used before. */
  freshId(): string;
  idOf(vaultName: string): string;
  close(): Promise<void>;
}

export const groupName = "rg-agreement";

export async function bothSides(options: { strictEncryption?: boolean } = {}): Promise<BothSides> {
  const writes = new Map<string, number>();
  const emulator = await startEmulator({
    trust: true,
    onRequest({ method, path }) {
      const [id = ""] = path.split("?");
      if (method !== "GET") writes.set(id, (writes.get(id) ?? 0) + 1);
    },
    ...options,
  });
  emulator.createResourceGroup(groupName);
  const azure = connect(() => undefined, emulator.env);
  const context: Context = {
    warn: async () => {},
    setting: () => undefined,
    env: emulator.env,
    azure: () => azure,
    run: beginRun(),
  };
  const group = `/subscriptions/${emulator.env.ARM_SUBSCRIPTION_ID}/resourceGroups/${groupName}`;
  const idOf = (name: string) => `${group}/providers/Microsoft.DataProtection/backupVaults/${encodeURIComponent(name)}`;
  let count = 0;
  return {
    emulator,
    azure,
    context,
    arm: await plainClient(emulator),
    writes,
    freshId: () => idOf(`bv-${++count}`),
    idOf,
    close: () => emulator.close(),
  };
}

/** Plain HTTPS that keeps its connections: thousands of requests are made here. */
async function plainClient(emulator: Emulator): Promise<Arm> {
  const { access_token } = (await signIn(emulator)).body;
  const headers = { authorization: `Bearer ${access_token}`, "Content-Type": "application/json" };
  return async (method, target, given) => {
    const answer = await fetch(new URL(target, emulator.url), {
      method,
      headers,
      body: given === undefined ? undefined : JSON.stringify(given),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: text === "" ? undefined : JSON.parse(text),
    };
  };
}
