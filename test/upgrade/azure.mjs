// What the program of a version finds in the emulator, what of Azure is kept with its state, and how it comes back.

/** @typedef {import("../../emulator/index.js").Emulator} Emulator */
/** @typedef {any} ArmResource */
/** @typedef {{ version: string, azure: ArmResource[], deployment: any }} Recorded */

/**
 * What a program needs that it does not deploy itself.
 *
 * @param {Emulator} azure
 * @param {string[]} versions
 */
export function prepare(azure, versions) {
  azure.createResourceGroup("rg-upgrade");
  const store = azure.createKeyVault("rg-upgrade", "kv-upgrade").id;
  azure.createKey(store, "backup");
  for (const version of versions) {
    const policies = azure.createKeyVault("rg-upgrade", policyStore(version), { enableRbacAuthorization: false }).id;
    azure.createKey(policies, "backup");
    const { principalId } = azure.createUserAssignedIdentity("rg-upgrade", `id-${version}`).properties;
    azure.grant(store, principalId);
  }
}

/** @param {string} version */
export const policyStore = (version) => `kv-policies-${version}`;

/** @param {Emulator} azure @param {string} version */
export const principalOf = (azure, version) => azure.arm("GET", identityId(azure, version)).body.properties.principalId;

/** @param {Emulator} azure */
const group = ({ env }) => `/subscriptions/${env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-upgrade/providers`;
/** @param {Emulator} azure @param {string} version */
const identityId = (azure, version) => `${group(azure)}/Microsoft.ManagedIdentity/userAssignedIdentities/id-${version}`;

/**
 * The resources in Azure behind a state, as Resource Manager shows them.
 *
 * @param {Emulator} azure
 * @param {string} version
 * @param {any} deployment
 */
export function record(azure, version, deployment) {
  const outputs = deployment.resources.map((/** @type {any} */ { outputs = {} }) => outputs);
  const vaults = outputs.flatMap((/** @type {any} */ { vaultId }) => vaultId ?? []);
  const ids = [
    identityId(azure, version),
    ...vaults.flatMap((/** @type {string} */ id) => [id, systemAssigned(id)]),
    `${group(azure)}/Microsoft.KeyVault/vaults/${policyStore(version)}`,
    ...outputs.flatMap((/** @type {any} */ { roleAssignmentId }) => roleAssignmentId ?? []),
  ];
  const replies = ids.map((id) => azure.arm("GET", id));
  return replies.filter(({ status }) => status === 200).map(({ body }) => body);
}

/** @param {string} vaultId */
const systemAssigned = (vaultId) => `${vaultId}/providers/Microsoft.ManagedIdentity/identities/default`;

/**
 * Puts the resources behind a state into an emulator that is prepared. Azure chooses the IDs of principals and
 * applications: those in the state become those that this emulator has chosen.
 *
 * @param {Emulator} azure
 * @param {Recorded} recorded
 * @returns {Recorded}
 */
export function restore(azure, recorded) {
  return recorded.azure.reduce((now, _, index) => {
    const old = now.azure[index];
    put(azure, old);
    const { body } = azure.arm("GET", old.id);
    const chosen = [
      [old.identity?.principalId, body.identity?.principalId],
      [old.properties.principalId, body.properties.principalId],
      [old.properties.clientId, body.properties.clientId],
    ].filter(([before]) => before !== undefined);
    const text = chosen.reduce((all, [before, after]) => all.replaceAll(before, after), JSON.stringify(now));
    return JSON.parse(text);
  }, recorded);
}

/** @param {Emulator} azure @param {ArmResource} resource */
function put(azure, { id, ...body }) {
  if (/\/userAssignedIdentities\/|\/identities\/default$/i.test(id)) return;
  if (!/\/(backupVaults|Microsoft\.RecoveryServices\/vaults)\//i.test(id)) return accepted(azure.arm("PUT", id, body));
  const { location, sku, identity, properties, tags } = body;
  const { storageSettings } = properties;
  azure.set({ lenientSoftDelete: true });
  accepted(azure.arm("PUT", id, { location, sku, properties: { storageSettings } }));
  if (identity) accepted(azure.arm("PATCH", id, { identity: withoutPrincipals(identity) }));
  azure.set({ lenientSoftDelete: false });
  azure.setVault(id, { properties, tags });
}

/** @param {ArmResource} identity */
function withoutPrincipals({ type, userAssignedIdentities }) {
  if (!userAssignedIdentities) return { type };
  return {
    type,
    userAssignedIdentities: Object.fromEntries(Object.keys(userAssignedIdentities).map((id) => [id, {}])),
  };
}

/** @param {{ status: number, body?: any }} reply */
function accepted({ status, body }) {
  if (status >= 400) throw new Error(`The emulator refused what was recorded: ${JSON.stringify(body)}`);
}
