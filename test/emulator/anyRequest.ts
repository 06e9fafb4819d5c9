import fc from "fast-check";

/** What clients do with vaults, keys and grants, over few names, so that they meet each other. */
export interface AnyRequest {
  method: string;
  path: string;
  body?: object;
}

/** What a test does beside the clients. */
export type AnyStep =
  | ({ kind: "request" } & AnyRequest)
  | { kind: "snapshot"; name: string }
  | { kind: "restore"; name: string }
  | { kind: "setKey"; store: string; key: string; enabled: boolean | undefined };

const subscription = "/subscriptions/5b5c0000-0000-4000-8000-0000000005b5";
export const groupId = `${subscription}/resourceGroups/rg-any`;
const dataProtection = `${groupId}/providers/Microsoft.DataProtection`;
export const vaultIds = ["bv-one", "bv-two", "bv-six"].map((name) => `${dataProtection}/backupVaults/${name}`);
const recoveryIds = ["rsv-one", "rsv-two"].map(
  (name) => `${groupId}/providers/Microsoft.RecoveryServices/vaults/${name}`,
);
export const identityIds = ["id-one", "id-two"].map(
  (name) => `${groupId}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`,
);
export const stores = ["kv-one", "kv-two"];
const keys = ["red", "blue"];
const storeIds = stores.map((store) => `${groupId}/providers/Microsoft.KeyVault/vaults/${store}`);
export const keyIds = storeIds.flatMap((id) => keys.map((key) => `${id}/keys/${key}`));
export const keyUri = (store: string, key: string) => `https://${store}.vault.azure.net/keys/${key}`;
const keyUris = stores.flatMap((store) => keys.map((key) => keyUri(store, key)));

const of = fc.constantFrom;
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined, freq: 2 });
const request = (
  method: string,
  path: fc.Arbitrary<string>,
  body: fc.Arbitrary<object | undefined> = fc.constant(undefined),
) => fc.record({ kind: fc.constant("request" as const), method: fc.constant(method), path, body });

const identity = of(
  { type: "SystemAssigned" },
  { type: "None" },
  ...identityIds.map((id) => ({ type: "SystemAssigned,UserAssigned", userAssignedIdentities: { [id]: {} } })),
);
const encryptionSettings = fc
  .record({ keyUri: of(...keyUris), identityId: of(...identityIds) })
  .map(({ keyUri: uri, identityId }) => ({
    state: "Enabled",
    keyVaultProperties: { keyUri: uri },
    kekIdentity: { identityType: "UserAssigned", identityId },
  }));
const vault = fc.record({
  location: fc.constant("westeurope"),
  identity: maybe(identity),
  properties: fc.record({
    storageSettings: of("GeoRedundant", "LocallyRedundant").map((type) => [{ datastoreType: "VaultStore", type }]),
    securitySettings: fc.record({
      softDeleteSettings: maybe(of("On", "AlwaysOn").map((state) => ({ state, retentionDurationInDays: 14 }))),
      immutabilitySettings: maybe(of("Disabled", "Unlocked", "Locked").map((state) => ({ state }))),
      encryptionSettings: maybe(encryptionSettings),
    }),
  }),
});
const lock = { properties: { securitySettings: { immutabilitySettings: { state: "Locked" } } } };
/** With the identity that may use the key, for most others are refused. */
const encryptedVault = encryptionSettings.map((settings) => ({
  location: "westeurope",
  identity: { type: "UserAssigned", userAssignedIdentities: { [settings.kekIdentity.identityId]: {} } },
  properties: {
    storageSettings: [{ datastoreType: "VaultStore", type: "GeoRedundant" }],
    securitySettings: { encryptionSettings: settings },
  },
}));
const recoveryVault = fc.record({
  location: fc.constant("westeurope"),
  sku: fc.constant({ name: "RS0", tier: "Standard" }),
  identity: maybe(identity),
  properties: fc.record({
    publicNetworkAccess: of("Enabled", "Disabled"),
    securitySettings: maybe(of("Disabled", "Unlocked", "Locked").map((state) => ({ immutabilitySettings: { state } }))),
    encryption: maybe(
      fc
        .record({ keyUri: of(...keyUris), userAssignedIdentity: of(...identityIds) })
        .map(({ keyUri: uri, userAssignedIdentity }) => ({
          keyVaultProperties: { keyUri: uri },
          kekIdentity: { useSystemAssignedIdentity: false, userAssignedIdentity },
          infrastructureEncryption: "Disabled",
        })),
    ),
  }),
});
const type = "Microsoft.Storage/storageAccounts/blobServices";
const policy = { properties: { objectType: "BackupPolicy", datasourceTypes: [type], policyRules: [] } };
const policyIds = vaultIds.map((id) => `${id}/backupPolicies/daily`);
const instance = fc.record({ vaultId: of(...vaultIds), name: of("orders", "stock") });
const keyVault = fc.record({
  location: fc.constant("westeurope"),
  properties: fc.record({
    tenantId: fc.constant("7e7a0000-0000-4000-8000-00000000e7a1"),
    sku: fc.constant({ family: "A", name: "standard" }),
    enablePurgeProtection: of(true, true, undefined),
    enableRbacAuthorization: fc.constant(true),
    accessPolicies: fc.constant([]),
  }),
});

