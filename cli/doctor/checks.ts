import {
  type Azure,
  connect,
  type Permission,
  permits,
  resolveSettings,
  signInText,
} from "../../provider/azure/index.js";
import { overviewOf, type VaultOverview } from "../../provider/overview/index.js";
import { isValue } from "../../provider/vaults/values.js";
import { kindOf, requireVaultId, vaultNouns } from "../../provider/vaults/vaultId.js";
import { type Checked, type Line, runCheck, skipped } from "./line.js";
import { node, pulumi } from "./machine.js";
import { keyRights, type Right, vaultRights } from "./rights.js";
import { type StackConfiguration, setBy, stackCheck, stackConfiguration } from "./stack.js";

export interface DoctorOptions {
  vaultId?: string;
  /** The stack whose configuration comes before the environment. */
  stack?: string;
  env: NodeJS.ProcessEnv;
  /** Where the program is. */
  directory: string;
  /** For each check. */
  timeoutMs: number;
}

/**
 * Everything that a deployment needs. What does not depend on a failed check is checked all the same. Throws only where
 * the ID is not one of a vault.
 */
export async function checks(options: DoctorOptions): Promise<Line[]> {
  const { env, directory, timeoutMs, vaultId } = options;
  if (vaultId) kindOf(vaultId);
  const [runtime, command, azure] = await Promise.all([
    runCheck("Node", timeoutMs, () => node(env)),
    runCheck("Pulumi", timeoutMs, () => pulumi(env, directory, timeoutMs)),
    azureLines(options),
  ]);
  return [runtime.line, command.line, ...azure];
}

async function azureLines(options: DoctorOptions): Promise<Line[]> {
  const { stack, env, directory, timeoutMs } = options;
  if (stack === undefined) return connectionLines(options, () => undefined);
  const read = () => stackConfiguration(stack, env, directory, timeoutMs);
  const { line, value } = await runCheck(stackCheck, timeoutMs, read);
  if (!value) return [line, ...rest(options, ["credentials", "cloud", "sign-in", "subscription"], stackCheck)];
  return [line, ...value.warnings, ...(await connectionLines(options, value.get)).map(value.hide)];
}

async function connectionLines(options: DoctorOptions, config: StackConfiguration["get"]): Promise<Line[]> {
  const { env, timeoutMs } = options;
  const limit = () => ({ deadline: Date.now() + timeoutMs });
  const credentials = await runCheck("credentials", timeoutMs, async () => {
    const settings = resolveSettings(config, env);
    return { message: signInText(settings), value: connect(config, env) };
  });
  const azure = credentials.value;
  if (!azure) return [credentials.line, ...rest(options, ["cloud", "sign-in", "subscription"], "credentials")];
  const cloud = await runCheck("cloud", timeoutMs, async () =>
    cloudSays(await azure.cloud(limit()), setBy("metadataHost", config, env)),
  );
  if (!cloud.value) return [credentials.line, cloud.line, ...rest(options, ["sign-in", "subscription"], "cloud")];
  const signIn = await runCheck("sign-in", timeoutMs, async () => {
    const { userName, applicationId, objectId, tenantId } = await azure.signIn(limit());
    const who = userName ?? (applicationId ? `application ${applicationId}` : undefined);
    const parts = [who, objectId && `object ${objectId}`, tenantId && `tenant ${tenantId}`].filter(Boolean);
    return { message: parts.length > 0 ? `signed in as ${parts.join(", ")}` : "signed in", value: { objectId } };
  });
  const before = [credentials.line, cloud.line, signIn.line];
  if (!signIn.value) return [...before, ...rest(options, ["subscription"], "sign-in")];
  const subscription = await runCheck("subscription", timeoutMs, () => subscriptionSays(azure, options, limit()));
  if (!subscription.value) return [...before, subscription.line, ...rest(options, [], "subscription")];
  const inside = await insideLines(azure, options, subscription.value, signIn.value.objectId);
  return [...before, subscription.line, ...inside];
}

/** What comes after a check that failed. */
const rest = ({ vaultId }: DoctorOptions, checks: string[], failed: string): Line[] =>
  [...checks, ...(vaultId ? ["resource group"] : []), "registration", "permissions", ...(vaultId ? ["vault"] : [])].map(
    (check) => skipped(check, failed),
  );

const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/;

async function cloudSays({ resourceManager }: Awaited<ReturnType<Azure["cloud"]>>, source: string) {
  const isHere = loopback.test(new URL(resourceManager).hostname);
  const kind = isHere ? "an emulator on this machine" : source ? "a custom cloud" : "Azure";
  return {
    message: `${kind} at ${resourceManager}${source}`,
    value: true,
  };
}

async function subscriptionSays(azure: Azure, { vaultId }: DoctorOptions, options: { deadline: number }) {
  const id = vaultId ? requireVaultId(vaultId).subscriptionId : azure.subscriptionId;
  if (!id)
    throw new Error(
      "No subscription is set. Set ARM_SUBSCRIPTION_ID or, in the stack's configuration, azure-backup:subscriptionId; or pass " +
        "the ARM ID of a vault.",
    );
  const { displayName, state } = await azure.subscriptions.get(id, options);
  const name = displayName ? `${displayName} (${id})` : id;
  if (state !== undefined && !isValue("Enabled", state))
    throw new Error(`Subscription ${name} is ${state} and may reject changes. Its owner can reactivate it.`);
  return { message: name, value: id };
}

