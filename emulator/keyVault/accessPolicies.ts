import { ArmError, unverifiedCode } from "../arm/armError.js";
import { type Call, ok, operation } from "../arm/operation.js";
import { requestBody } from "../arm/requestBody.js";
import type { Shape } from "../arm/shape.js";
import type { KeyVaultRecord } from "../state/keyRecords.js";
import type { ArmResource } from "../state/records.js";
import { requireStore, storePath } from "./storeOperations.js";

/**
 * Each kind of change is about the principals that are named, and leaves all others as they are. Microsoft's reference
 * says nothing of that; it was seen by those who use it:
 * https://github.com/pulumi/pulumi-azure-native/pull/2951, https://github.com/Azure/azure-rest-api-specs/issues/42963
 */
export const updateAccessPolicy = operation({
  name: "Vaults_UpdateAccessPolicy",
  method: "PUT",
  path: `${storePath("vaults")}/accessPolicies/{operationKind}`,
  answer(call) {
    const vault = requireStore(call, "vaults");
    const { body } = vault;
    const kind = call.params.operationKind.toLowerCase();
    const given: ArmResource[] = requestBody(call.request, shape).properties?.accessPolicies ?? [];
    const change = changes[kind];
    if (change === undefined) {
      throw new ArmError(400, "BadRequest", `'${kind}' is not valid: it must be add, replace or remove.`);
    }
    if (kind === "remove") given.forEach(refuseEmpty);
    changePolicies(call, vault, given.reduce<ArmResource[]>(change, body.properties.accessPolicies));
    return ok({
      id: `${body.id}/accessPolicies/`,
      type: "Microsoft.KeyVault/vaults/accessPolicies",
      properties: { accessPolicies: body.properties.accessPolicies },
    });
  },
});

const names = ["string"] as const;

export const accessPoliciesShape = [
  {
    tenantId: "string",
    objectId: "string",
    applicationId: "string",
    permissions: { keys: names, secrets: names, certificates: names, storage: names, "*": names },
  },
] as const satisfies Shape;

const shape = { properties: { accessPolicies: accessPoliciesShape } } as const;

type Change = (all: ArmResource[], policy: ArmResource) => ArmResource[];

type Permissions = Record<string, string[]>;

const changes: Record<string, Change> = {
  add: (all, policy) => changed(all, policy, union),
  replace: (all, policy) => changed(all, policy, (_before, given) => given),
  remove: (all, policy) => changed(all, policy, difference),
};

/** A policy that gives nothing any more is none. */
function changed(all: ArmResource[], policy: ArmResource, merge: typeof union): ArmResource[] {
  const others = all.filter((each) => holderOf(each) !== holderOf(policy));
  const before = all.find((each) => holderOf(each) === holderOf(policy));
  const permissions = merge(before?.permissions ?? {}, policy.permissions ?? {});
  return givesNothing(permissions) ? others : [...others, { ...before, ...policy, permissions }];
}

/** A principal by itself is another holder than the same one through an application. */
const holderOf = ({ objectId, applicationId }: ArmResource) => `${objectId} ${applicationId ?? ""}`.toLowerCase();

const givesNothing = (permissions: Permissions) => Object.values(permissions).every((names) => names.length === 0);

/** What is there already keeps its spelling. */
function union(before: Permissions, given: Permissions): Permissions {
  const permissions = { ...before };
  for (const [kind, names] of Object.entries(given)) {
    const has = before[kind] ?? [];
    const known = has.map((name) => name.toLowerCase());
    permissions[kind] = [...has, ...new Set(names.filter((name) => !known.includes(name.toLowerCase())))];
  }
  return permissions;
}

/** Azure answers 200 and takes nothing away where the spelling differs from that of the policy. */
function difference(before: Permissions, given: Permissions): Permissions {
  const left = Object.entries(before).map(([kind, names]) => [
    kind,
    names.filter((name) => !given[kind]?.includes(name)),
  ]);
  return Object.fromEntries(left);
}

function refuseEmpty({ permissions }: ArmResource): void {
  if (permissions !== undefined && !givesNothing(permissions)) return;
  const message = "Name the permissions to remove. What Azure does for a policy without permissions is not documented.";
  throw new ArmError(400, unverifiedCode("no-permissions-named"), message);
}

/** What the new policies grant beyond the old ones takes effect after the same delay as a role assignment. */
export function changePolicies(
  { settings, now }: Call<never>,
  vault: KeyVaultRecord,
  accessPolicies: ArmResource[],
): void {
  const { formerPolicies, body } = vault;
  const before =
    formerPolicies && formerPolicies.until > now ? formerPolicies.accessPolicies : body.properties.accessPolicies;
  if (JSON.stringify(before) !== JSON.stringify(accessPolicies)) {
    vault.formerPolicies = { accessPolicies: before, until: now + settings.permissionDelayMs };
  }
  vault.previousPolicies = body.properties.accessPolicies;
  body.properties.accessPolicies = accessPolicies;
}
