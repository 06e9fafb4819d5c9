import { type Emulator, startEmulator } from "../../emulator/index.js";

/** An Azure in which sources and vaults are made, and asked in the requests that Microsoft documents. */

export let azure: Emulator;
export let group: string;
let worlds = 0;

export async function beginWorlds(): Promise<void> {
  azure = await startEmulator({ trust: true });
  azure.createResourceGroup("rg-payroll");
  group = `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll`;
}

export const endWorlds = (): Promise<void> => azure.close();

/** A number that no other vault or source has. */
export const another = (): number => {
  worlds += 1;
  return worlds;
};

export type Request = [method: string, path: string, body?: object];

/** What Azure says to a request in the end: an error's code, or nothing. */
function codeOf([method, path, body]: Request): string | undefined {
  const { status, headers, body: said } = azure.arm(method, path, body) as Reply;
  if (status >= 400) return (said as Failed).error?.code ?? String(status);
  const follow = headers?.["Azure-AsyncOperation"];
  if (!follow) return undefined;
  const { pathname, search } = new URL(follow);
  return (azure.arm("GET", pathname + search).body as Failed).error?.code;
}

export interface Reply {
  status: number;
  headers?: Record<string, string>;
  body?: unknown;
}
interface Failed {
  error?: { code?: string };
}

export const firstCodeOf = (requests: Request[]): string | undefined => {
  for (const each of requests) {
    const code = codeOf(each);
    if (code !== undefined) return code;
  }
  return undefined;
};

export function must(...requests: Request[]): void {
  const code = firstCodeOf(requests);
  if (code !== undefined) throw new Error(`${code}: ${JSON.stringify(requests)}`);
}

/** One source and a vault that may protect it. */
export interface World {
  vault: string;
  id: string;
  source: string;
  args: object;
}

export interface Kind {
  resource: "backupInstance" | "protectedItem";
  newVault(): string;
  worldOf(vault: string, source: string): World;
  sourceOf(name: string): string;
  protect(world: World, policy: string | undefined, more?: object): Request;
  /** @param asking what a resource guard needs, in the body */
  stop(world: World, asking?: object): Request;
  suspend(world: World, asking?: object): Request;
  /** The name of the vault's association with a guard, and of the requests that the guard needs. */
  proxy: string;
  requests: Record<"stop" | "suspend" | "delete", string>;
  remove(world: World): Request;
  /** What comes before a source can be protected. */
  before?(world: World): Request[];
  /** From each state to being protected by this policy again. */
  resume(world: World, state: string, policy: string): Request[];
  undelete(world: World, policy: string): Request[];
  immutable(vault: string, state: string): void;
  shown(world: World): unknown;
}

export const policies = ["daily", "longer", "shorter"] as const;

export const policyOf = ({ vault }: Pick<World, "vault">, name: string): string => `${vault}/backupPolicies/${name}`;

export interface Shown {
  currentProtectionState?: string;
  policyInfo?: { policyId?: string };
  protectionState?: string;
  policyId?: string;
  isScheduledForDeferredDelete?: boolean;
}

const guardId = () => `${group}/providers/Microsoft.DataProtection/resourceGuards/guard`;

export function guard({ proxy }: Kind, vault: string): void {
  must(["PUT", guardId(), { location: "westeurope", properties: {} }]);
  const properties = { resourceGuardResourceId: guardId() };
  must(["PUT", `${vault}/backupResourceGuardProxies/${proxy}`, { properties }]);
}

const isGuarded = ({ proxy }: Kind, { vault }: World) =>
  (azure.arm("GET", `${vault}/backupResourceGuardProxies/${proxy}`) as Reply).status === 200;

/** The request that the vault's guard needs, if it has one. */
export function asking(kind: Kind, world: World, what: keyof Kind["requests"]): object | undefined {
  const requests = [`${guardId()}/${kind.requests[what]}/default`];
  return isGuarded(kind, world) ? { resourceGuardOperationRequests: requests } : undefined;
}

/** Before it is deleted, what a guard protects is unlocked. */
export function unlocking(kind: Kind, world: World): Request[] {
  const body = asking(kind, world, "delete");
  const path = `${world.vault}/backupResourceGuardProxies/${kind.proxy}/unlockDelete`;
  return body ? [["POST", path, { ...body, resourceToBeDeleted: world.id }]] : [];
}
