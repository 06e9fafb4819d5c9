import {
  type Azure,
  connect,
  type Permission,
  permits,
  resolveSettings,
  signInText,
} from "../../provider/azure/index.js";
import { kindOf, overviewOf, partsOfVaultId, type VaultOverview } from "../../provider/overview/index.js";
import { vaultNouns } from "../../provider/rules/index.js";
import { type Checked, type Line, look, skipped } from "./line.js";
import { node, pulumi } from "./machine.js";
import { keyRights, type Right, vaultRights } from "./rights.js";

export interface ProposedChange {
  vaultId?: string;
  env: NodeJS.ProcessEnv;
  /** Where the program is. */
  directory: string;
  /** For each check. */
  timeoutMs: number;
}

/**
 * Everything that a deployment needs. What does not hang on something else is looked at all the same. Throws only where
 * the id is none of a vault.
 */
export async function checks(proposed: ProposedChange): Promise<Line[]> {
  const { env, directory, timeoutMs, vaultId } = proposed;
  if (vaultId) kindOf(vaultId);
  const [runtime, command, azure] = await Promise.all([
    look("Node", timeoutMs, () => node()),
    look("Pulumi", timeoutMs, () => pulumi(env, directory, timeoutMs)),
    azureLines(proposed),
  ]);
  return [runtime.line, command.line, ...azure];
}

async function azureLines(proposed: ProposedChange): Promise<Line[]> {
  const { env, timeoutMs } = proposed;
  const within = () => ({ deadline: Date.now() + timeoutMs });
  const credentials = await look("credentials", timeoutMs, async () => {
    const settings = resolveSettings(() => undefined, env);
    return { says: signInText(settings), value: connect(() => undefined, env) };
  });
  const azure = credentials.value;
  if (!azure) return [credentials.line, ...rest(proposed, ["cloud", "sign-in", "subscription"], "the credentials")];
  const cloud = await look("cloud", timeoutMs, async () => cloudSays(await azure.cloud(within()), env));
  if (!cloud.value) return [credentials.line, cloud.line, ...rest(proposed, ["sign-in", "subscription"], "the cloud")];
  const signIn = await look("sign-in", timeoutMs, async () => {
    const { userName, applicationId, objectId, tenantId } = await azure.signIn(within());
    const who = userName ?? (applicationId ? `application ${applicationId}` : undefined);
    const parts = [who, objectId && `object ${objectId}`, tenantId && `tenant ${tenantId}`].filter(Boolean);
    return { says: `got a token${parts.length > 0 ? ` for ${parts.join(", ")}` : ""}`, value: { objectId } };
  });
  const before = [credentials.line, cloud.line, signIn.line];
  if (!signIn.value) return [...before, ...rest(proposed, ["subscription"], "the sign-in")];
  const subscription = await look("subscription", timeoutMs, () => subscriptionSays(azure, proposed, within()));
  if (!subscription.value) return [...before, subscription.line, ...rest(proposed, [], "the subscription")];
  const inside = await insideLines(azure, proposed, subscription.value, signIn.value.objectId);
  return [...before, subscription.line, ...inside];
}

/** What comes after a check that failed. */
const rest = ({ vaultId }: ProposedChange, checks: string[], first: string): Line[] =>
  [...checks, ...(vaultId ? ["resource group"] : []), "registration", "rights", ...(vaultId ? ["vault"] : [])].map(
    (check) => skipped(check, first),
  );

const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/;

async function cloudSays({ resourceManager }: Awaited<ReturnType<Azure["cloud"]>>, env: NodeJS.ProcessEnv) {
  const told = env.ARM_METADATA_HOSTNAME ?? env.ARM_METADATA_HOST;
  const isHere = loopback.test(new URL(resourceManager).hostname);
  const kind = isHere ? "an emulator on this machine" : told ? "a cloud of its own" : "Azure";
  return { says: `${kind}, ${resourceManager}${told ? ", by ARM_METADATA_HOSTNAME" : ""}`, value: true };
}

