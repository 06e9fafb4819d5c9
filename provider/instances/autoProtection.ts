import {
  fields,
  flag,
  isSameValue,
  isValue,
  list,
  matching,
  type Of,
  oneOf,
  type Problem,
  parse,
} from "../vaults/values.js";

/*
 * Backup of all containers of a storage account, also of those that are still to come: Azure's BlobBackupRuleBasedAutoProtectionSettings.
 * https://learn.microsoft.com/javascript/api/@azure/arm-dataprotection/blobbackuprulebasedautoprotectionsettings
 */

const rule = fields(
  {
    mode: oneOf("Exclude"),
    type: oneOf("Prefix"),
    // "For now this accepts literal strings only (no wildcards or regex)", compared with the names of containers.
    pattern: matching(
      /^[a-z0-9$][a-z0-9-]{0,62}$/,
      "must be the beginning of a container's name: 1 to 63 lower-case letters, digits and hyphens",
    ),
  },
  ["mode", "type", "pattern"],
);

function checkEnabled({ enabled }: Record<string, unknown>, path: string, problems: Problem[]): void {
  if (enabled === false)
    problems.push({
      path: `${path}.enabled`,
      expected: "must be true. To back up certain containers only, name them in `containers` instead",
    });
}

export const autoProtectionSettings = fields({ enabled: flag, rules: list(rule) }, ["enabled"], checkEnabled);

export type AutoProtectionSettings = Of<typeof autoProtectionSettings>;

const objectType = "BlobBackupRuleBasedAutoProtectionSettings";
const ruleType = "BlobBackupAutoProtectionRule";

/** The request's form. */
export const autoProtectionToArm = ({ enabled, rules = [] }: AutoProtectionSettings) => ({
  objectType,
  enabled,
  rules: rules.map((each) => ({ objectType: ruleType, ...each })),
});

/** Of what Azure shows. Undefined: this version does not know all of it. */
export function autoProtectionFromArm(shown: unknown): AutoProtectionSettings | undefined {
  const { objectType: type, rules, ...others } = Object(shown);
  if (!isValue(objectType, type) || (rules && !Array.isArray(rules))) return undefined;
  const named = (rules ?? []) as unknown[];
  if (named.some((each) => !isValue(ruleType, Object(each).objectType))) return undefined;
  const bare = named.map((each) => {
    const { objectType: _, ...members } = each as Record<string, unknown>;
    return members;
  });
  const problems: Problem[] = [];
  const read = parse(autoProtectionSettings, { ...others, ...(bare.length > 0 && { rules: bare }) }, "", problems);
  return problems.length > 0 ? undefined : (read as AutoProtectionSettings);
}

/** The order of the rules counts: Azure evaluates them one after the other. */
export const isSameAutoProtection = (
  a: AutoProtectionSettings | undefined,
  b: AutoProtectionSettings | undefined,
): boolean => isSameValue(withRules(a), withRules(b));

const withRules = (settings: AutoProtectionSettings | undefined) => settings && { rules: [], ...settings };
