import type { ArmResource } from "../../armResource.js";
import { ArmError } from "../../http/armError.js";
import { operation } from "../../http/operation.js";
import { ok } from "../../http/reply.js";
import { requestBody } from "../../http/requestBody.js";
import { requireStore, storePath } from "../stores/path.js";
import { changePolicies } from "./changePolicies.js";
import { accessPoliciesShape } from "./shape.js";

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
      throw new ArmError(400, "BadRequest", `'${kind}' is not valid: add, replace or remove is expected.`);
    }
    changePolicies(call, vault, change(body.properties.accessPolicies, given));
    return ok({
      id: `${body.id}/accessPolicies/`,
      type: "Microsoft.KeyVault/vaults/accessPolicies",
      properties: { accessPolicies: body.properties.accessPolicies },
    });
  },
});

const shape = { properties: { accessPolicies: accessPoliciesShape } } as const;

type Policies = ArmResource[];

const changes: Record<string, (before: Policies, given: Policies) => Policies> = {
  replace: (_before, given) => given,
  add: (before, given) =>
    given.reduce<Policies>((all, policy) => [...others(all, policy), joined(all, policy)], before),
  remove: (before, given) => given.reduce<Policies>(others, before),
};

function others(all: Policies, { objectId }: ArmResource): Policies {
  return all.filter((policy) => policy.objectId !== objectId);
}

function joined(all: Policies, policy: ArmResource): ArmResource {
  const before = all.find(({ objectId }) => objectId === policy.objectId)?.permissions ?? {};
  const permissions = { ...before };
  for (const [kind, names] of Object.entries<string[]>(policy.permissions ?? {})) {
    permissions[kind] = [...new Set([...(before[kind] ?? []), ...names])];
  }
  return { ...policy, permissions };
}
