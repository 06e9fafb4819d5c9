import { name, ofProgram, setting } from "./setting.js";
import { fields, flag, list, matching, oneOf, text } from "./values.js";
import { parseVaultId, vaultIdForms, vaultIdOf } from "./vaultId.js";

export const enabledOrDisabled = oneOf("Enabled", "Disabled");

export const guid = matching(
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  "must be a GUID such as 11111111-2222-3333-4444-555555555555",
);

/** `90s`, `30m`, `1h30m`, as in Pulumi's own timeouts. */
export const duration = matching(/^(?=\d)(\d+h)?(\d+m)?(\d+s)?$/, 'must be a duration such as "30m" or "1h30m"');

export function durationMs(given: string): number {
  const unit = { h: 3_600_000, m: 60_000, s: 1_000 };
  const parts = [...given.matchAll(/(\d+)([hms])/g)];
  return parts.reduce((sum, [, count, name]) => sum + Number(count) * unit[name as keyof typeof unit], 0);
}

export const guardRequests = list(
  matching(/^\/subscriptions\/.+\/resourceGuards\/.+/i, "must be an ARM id of a resource guard operation request"),
);

/** The ARM id of a vault of either kind, whose provider Azure spells in several ways. */
export const vaultId = text(`must be an ARM id of the form ${vaultIdForms}`, (given) => {
  const id = parseVaultId(given);
  return id && vaultIdOf(id);
});

/** `East US 2` and `eastus2` are one region to Azure. */
const region = text("must be the name of an Azure region, such as westeurope", (given) => {
  const short = given.replaceAll(" ", "").toLowerCase();
  return /^[a-z0-9]+$/.test(short) ? short : undefined;
});

/** What names a vault of either kind, besides its own name. */
export const where = {
  resourceGroupName: name(
    matching(
      /^[\p{L}\p{N}_.()-]{0,89}[\p{L}\p{N}_()-]$/u,
      "must be a resource group's name: 1 to 90 letters, digits, _ - . ( ), and no dot at the end",
    ),
    true,
  ),
  subscriptionId: name(guid, false),
  location: setting({
    value: region,
    required: true,
    role: "fixed",
    arm: "location",
    written: "none",
    since: "any",
    whenAbsent: undefined,
    whenRemoved: "keeps",
    managed: "whole",
    judged: true,
  }),
};

/** What both kinds of vaults have, in the same place. */
export const shared = {
  tags: setting({
    // https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources#limitations
    value: {
      is: "pairs",
      expected: "must be at most 50 pairs of text, names up to 512 and values up to 256 characters",
      fits: (pairs) =>
        pairs.length <= 50 && pairs.every(([name, value]) => name !== "" && name.length <= 512 && value.length <= 256),
    },
    required: false,
    role: "setting",
    arm: "tags",
    written: "PATCH",
    since: "any",
    whenAbsent: {},
    whenRemoved: {},
    managed: "whole",
    judged: false,
  }),
  resourceGuardOperationRequests: setting({
    value: guardRequests,
    required: false,
    role: "request",
    arm: "properties.resourceGuardOperationRequests",
    written: "PATCH",
    since: "any",
    whenAbsent: undefined,
    whenRemoved: "keeps",
    managed: "whole",
    judged: true,
  }),
  adopt: ofProgram(flag),
  /** Which codes there are is the rules' to say. */
  accept: ofProgram(list(text("must be the code of a rule", (given) => given))),
  timeouts: ofProgram(fields({ create: duration, update: duration, delete: duration, permission: duration })),
  // What `check` itself adds: the engine hands it back where a program gives a vault's old inputs again.
  vaultId: ofProgram(matching(/^\/subscriptions\//i, "is computed and cannot be set")),
};

/** The parts of a row that most settings share: any program may leave it out, and a PATCH takes it. */
export const optional = { required: false, role: "setting", written: "PATCH", since: "any", managed: "whole" } as const;