async function insideLines(
  azure: Azure,
  { vaultId, timeoutMs }: DoctorOptions,
  subscriptionId: string,
  objectId: string | undefined,
): Promise<Line[]> {
  const limit = () => ({ deadline: Date.now() + timeoutMs });
  const kinds = vaultId ? [kindOf(vaultId)] : (Object.keys(namespaces) as VaultOverview["kind"][]);
  const group = vaultId ? requireVaultId(vaultId).resourceGroupName : undefined;
  const [groups, registrations, vault] = await Promise.all([
    group ? runCheck("resource group", timeoutMs, () => groupSays(azure, subscriptionId, group, limit())) : undefined,
    Promise.all(
      kinds.map((kind) =>
        runCheck("registration", timeoutMs, () => registrationSays(azure, subscriptionId, namespaces[kind], limit())),
      ),
    ),
    vaultId ? runCheck("vault", timeoutMs, () => vaultSays(azure, vaultId, limit())) : undefined,
  ]);
  const scope = `/subscriptions/${subscriptionId}${groups?.value ? `/resourceGroups/${groups.value}` : ""}`;
  const rights = await rightLines(azure, scope, kinds, objectId, timeoutMs);
  const lines: (Checked<unknown> | undefined)[] = [groups, ...registrations];
  return [...lines.flatMap((each) => each?.line ?? []), ...rights, ...(vault ? [vault.line] : [])];
}

const namespaces: Record<VaultOverview["kind"], string> = {
  BackupVault: "Microsoft.DataProtection",
  RecoveryServicesVault: "Microsoft.RecoveryServices",
};

async function groupSays(azure: Azure, subscriptionId: string, name: string, options: { deadline: number }) {
  const found = await azure.resourceGroups.get(subscriptionId, name, options);
  if (found) return { message: `${found.name} in ${found.location}`, value: name };
  throw new Error(
    `Resource group ${name} does not exist. Create it (az group create --name ${name} --location {region}), or declare it in the program.`,
  );
}

async function registrationSays(
  azure: Azure,
  subscriptionId: string,
  namespace: string,
  options: { deadline: number },
) {
  const found = await azure.resourceProviders.get(subscriptionId, namespace, options);
  const state = found?.registrationState;
  if (isValue("Registered", state)) return { message: namespace, value: true };
  if (isValue("Registering", state))
    throw new Error(`${namespace} is being registered. Wait a few minutes, then check again.`);
  throw new Error(`${namespace} is not registered. Register it once: az provider register --namespace ${namespace}`);
}

async function vaultSays(azure: Azure, vaultId: string, options: { deadline: number }) {
  const vault = await overviewOf(azure, vaultId, options);
  if (!vault) return { message: "does not exist yet", value: true };
  const name = `${vaultNouns[vault.kind]} "${vault.vaultName}"`;
  if (isValue("Failed", vault.provisioningState))
    throw new Error(`The last update of ${name} failed. Run \`pulumi up\` to retry it.`);
  if (vault.encryption.state === "Inconsistent")
    throw new Error(`The encryption of ${name} is Inconsistent. Run \`pulumi up\` to set it again.`);
  const { key } = vault.encryption;
  if (key && key.status !== "usable")
    throw new Error(`The key of ${name} is ${key.status}. ${keyRemedies[key.status]}`);
  return { message: `${name}${vault.provisioningState ? `, ${vault.provisioningState}` : ""}`, value: true };
}

const keyRemedies = {
  missing: "Recover or restore it.",
  disabled: "Enable it.",
  expired: "Rotate it, or extend its expiry date.",
  "not valid yet": "Wait for its activation date, or use another version.",
};

/** One request to Azure, a line for each thing that the provider does. */
async function rightLines(
  azure: Azure,
  scope: string,
  kinds: readonly VaultOverview["kind"][],
  objectId: string | undefined,
  timeoutMs: number,
): Promise<Line[]> {
  const asked = await runCheck("permissions", timeoutMs, async () => ({
    message: "",
    value: await azure.permissions.listForScope(scope, { deadline: Date.now() + timeoutMs }),
  }));
  if (!asked.value) return [asked.line];
  const permissions = asked.value;
  return [...kinds.flatMap((kind) => vaultRights[kind]), ...keyRights].map((right) =>
    rightLine(right, permissions, scope, objectId),
  );
}

function rightLine(right: Right, permissions: readonly Permission[], scope: string, objectId = "{object id}"): Line {
  const { name, actions, role, only } = right;
  const check = `permission to ${name}`;
  const place = placeOf(scope);
  const missing = actions.map((all) => all.filter((action) => !permits(permissions, action)));
  if (missing.some((each) => each.length === 0)) return { check, status: "ok", message: place };
  const assign = `az role assignment create --role "${role}" --assignee ${objectId} --scope ${scope}`;
  const message =
    `Missing in ${place}: ${missing[0]?.join(", ")}. Assign the role ${role}: ${assign}` +
    (only ? ` (needed only for ${only})` : "");
  return { check, status: "failed", message };
}

/** `resource group rg-payroll`, as people say it. */
function placeOf(scope: string): string {
  const [, , subscriptionId, , group] = scope.split("/");
  return group ? `resource group ${group}` : `subscription ${subscriptionId}`;
}
