import type { ArmResource, TrackedResource } from "../../armResource.js";
import { operation } from "../../http/operation.js";
import { ok } from "../../http/reply.js";
import { requestBody } from "../../http/requestBody.js";
import { identitiesOf } from "../../managedIdentity/identityOfResource.js";
import { asyncLocation, asyncOperation } from "../../operations/asyncHeaders.js";
import { retryAfter } from "../../operations/begin.js";
import type { LongRunningOperation } from "../../operations/longRunningOperation.js";
import { end } from "../../operations/settle.js";
import { patchVault } from "../vaultBody.js";
import { requireVault, vaultPath } from "../vaultPath.js";
import { vaultShape } from "../vaultShape.js";
import { writeVault } from "../writeVault.js";

export const update = operation({
  name: "Vaults_Update",
  method: "PATCH",
  path: vaultPath,
  answer(call) {
    const given = requestBody(call.request, vaultShape);
    const vault = requireVault(call);
    const before = vault.body;
    const begun = writeVault(call, vault, patchVault(call.world, before, given), given);
    const { id } = vault.body;
    if (isAtOnce(given, before, vault.body) && willSucceed(begun)) {
      end(call.world, begun, call.now);
      return ok(vault.body);
    }
    const headers = {
      ...asyncOperation(call, id, begun),
      ...asyncLocation(call, id, begun),
      ...retryAfter(call, 10),
    };
    return { status: 202, headers };
  },
});

/** Recorded: identities come to a vault without any, and the last ones leave it, without an operation. */
function isAtOnce({ identity, properties }: ArmResource, before: TrackedResource, after: TrackedResource): boolean {
  if (!identity || Object.keys(properties ?? {}).length > 0) return false;
  return [before, after].some((vault) => identitiesOf(vault.identity).length === 0);
}

const willSucceed = ({ failure, endsAt }: LongRunningOperation): boolean =>
  failure === undefined && Number.isFinite(endsAt);
