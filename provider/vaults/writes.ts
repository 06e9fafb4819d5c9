import { storeOf } from "./backupVault.js";
import { at, type Body, leftOutBy, writeBody } from "./body.js";
import { differences, merge, only } from "./compare.js";
import {
  readVault,
  type SettingName,
  type SomeSettings,
  type VaultDefinition,
  type VaultInputs,
} from "./definitions.js";
import { hasFailed } from "./ruleVault.js";
import type { VaultKind } from "./vaultId.js";

/** One of the requests that update a vault to match the program. */
export interface Write {
  method: "PUT" | "PATCH";
  body: Body;
  /** The settings that it changes. The rest of the body is as it was read, because Azure requires it. */
  sends: readonly string[];
  /** The settings of the vault that it cannot contain. What Azure does with them is not known. */
  leavesOut: readonly string[];
  /** More requests follow. */
  more: boolean;
}

/** The differences between writes to Azure's two services. */
interface Steps {
  /** What the creation may contain. The rest follows in the next requests. */
  creation(inputs: SomeSettings): SomeSettings;
  /** The part of the target that the next request may contain. */
  next(has: SomeSettings, target: SomeSettings): SomeSettings;
  /** The same for a vault whose last write failed. */
  afterFailure(has: SomeSettings, target: SomeSettings): SomeSettings;
  /** The same settings with what the service needs beside them. */
  complete(settings: SomeSettings): SomeSettings;
  /** What a PUT must contain in addition to the settings. */
  put(settings: SomeSettings, live?: Body): Body;
}

/** Whether a live vault needs a write to match the program. */
export const isWritten = (definition: VaultDefinition, wanted: SomeSettings, has: SomeSettings, live: Body): boolean =>
  differences(definition, wanted, has).length > 0 || hasFailed(live);

/** The body of the PUT that creates the vault. */
export function buildCreateBody(definition: VaultDefinition, inputs: VaultInputs, version: string): Body {
  const { creation, complete, put } = steps[definition.kind];
  const wanted = complete(creation(inputs));
  return wholeBody(definition, wanted, { version, put: put(wanted) });
}

/**
 * The next request on the way to match the program. Undefined if the live vault matches already.
 *
 * A PATCH contains only what the program changes, because other clients may change the rest, and what the service wants whole
 * with it (`together`). It always contains the encryption: one service does not document whether a write without it keeps it,
 * and the other refuses such a write. What a PATCH cannot contain is written by PUT, which must contain the whole vault. A
 * vault whose last write failed is also written by PUT, even if nothing seems to differ: it may show requested values that it
 * never had.
 *
 * @param versionFor the api-version of a write, which depends on what the vault will be
 */
export function buildUpdate(
  definition: VaultDefinition,
  id: string,
  live: Body,
  inputs: VaultInputs,
  versionFor: (after: SomeSettings) => string,
): Write | undefined {
  const { next, afterFailure, complete, put } = steps[definition.kind];
  const has = readVault(definition, id, live);
  const changed = differences(definition, inputs, has);
  const sends = definition.writable.filter((name) => changed.includes(name));
  const isFailed = hasFailed(live);
  if (sends.length === 0 && !isFailed) return undefined;
  const target = merge(definition, has, inputs);
  const version = versionFor(target);
  const leavesOut = leftOutBy(definition.settings, target, version);
  const part = isFailed ? afterFailure(has, target) : next(has, target);
  const step = complete(part);
  const more = part !== target;
  if (isFailed || sends.some((name) => definition.settings[name]?.written === "PUT")) {
    const body = wholeBody(definition, step, { version, put: put(step, live) });
    return { method: "PUT", body, sends, leavesOut, more };
  }
  const { encryption, resourceGuardOperationRequests } = target;
  const whole = together[definition.kind].filter((names) => names.some((name) => sends.includes(name))).flat();
  const beside = only(step, whole);
  const values: SomeSettings = { ...only(inputs, sends), ...beside, encryption, resourceGuardOperationRequests };
  const body = writeBody(definition.settings, values, Object.keys(values), { method: "PATCH", has, version });
  return {
    method: "PATCH",
    body,
    sends: [...new Set([...sends, ...differences(definition, beside, has)])],
    leavesOut: [],
    more,
  };
}

