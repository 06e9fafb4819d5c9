import type { Azure } from "../../azure/index.js";
import type { Context } from "../../host/context.js";
import { isSameId } from "../../instances/armId.js";
import { kindOfInputs, type ProtectedItemInputs } from "../../instances/recoveryServices/protectedItem.js";
import { type Gap, gapOfItems } from "../../policies/gaps.js";
import { keptIn, readPolicy } from "../../policies/recoveryServices/policy.js";
import {
  type Fact,
  fewerIn,
  itemGuarded,
  itemPolicyDowngraded,
  itemPolicyShorter,
  judgeDependency,
  type Kept,
  type KeptFewer,
  type KeptOtherwise,
  lessFrequent,
  shorterIn,
  type Verdict,
} from "../../rules/index.js";
import { isUnknown } from "../../vaults/unknowns.js";
import { guardOf, namedRequests } from "../protection/guard.js";
import { orUnreadable, sharedFacts } from "../run/facts.js";
import { asPlanned, liveVault } from "../vault/liveVault.js";

interface Policy {
  /** Azure's `policyType`. */
  type: string;
  /** What it keeps for how long. Absent: this version does not know all of it. */
  kept?: Kept[];
  gaps?: Gap[];
}

/** Undefined: it is not there, or its ID is not known yet. */
type Found = Fact<Policy> | undefined;

/**
 * What another policy means. One that is not there is still to come in this run, and is judged before the write.
 *
 * @param before the policy that the item has. Absent: none
 */
export async function judgeOtherPolicy(
  context: Context,
  inputs: ProtectedItemInputs,
  before: string | undefined,
  deadline: number,
  when: "plan" | "write",
): Promise<Verdict[]> {
  const { policyId, vault, resourceGuardOperationRequests } = inputs;
  if (before === undefined || isSameId(policyId, before)) return [];
  const azure = when === "plan" ? sharedFacts(context) : context.azure();
  const [was, is, guard, live] = await Promise.all([
    policyAt(azure, before, deadline),
    policyAt(azure, policyId, deadline),
    guardOf(azure, vault, deadline),
    liveVault(() => azure, vault, deadline),
  ]);
  const shorter = shorterOf(was, is);
  const planned = when === "plan" ? context.run.immutability.get(vault.toLowerCase()) : undefined;
  const isMachine = kindOfInputs(inputs).managementType === "AzureIaasVM";
  const named = namedRequests(resourceGuardOperationRequests);
  return [
    ...(isMachine && was && is
      ? judgeDependency(itemPolicyDowngraded, "change", { before: typeIn(was), after: typeIn(is) })
      : []),
    ...judgeDependency(itemPolicyShorter, "change", { shorter, fewer: fewerOf(was, is), ...asPlanned(live, planned) }),
    ...judgeDependency(lessFrequent.RecoveryServicesVault, "change", { before: gapsIn(was), after: gapsIn(is) }),
    ...judgeDependency(itemGuarded, "change", {
      what: "policy",
      guard,
      named,
      isOpen: false,
      isShorter: "value" in shorter ? { value: shorter.value.length > 0 } : shorter,
    }),
  ];
}

async function policyAt(azure: Pick<Azure, "protectionPolicies">, id: string, deadline: number): Promise<Found> {
  if (isUnknown(id)) return undefined;
  const found = await orUnreadable(() => azure.protectionPolicies.get(id, { deadline }));
  if ("unreadable" in found) return found;
  if (!found.value) return undefined;
  const { properties } = found.value;
  const { dataSource, content } = readPolicy(properties);
  const { policyType = "V1" } = properties as { policyType?: string };
  return {
    value: {
      type: String(policyType),
      ...(dataSource && content && { kept: keptIn({ dataSource, content }), gaps: gapOfItems(content) }),
    },
  };
}

const gapsIn = (found: Found): Gap[] => (found && "value" in found && found.value.gaps) || [];

const typeIn = (found: Fact<Policy>): Fact<string> => ("value" in found ? { value: found.value.type } : found);

/** What another policy keeps for less time: a guard protects it, and an immutable vault does not allow it. */
function shorterOf(was: Found, is: Found): Fact<readonly KeptOtherwise[]> {
  if (!was || !is) return { unreadable: `the ${was ? "new" : "old"} policy does not exist yet.` };
  if ("unreadable" in was) return was;
  if ("unreadable" in is) return is;
  const [before, after] = [was.value.kept, is.value.kept];
  if (!before || !after) return { unreadable: "this version does not know all that the policies do." };
  return { value: shorterIn(before, after) };
}

/** Where a policy is not known, `shorterOf` says so. */
const fewerOf = (was: Found, is: Found): KeptFewer[] => fewerIn(keptBy(was), keptBy(is));

const keptBy = (found: Found): Kept[] => (found && "value" in found && found.value.kept) || [];