/** The principal of an identity is Azure's choice: whoever sends the request puts it in place of the identity's id. */
const grant = fc
  .record({ key: of(...keyIds), identityId: of(...identityIds), number: fc.nat({ max: 3 }) })
  .map(({ key, identityId, number }) => ({
    kind: "request" as const,
    method: "PUT",
    path: `${key}/providers/Microsoft.Authorization/roleAssignments/00000000-0000-4000-8000-00000000000${number}`,
    body: {
      properties: {
        principalId: identityId,
        principalType: "ServicePrincipal",
        roleDefinitionId: `${subscription}/providers/Microsoft.Authorization/roleDefinitions/e147488a-f6f5-4113-8e2d-b22465e65bf6`,
      },
    },
  }));

export const anyRequest: fc.Arbitrary<AnyStep> = fc.oneof(
  { weight: 5, arbitrary: request("PUT", of(...vaultIds), vault) },
  { weight: 8, arbitrary: request("PUT", of(...vaultIds), encryptedVault) },
  { weight: 3, arbitrary: request("PATCH", of(...vaultIds), fc.oneof(vault, fc.constant({ tags: { a: "b" } }))) },
  // Few others lock a vault: most are refused for something else in them.
  { weight: 2, arbitrary: request("PATCH", of(...vaultIds), fc.constant(lock)) },
  { weight: 2, arbitrary: request("DELETE", of(...vaultIds)) },
  { weight: 3, arbitrary: request("PUT", of(...recoveryIds), recoveryVault) },
  { weight: 1, arbitrary: request("DELETE", of(...recoveryIds)) },
  { weight: 3, arbitrary: request("PUT", of(...policyIds), fc.constant(policy)) },
  { weight: 1, arbitrary: request("DELETE", of(...policyIds)) },
  {
    weight: 4,
    arbitrary: instance.map(({ vaultId, name }) => ({
      kind: "request" as const,
      method: "PUT",
      path: `${vaultId}/backupInstances/${name}`,
      body: {
        properties: {
          objectType: "BackupInstance",
          dataSourceInfo: { objectType: "Datasource", datasourceType: type, resourceID: `${groupId}/sources/${name}` },
          policyInfo: { policyId: `${vaultId}/backupPolicies/daily` },
        },
      },
    })),
  },
  {
    weight: 2,
    arbitrary: request(
      "DELETE",
      instance.map(({ vaultId, name }) => `${vaultId}/backupInstances/${name}`),
    ),
  },
  {
    weight: 1,
    arbitrary: request(
      "POST",
      instance.map(({ vaultId, name }) => `${vaultId}/deletedBackupInstances/${name}/undelete`),
      fc.constant({}),
    ),
  },
  {
    weight: 3,
    arbitrary: request("PUT", of(...storeIds), keyVault),
  },
  { weight: 4, arbitrary: request("PUT", of(...keyIds), fc.constant({ properties: { kty: "RSA", keySize: 2048 } })) },
  { weight: 1, arbitrary: request("DELETE", of(...storeIds)) },
  {
    weight: 1,
    arbitrary: request(
      "POST",
      of(
        ...stores.map(
          (store) => `${subscription}/providers/Microsoft.KeyVault/locations/westeurope/deletedVaults/${store}/purge`,
        ),
      ),
    ),
  },
  { weight: 6, arbitrary: grant },
  { weight: 1, arbitrary: grant.map(({ path }) => ({ kind: "request" as const, method: "DELETE", path })) },
  { weight: 3, arbitrary: request("PUT", of(...identityIds), fc.constant({ location: "westeurope" })) },
  { weight: 1, arbitrary: request("DELETE", of(...identityIds)) },
  { weight: 3, arbitrary: request("GET", of(...vaultIds, ...recoveryIds, `${groupId}/resources`)) },
  { weight: 1, arbitrary: request("GET", of(`${dataProtection}/backupVaults`, `${subscription}/resources`)) },
);

/** Beside the clients: a key is disabled, enabled or lost, and the world comes back to what it was. */
export const anyStep: fc.Arbitrary<AnyStep> = fc.oneof(
  { weight: 20, arbitrary: anyRequest },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("setKey" as const),
      store: of(...stores),
      key: of(...keys),
      enabled: of(true, false, undefined),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.oneof(
      fc.record({ kind: fc.constant("snapshot" as const), name: of("a", "b") }),
      fc.record({ kind: fc.constant("restore" as const), name: of("a", "b") }),
    ),
  },
);

/** The body as it is sent: in a grant, the identity's id stands for its principal. */
export function sent({ body }: AnyRequest, principalOf: (identityId: string) => string): object | undefined {
  const properties = (body as { properties?: { principalId?: string } } | undefined)?.properties;
  if (properties?.principalId === undefined) return body;
  return { properties: { ...properties, principalId: principalOf(properties.principalId) } };
}