function wholeBody(
  definition: VaultDefinition,
  settings: SomeSettings,
  { version, put }: { version: string; put: Body },
) {
  const names = [...definition.writable, "resourceGuardOperationRequests"];
  const body = writeBody(definition.settings, settings, names, { method: "PUT", version });
  return { ...body, ...put, properties: { ...body.properties, ...put.properties } };
}

const steps: Record<VaultKind, Steps> = {
  BackupVault: {
    creation: (inputs) => inputs,
    next: (_, target) => target,
    afterFailure: (_, target) => target,
    complete: (settings) => settings,
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
          // Azure sets them, and clients return them.
          ...(replicatedRegions !== undefined && { replicatedRegions }),
        },
      };
    },
  },
  /**
   * What was seen to fail in a creation follows in the next steps, as changes: a user-assigned identity ends in an operation
   * that Azure does not find, two kinds of identities end in none
   * (https://github.com/Azure/azure-rest-api-specs/issues/27869 and 27851), and no vault is Locked at once (26598).
   */
  RecoveryServicesVault: {
    creation: ({ encryption: _, ...inputs }) => ({
      ...throughUnlocked("Disabled", inputs),
      identity: { type: "None" },
    }),
    next: ({ immutability }, target) => throughUnlocked(immutability, target),
    // The creation may have failed, so the PUT has only what a creation may contain. The rest follows.
    afterFailure(has, target) {
      const hasIdentity = has.identity !== undefined && has.identity.type !== "None";
      const { encryption, ...rest } = throughUnlocked(has.immutability === "Locked" ? "Locked" : "Disabled", target);
      return {
        ...rest,
        ...(hasIdentity ? {} : { identity: { type: "None" } }),
        ...(has.encryption && encryption && { encryption }),
      };
    },
    complete: withImmutabilityType,
    put: ({ sku, location }, live) => ({
      ...((live?.location ?? location) && { location: live?.location ?? location }),
      sku: { ...defaultSku, ...sku },
    }),
  },
};

/** Azure's default. The SKU has no effect on a vault's features. */
const defaultSku = { name: "RS0", tier: "Standard" };

/** Locked can only be reached from Unlocked, in a separate request. */
function throughUnlocked(from: string | undefined, target: SomeSettings): SomeSettings {
  const isOnTheWay = target.immutability === "Locked" && (from ?? "Disabled") === "Disabled";
  return isOnTheWay ? { ...target, immutability: "Unlocked" } : target;
}

/**
 * What a PATCH contains whole as soon as the program changes a part of it, with the rest as it is in the vault. Recent
 * api-versions refuse a part alone, as Microsoft's own client of both services has found: cross-region restore without the
 * redundancy, a state of soft delete without its retention, and the other way round
 * (https://github.com/microsoft/mcp/issues/3562 and 3563).
 */
const together: Record<VaultKind, (readonly SettingName[])[]> = {
  BackupVault: [["softDelete"]],
  RecoveryServicesVault: [
    ["softDelete"],
    ["redundancy", "crossRegionRestore"],
    ["immutability", "immutabilityConfiguration"],
  ],
};

/**
 * Since api-version 2026-05-01, an immutable Recovery Services vault needs the type of its immutability with the state, and
 * a vault that is not immutable must not have one (https://github.com/microsoft/mcp/pull/3430). The type is Azure's default.
 */
function withImmutabilityType(settings: SomeSettings): SomeSettings {
  const { immutability = "Disabled", immutabilityConfiguration: configuration } = settings;
  if (immutability === "Disabled") return settings;
  return { ...settings, immutabilityConfiguration: { type: "AsPerPolicy", ...configuration } };
}
