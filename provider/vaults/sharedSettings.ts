import { name, ofProgram, setting } from "./setting.js";
import { fields, flag, list, matching, oneOf, type Text, text } from "./values.js";
import { parseVaultId, type VaultKind, vaultIdForms, vaultIdOf, vaultNouns } from "./vaultId.js";

export const enabledOrDisabled = oneOf("Enabled", "Disabled");

const redundancies = oneOf("LocallyRedundant", "ZoneRedundant", "GeoRedundant");

/** Microsoft's abbreviations: https://learn.microsoft.com/azure/backup/backup-create-recovery-services-vault */
export const redundancyOfStorage: typeof redundancies = {
  ...redundancies,
  alsoCalled: { LRS: "LocallyRedundant", ZRS: "ZoneRedundant", GRS: "GeoRedundant" },
};

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
  matching(/^\/subscriptions\/.+\/resourceGuards\/.+/i, "must be the ARM ID of a resource guard operation request"),
);

/** The ARM ID of a vault of either kind. Azure spells its resource provider in several ways. */
export const vaultId = text(`must be an ARM ID of the form ${vaultIdForms}`, (given) => {
  const id = parseVaultId(given);
  return id && vaultIdOf(id);
});

/** The same of one kind. */
export const vaultIdOfKind = (kind: VaultKind): Text =>
  text(`must be the ARM ID of a ${vaultNouns[kind]}`, (given) =>
    parseVaultId(given)?.kind === kind ? vaultId.canonical(given) : undefined,
  );

/** The resource's own ID. Added by `check`: the engine passes it back among the old inputs. */
export const computedId = {
  ...matching(/^\/subscriptions\//i, "is computed and cannot be set"),
  isComputed: true,
} as const;

/** Azure takes `East US 2` and `eastus2` for the same region. */
const region = text("must be the name of an Azure region, such as westeurope", (given) => {
  const short = given.replaceAll(" ", "").toLowerCase();
  return /^[a-z0-9]+$/.test(short) ? short : undefined;
});

/** What identifies a vault of either kind, apart from its name. */
export const where = {
  resourceGroupName: name(
    matching(
      /^[\p{L}\p{N}_.()-]{0,89}[\p{L}\p{N}_()-]$/u,
      "must be a resource group name: 1 to 90 letters, digits, underscores, hyphens, periods and parentheses, not ending with a period",
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

/** The arguments that both kinds of vaults share. */
export const shared = {
  tags: setting({
    // https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources#limitations
    value: {
      is: "pairs",
      expected:
        "must be an object with at most 50 tags: names of 1 to 512 characters and values of up to 256 characters",
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
  undelete: ofProgram(flag),
  /** The rules define the codes. */
  accept: ofProgram(list(text("must be the code of a rule", (given) => given))),
  timeouts: ofProgram(fields({ create: duration, update: duration, delete: duration, permission: duration })),
  vaultId: ofProgram(computedId),
};

/** The parts of a row that most settings share: the argument is optional, and a PATCH can write it. */
export const optional = { required: false, role: "setting", written: "PATCH", since: "any", managed: "whole" } as const;
