/** What may be done in a key store: as access policies of key vaults call it, and the data actions of roles. */
interface Right {
  /** Absent: no access policy gives it. */
  policy?: string;
  /** What the access policy gives it over. @default "keys" */
  over?: "certificates";
  ofVault?: string;
  /** Absent: there is no such thing in a Managed HSM. */
  ofHsm?: string;
}

const vault = "Microsoft.KeyVault/vaults";
const hsm = "Microsoft.KeyVault/managedHsm";

/**
 * https://learn.microsoft.com/azure/role-based-access-control/permissions/security#microsoftkeyvault
 * https://learn.microsoft.com/azure/key-vault/managed-hsm/built-in-roles#permitted-operations
 */
export const rights = {
  get: onKeys("get", "read", "read/action"),
  list: onKeys("list", "read", "read/action"),
  create: onKeys("create", "create/action", "create"),
  import: onKeys("import", "import/action", "import/action"),
  update: onKeys("update", "update/action", "write/action"),
  delete: onKeys("delete", "delete", "delete"),
  getDeleted: onKeys("get", "read", "deletedKeys/read/action"),
  listDeleted: onKeys("list", "read", "deletedKeys/read/action"),
  recover: onKeys("recover", "recover/action", "deletedKeys/recover/action"),
  purge: onKeys("purge", "purge/action", "deletedKeys/delete"),
  rotate: onKeys("rotate", "rotate/action", "rotate/action"),
  encrypt: onKeys("encrypt", "encrypt/action", "encrypt/action"),
  decrypt: onKeys("decrypt", "decrypt/action", "decrypt/action"),
  wrapKey: onKeys("wrapKey", "wrap/action", "wrap/action"),
  unwrapKey: onKeys("unwrapKey", "unwrap/action", "unwrap/action"),
  getRotationPolicy: {
    policy: "getrotationpolicy",
    ofVault: `${vault}/keyrotationpolicies/read`,
    ofHsm: `${hsm}/keys/read/action`,
  },
  setRotationPolicy: {
    policy: "setrotationpolicy",
    ofVault: `${vault}/keyrotationpolicies/write`,
    ofHsm: `${hsm}/keys/write/action`,
  },
  manageContacts: { policy: "managecontacts", over: "certificates", ofVault: `${vault}/certificatecontacts/write` },
  readRoles: { ofHsm: `${hsm}/roleDefinitions/read/action` },
  readAssignments: { ofHsm: `${hsm}/roleAssignments/read/action` },
  writeAssignments: { ofHsm: `${hsm}/roleAssignments/write/action` },
  deleteAssignments: { ofHsm: `${hsm}/roleAssignments/delete/action` },
} satisfies Record<string, Right>;

export type RightName = keyof typeof rights;

function onKeys(policy: string, ofVault: string, ofHsm: string) {
  return { policy, ofVault: `${vault}/keys/${ofVault}`, ofHsm: `${hsm}/keys/${ofHsm}` };
}

export const rightOf = (name: RightName): Right => rights[name];
