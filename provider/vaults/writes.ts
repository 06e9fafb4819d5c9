import { storeOf } from "./backupVault.js";
import { at, type Body, leftOutBy, writeBody } from "./body.js";
import { differences, merge, only } from "./compare.js";
import { readVault, type SomeSettings, type VaultDefinition, type VaultInputs, writable } from "./definitions.js";
import { hasFailed } from "./ruleVault.js";
import type { VaultKind } from "./vaultId.js";

/** One request of those that bring a vault to what the program says. */
export interface Write {
  method: "PUT" | "PATCH";
  body: Body;
  /** The settings that it is sent for. What else the body has is there because Azure needs it, as it was read. */
  sends: readonly string[];
  /** The settings of the vault that it has no way to say. What becomes of them is Azure's to know. */
  leavesOut: readonly string[];
  /** Others follow it. */
  more: boolean;
}

/** In what Azure's two services want to be written to in different ways. */
interface Steps {
  /** What a creation may say; the rest comes in the next requests. */
  creation(inputs: SomeSettings): SomeSettings;
  /** Of what a vault is to be, what the next request may say. */
  next(has: SomeSettings, target: SomeSettings): SomeSettings;
  /** What may be said of a vault whose last write failed. */
  afterFailure(has: SomeSettings, target: SomeSettings): SomeSettings;
  /** What a PUT has to say besides the settings. */
  put(settings: SomeSettings, live?: Body): Body;
}

/** Whether anything is sent so that a live vault becomes what the program says. */
export const isWritten = (definition: VaultDefinition, wanted: SomeSettings, has: SomeSettings, live: Body): boolean =>
  differences(definition, wanted, has).length > 0 || hasFailed(live);

/** The body of the PUT that creates the vault. */
export function buildCreateBody(definition: VaultDefinition, inputs: VaultInputs, version: string): Body {
  const { creation, put } = steps[definition.kind];
  const wanted = creation(inputs);
  return wholeBody(definition, wanted, { version, put: put(wanted) });
}

/**
 * The next request that brings a live vault nearer to what the program says; nothing where it is so already.
 *
 * A PATCH carries what the program changes, for others may be at work on the rest. The encryption always goes along:
 * whether a write without it keeps it is not documented of one service, and refused by the other. What a PATCH has no room
 * for goes by PUT, which has to say all that the vault has. So is a vault put whose last write failed, although nothing
 * seems to differ: it shows what was asked for, which it may never have become.
 *
 * @param versionFor the api-version that a vault is written by, by what it will be
 */
export function buildUpdate(
  definition: VaultDefinition,
  id: string,
  live: Body,
  inputs: VaultInputs,
  versionFor: (after: SomeSettings) => string,
): Write | undefined {
  const { next, afterFailure, put } = steps[definition.kind];
  const has = readVault(definition, id, live);
  const changed = differences(definition, inputs, has);
  const sends = writable(definition).filter((name) => changed.includes(name));
  const isFailed = hasFailed(live);
  if (sends.length === 0 && !isFailed) return undefined;
  const target = merge(definition, has, inputs);
  const version = versionFor(target);
  const leavesOut = leftOutBy(definition.settings, target, version);
  const step = isFailed ? afterFailure(has, target) : next(has, target);
  const more = step !== target;
  if (isFailed || sends.some((name) => definition.settings[name]?.written === "PUT")) {
    const body = wholeBody(definition, step, { version, put: put(step, live) });
    return { method: "PUT", body, sends, leavesOut, more };
  }
  const { encryption, resourceGuardOperationRequests } = target;
  const values: SomeSettings = { ...only(inputs, sends), encryption, resourceGuardOperationRequests };
  if (values.immutability !== undefined) values.immutability = step.immutability;
  if (values.softDelete !== undefined)
    values.softDelete = bothStates(definition.kind, has.softDelete, values.softDelete);
  const body = writeBody(definition.settings, values, Object.keys(values), { method: "PATCH", has, version });
  return { method: "PATCH", body, sends, leavesOut: [], more };
}

function wholeBody(
  definition: VaultDefinition,
  settings: SomeSettings,
  { version, put }: { version: string; put: Body },
) {
  const names = [...writable(definition), "resourceGuardOperationRequests"];
  const body = writeBody(definition.settings, settings, names, { method: "PUT", version });
  return { ...body, ...put, properties: { ...body.properties, ...put.properties } };
}

const steps: Record<VaultKind, Steps> = {
  BackupVault: {
    creation: (inputs) => inputs,
    next: (_, target) => target,
    afterFailure: (_, target) => target,
    put({ datastoreType, redundancy, location }, live) {
      const store = { datastoreType, type: redundancy };
      if (!live) return { ...(location && { location }), properties: { storageSettings: [store] } };
      const shown = at(live, "properties.storageSettings");
      const others = Array.isArray(shown) ? shown.filter((each) => each !== storeOf(live)) : [];
      const replicatedRegions = at(live, "properties.replicatedRegions");
      return {
        ...(live.location !== undefined && { location: live.location }),
        properties: {
          storageSettings: [store, ...others],
          // Azure fills them in, and clients send them back.
          ...(replicatedRegions !== undefined && { replicatedRegions }),
        },
      };
    },
  },
  /**
   * What was seen to go wrong in a creation comes in the next steps, as changes: a user-assigned identity ends in an
   * operation that Azure does not find, two kinds of identities end in none
   * (https://github.com/Azure/azure-rest-api-specs/issues/27869 and 27851), and no vault is Locked at once (26598).
   */
  RecoveryServicesVault: {
    creation: ({ encryption: _, ...inputs }) => ({
      ...throughUnlocked("Disabled", inputs),
      identity: { type: "None" },
    }),
    next: ({ immutability }, target) => throughUnlocked(immutability, target),
    // Perhaps it was the creation that failed: so it is put with what a creation may have, and the rest follows.
    afterFailure(has, target) {
      const hasIdentity = has.identity !== undefined && has.identity.type !== "None";
      const { encryption, ...rest } = throughUnlocked(has.immutability === "Locked" ? "Locked" : "Disabled", target);
      return {
        ...rest,
        ...(hasIdentity ? {} : { identity: { type: "None" } }),
        ...(has.encryption && encryption && { encryption }),
      };
    },
    put: ({ sku, location }, live) => ({
      ...((live?.location ?? location) && { location: live?.location ?? location }),
      sku: { ...defaultSku, ...sku },
    }),
  },
};

/** What Azure gives a vault whose sku nobody sets; it has no effect on what the vault can do. */
const defaultSku = { name: "RS0", tier: "Standard" };

/** Locked is reached through Unlocked only, in a request of its own. */
function throughUnlocked(from: string | undefined, target: SomeSettings): SomeSettings {
  const isOnTheWay = target.immutability === "Locked" && (from ?? "Disabled") === "Disabled";
  return isOnTheWay ? { ...target, immutability: "Unlocked" } : target;
}

type SoftDelete = SomeSettings["softDelete"];

/** A Recovery Services vault wants both states to be said where one is; the retention goes by itself. */
function bothStates(kind: VaultKind, has: SoftDelete, wanted: SoftDelete): SoftDelete {
  const isSaid = wanted?.state !== undefined || wanted?.enhancedSecurityState !== undefined;
  if (kind !== "RecoveryServicesVault" || !isSaid) return wanted;
  const { state, enhancedSecurityState } = has ?? {};
  return { ...(state && { state }), ...(enhancedSecurityState && { enhancedSecurityState }), ...wanted };
}
