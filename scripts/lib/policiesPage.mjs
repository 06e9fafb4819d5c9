const intro = `<!-- Written by \`node scripts/policiesDoc.mjs\` out of provider/policies/. Change it there. -->

# Backup policies by data source

What can be backed up in a [Backup vault](#backup-vaults) and in a [Recovery Services vault](#recovery-services-vaults), and how.

## Backup vaults

What \`schedule\` and \`retention\` of a [\`BackupPolicy\`](protection.md#backup-policies) can be. The check at preview, the requests to
Azure and this page come from one table; what each row is based on: [decisions/backup-policies.md](../decisions/backup-policies.md).

- \`schedule.every\` is one of the intervals. A weekly schedule also has \`on\`, and one every few hours starts at \`at\`.
- One entry of \`retention\` without \`of\` is for all backups. Entries with \`of\` keep the first backup of a period for longer.
- \`keep\` is a duration such as \`P30D\`, \`P12W\`, \`P6M\` or \`P2Y\`. Azure documents no shortest retention.
- \`policyRules\` takes Azure's own form of the same, with the same limits.
`;

const recoveryServices = `## Recovery Services vaults

What the arguments of a [\`RecoveryServicesBackupPolicy\`](protection.md#policies-of-recovery-services-vaults) can be, from one table as
well: [decisions/recovery-services-backup-policies.md](../decisions/recovery-services-backup-policies.md).

- \`schedule.at\` is on the hour or half past it. Hourly backups are spread over \`windowDuration\`, a multiple of the interval.
- One entry of \`retention\` without \`of\` is for all backups: in days, or in weeks with a weekly schedule. Entries with \`of\` keep some
  of them for longer: of \`daysOfTheWeek\` for weeks; with \`weeksOfTheMonth\`, or of \`daysOfTheMonth\` (1 to 28) and
  \`lastDayOfTheMonth\`, for months; with \`monthsOfYear\` besides for years.
- \`properties\` takes Azure's own form of the same, with the same limits.
`;

/**
 * docs/backup-policies.md
 *
 * @param {Record<string, import("../../provider/policies/dataSources.js").DataSource>} dataSources
 * @param {Record<string, import("../../provider/policies/recoveryServices/workloads.js").Workload>} workloads
 */
export const policiesPage = (dataSources, workloads) =>
  [
    intro,
    ...Object.entries(dataSources).map(([name, each]) => section(name, each)),
    recoveryServices,
    ...Object.entries(workloads).map(([name, each]) => workloadSection(name, each)),
  ].join("\n");

/** @type {Record<string, string>} */
const variantNames = {
  V1: "`policyType` `V1`",
  V2: "`policyType` `V2`",
  Snapshot: "without `snapshotRetentionInDays`",
  Vaulted: "with `snapshotRetentionInDays`",
  Streaming: "full backups",
};

/** @type {Record<string, string>} */
const units = { daily: "D", weekly: "W", monthly: "M", yearly: "Y" };

/**
 * @param {string} name
 * @param {import("../../provider/policies/recoveryServices/workloads.js").Workload} workload
 */
function workloadSection(name, { noun, variants, also, needsLog, source }) {
  /** @type {[string, string][]} */
  const rows = Object.entries(variants).flatMap(([variant, { every, store, keep, snapshots, mostBackups }]) => {
    const of = variantNames[variant];
    const ranges = Object.entries(keep).map(
      ([tier, [least, most]]) => `P${least}${units[tier]} to P${most}${units[tier]}`,
    );
    return [
      [`\`schedule.every\`, ${of}`, every.map((each) => `\`${each}\``).join(", ")],
      [`\`retention[].keep\`, ${of}`, `${ranges.join(", ")}, in \`${store}\``],
      ...(mostBackups === undefined ? [] : [[`most backups at a time, ${of}`, String(mostBackups)]]),
      ...(snapshots ? [[`\`${snapshots.argument}\`, ${of}`, snapshotsText(snapshots)]] : []),
    ];
  });
  for (const [type, [least, most]] of Object.entries(also))
    rows.push([
      `\`${type.toLowerCase()}.keep\``,
      `P${least}D to P${most}D${type === "Log" && needsLog ? "; required" : ""}`,
    ]);
  return sectionOf(name, noun, source, rows);
}

/** @param {NonNullable<import("../../provider/policies/recoveryServices/workloads.js").Variant["snapshots"]>} snapshots */
const snapshotsText = ({ range: [least, most], usual, weekly, argument }) =>
  argument === "snapshotRetentionInDays"
    ? "fewer than the days of `retention`"
    : `${least} to ${most}, ${usual} by default${weekly === undefined ? "" : `; ${weekly} with \`P1W\``}`;

/**
 * @param {string} name
 * @param {string} noun
 * @param {string} source
 * @param {[string, string][]} rows
 */
function sectionOf(name, noun, source, rows) {
  const table = rows.map(([what, is]) => `| ${what} | ${is} |`);
  const title = `### ${name}\n\n${noun.charAt(0).toUpperCase()}${noun.slice(1)}: [Microsoft's page](${source}).\n`;
  return [title, "| | |", "| --- | --- |", ...table, ""].join("\n");
}

/**
 * @param {string} name
 * @param {import("../../provider/policies/dataSources.js").DataSource} dataSource
 */
function section(
  name,
  { noun, armType, scheduled, continuous, longest, mostBackups, markers, hasOtherCriteria, source },
) {
  const stores = Object.entries(longest).map(([store, keep]) => `${keep ?? "not documented"} in \`${store}\``);
  const rows = {
    "type in Azure": `\`${armType}\``,
    "`schedule.every`": scheduled.every.map((each) => `\`${each}\``).join(", "),
    "stored in": `\`${scheduled.store}\``,
    ...(scheduled.copiedTo.length > 0 && {
      "copies, by `store` of a retention": scheduled.copiedTo.map((store) => `\`${store}\``).join(", "),
    }),
    ...(continuous && {
      "without `schedule`": `continuous backup in \`${continuous.store}\`, by a retention with that \`store\`; both can be combined`,
    }),
    "longest retention": stores.join(", "),
    ...(mostBackups !== undefined && { "most backups at a time": String(mostBackups) }),
    "`retention[].of`": markers.map((marker) => `\`${marker}\``).join(", "),
    ...(hasOtherCriteria && {
      "in `policyRules` only": "other criteria, such as days of the week or months of the year",
    }),
  };
  return sectionOf(name, noun, source, Object.entries(rows));
}