async function subscriptionSays(azure: Azure, { vaultId }: ProposedChange, within: { deadline: number }) {
  const id = vaultId ? partsOfVaultId(vaultId).subscriptionId : azure.subscriptionId;
  if (!id) throw new Error("No subscription is chosen. Set ARM_SUBSCRIPTION_ID, or give the ARM id of a vault.");
  const { displayName, state } = await azure.subscriptions.get(id, within);
  const name = displayName ? `${displayName} (${id})` : id;
  if (state !== undefined && state !== "Enabled")
    throw new Error(`Subscription ${name} is ${state} and may take no changes. Its owner can reactivate it.`);
  return { says: name, value: id };
}

async function insideLines(
  azure: Azure,
  { vaultId, timeoutMs }: ProposedChange,
  subscriptionId: string,
  objectId: string | undefined,
): Promise<Line[]> {
  const within = () => ({ deadline: Date.now() + timeoutMs });
  const kinds = vaultId ? [kindOf(vaultId).name] : (Object.keys(namespaces) as VaultOverview["kind"][]);
  const group = vaultId ? partsOfVaultId(vaultId).resourceGroupName : undefined;
  const [groups, registrations, vault] = await Promise.all([
    group ? look("resource group", timeoutMs, () => groupSays(azure, subscriptionId, group, within())) : undefined,
    Promise.all(
      kinds.map((kind) =>
        look("registration", timeoutMs, () => registrationSays(azure, subscriptionId, namespaces[kind], within())),
      ),
    ),
    vaultId ? look("vault", timeoutMs, () => vaultSays(azure, vaultId, within())) : undefined,
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

async function groupSays(azure: Azure, subscriptionId: string, name: string, within: { deadline: number }) {
  const found = await azure.resourceGroups.get(subscriptionId, name, within);
  if (found) return { says: `${found.name} in ${found.location}`, value: name };
  throw new Error(
    `There is no resource group ${name}. Create it (az group create --name ${name} --location {region}), or in the program.`,
  );
}

async function registrationSays(azure: Azure, subscriptionId: string, namespace: string, within: { deadline: number }) {
  const found = await azure.resourceProviders.get(subscriptionId, namespace, within);
  const state = found?.registrationState;
  if (state === "Registered") return { says: namespace, value: true };
  if (state === "Registering") throw new Error(`${namespace} is being registered. Wait some minutes.`);
  throw new Error(`${namespace} is not registered. Register it once: az provider register --namespace ${namespace}`);
}

async function vaultSays(azure: Azure, vaultId: string, within: { deadline: number }) {
  const vault = await overviewOf(azure, vaultId, within);
  if (!vault) return { says: "is not there yet", value: true };
  const name = `${vaultNouns[vault.kind]} "${vault.vaultName}"`;
  if (vault.provisioningState === "Failed")
    throw new Error(`The last change of ${name} failed. Run \`pulumi up\` again: it is made once more.`);
  if (vault.encryption.state === "Inconsistent")
    throw new Error(`The encryption of ${name} is Inconsistent. Run \`pulumi up\` again: it is set once more.`);
  const { key } = vault.encryption;
  if (key && key.status !== "usable") throw new Error(`The key of ${name} is ${key.status}. Recover or renew it.`);
  return { says: `${name}${vault.provisioningState ? `, ${vault.provisioningState}` : ""}`, value: true };
}

/** One question to Azure, a line for each thing that the provider does. */
async function rightLines(
  azure: Azure,
  scope: string,
  kinds: readonly VaultOverview["kind"][],
  objectId: string | undefined,
  timeoutMs: number,
): Promise<Line[]> {
  const asked = await look("rights", timeoutMs, async () => ({
    says: "",
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
  const check = `right to ${name}`;
  const place = placeOf(scope);
  const missing = actions.map((all) => all.filter((action) => !permits(permissions, action)));
  if (missing.some((each) => each.length === 0)) return { check, status: "fine", says: place };
  const assign = `az role assignment create --role "${role}" --assignee ${objectId} --scope ${scope}`;
  const says =
    `Not given in ${place}: ${missing[0]?.join(", ")}. Give the role ${role}: ${assign}` +
    (only ? ` (needed for ${only} only)` : "");
  return { check, status: "todo", says };
}

/** `resource group rg-payroll`, as people say it. */
function placeOf(scope: string): string {
  const [, , subscriptionId, , group] = scope.split("/");
  return group ? `resource group ${group}` : `subscription ${subscriptionId}`;
}
