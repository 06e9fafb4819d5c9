import type { Reply } from "../../http/reply.js";
import { requestBody } from "../../http/requestBody.js";
import type { JobKind } from "../job.js";
import { refuseOtherInstance } from "../protectedSources.js";
import { refuseUnguarded } from "../rules/resourceGuard.js";
import {
  accepted,
  beginInstanceOperation,
  effectOn,
  type InstanceCall,
  refuseWhileWritingInstance,
  requireInstance,
} from "./path.js";

interface Change {
  /** The protection state when it has ended. */
  state: string;
  job: JobKind;
  /** What a resource guard calls it, where it can be guarded. */
  guarded?: string;
}

/** Stops, suspends and resumes: an instance goes from one state to another. */
export function changeProtection(call: InstanceCall, { state, job, guarded }: Change): Reply {
  const { vault, instance } = requireInstance(call);
  const shape = { resourceGuardOperationRequests: ["string"] } as const;
  const { resourceGuardOperationRequests: requests } = requestBody(call.request, shape, "optional");
  if (guarded !== undefined) refuseUnguarded({ vault, resourceGuards: call.world.resourceGuards }, guarded, requests);
  refuseWhileWritingInstance(call, vault, instance.name.toLowerCase());
  // Recorded: what is so already begins no operation.
  if (instance.properties.currentProtectionState === state) return { status: 200 };
  if (state === "ProtectionConfigured") refuseOtherInstance(call.world, instance);
  const effect = { kind: "instanceWritten", ...effectOn(vault, instance.name), state } as const;
  return accepted(beginInstanceOperation(call, vault, effect, { job }));
}
