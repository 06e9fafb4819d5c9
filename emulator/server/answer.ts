import { ArmError, armErrorReply } from "../arm/armError.js";
import { type EmulatorRequest, noContent, type Operation, type Reply } from "../arm/operation.js";
import { checkApiVersion } from "../arm/requestVersion.js";
import { router } from "../arm/router.js";
import type { Answer } from "../arrange/inside.js";
import { armOperations } from "../azure/armOperations.js";
import type { Azure } from "../azure/azure.js";
import { settle } from "../azure/settle.js";
import type { Reached } from "../control/clients.js";
import { controlOperations } from "../control/operations.js";
import { leaveInconsistent } from "../dataProtection/endVault.js";
import { authenticate, type Signing } from "../entra/accessToken.js";
import { instanceDiscovery, openIdConfigurations, signingKeys } from "../entra/discovery.js";
import { managedIdentityOperations } from "../entra/managedIdentityEndpoints.js";
import { tokenOperations } from "../entra/tokenEndpoints.js";
import { authenticateAt } from "../keyVault/dataPlane/access.js";
import { answerDataPlane } from "../keyVault/dataPlane/answer.js";
import { requireStoreAt } from "../keyVault/dataPlane/request.js";
import { hostsOf } from "../keyVault/stores.js";
import { pageOperations } from "../page/page.js";
import { metadataEndpoints } from "../resourceManager/metadata.js";
import type { Fault } from "../state/faults.js";
import { isResourceManager } from "../state/journal.js";

const resourceManager = router(armOperations);

/** What Azure answers to a request: everything but the transport and its faults. */
export function answerer(
  azure: Azure,
  signing: Signing,
  reached: () => Reached,
): { answer: Answer; answerInside: Answer } {
  const others = router([
    metadataEndpoints,
    ...entraOperations(signing),
    ...controlOperations(azure),
    ...pageOperations(azure, reached),
  ]);

  function answer(request: EmulatorRequest, fault: Fault | undefined, authenticated: boolean): Reply {
    const now = Date.now();
    settle(azure.world, now);
    const { world, settings, ports } = azure;
    try {
      if (request.host !== undefined) {
        const store = requireStoreAt(world, request);
        const caller = authenticated ? undefined : authenticateAt(store, world, signing, request);
        return answerDataPlane({ world, settings, ports, request, fault, now }, caller);
      }
      const isArm = isResourceManager(request.path);
      if (isArm && !authenticated) authenticate(azure.world, signing, request);
      const route = (isArm ? resourceManager : others)(request.method, request.path);
      if (route === undefined && isArm && request.method === "HEAD") return existence(request, fault, authenticated);
      if (route === undefined) throw notEmulated(request);
      if (fault?.kind === "inconsistent" && request.method === "GET") leaveInconsistent(world, request.path);
      const apiVersion = isArm ? checkApiVersion(request, world) : "";
      return route.operation.answer({ world, settings, ports, request, params: route.params, apiVersion, fault, now });
    } catch (error) {
      if (error instanceof ArmError) return armErrorReply(error);
      const message = `The emulator has a bug: ${request.method} ${request.path} failed: ${(error as Error).stack}`;
      return armErrorReply(new ArmError(500, "EmulatorBug", message));
    } finally {
      ports.keepOnly(hostsOf(azure.world));
    }
  }

  /** Whether a resource is there: https://learn.microsoft.com/rest/api/resources/resources/check-existence-by-id */
  function existence(request: EmulatorRequest, fault: Fault | undefined, authenticated: boolean): Reply {
    const reply = answer({ ...request, method: "GET" }, fault, authenticated);
    return reply.status === 200 ? noContent : reply;
  }

  return {
    answer: (request, fault) => answer(request, fault, false),
    // For what a program in the same process arranges: without signing in.
    answerInside: (request, fault) => answer(request, fault, true),
  };
}

/** Loud, so that nobody takes a missing part of the emulator for an answer of Azure. */
function notEmulated({ method, path }: EmulatorRequest): ArmError {
  const message = `The emulator does not support ${method} ${path}. See docs/operations.md for the operations that it supports.`;
  return new ArmError(501, "EmulatorNotImplemented", message);
}

export const entraOperations = (signing: Signing): Operation[] => [
  instanceDiscovery,
  ...openIdConfigurations,
  ...signingKeys(signing),
  ...tokenOperations(signing),
  ...managedIdentityOperations(signing),
];
