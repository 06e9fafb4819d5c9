const intro = `<!-- Written by \`node scripts/policiesDoc.mjs\` out of provider/policies/dataSources.ts. Change it there. -->

# Backup policies by data source

What \`schedule\` and \`retention\` of a [\`BackupPolicy\`](../README.md#backup-policies) can be. The check at preview, the requests to
Azure and this page come from one table; what each row is based on: [decisions/backup-policies.md](../decisions/backup-policies.md).

- \`schedule.every\` is one of the intervals. A weekly schedule also has \`on\`, and one every few hours starts at \`at\`.
- One entry of \`retention\` without \`of\` is for all backups. Entries with \`of\` keep the first backup of a period for longer.
- \`keep\` is a duration such as \`P30D\`, \`P12W\`, \`P6M\` or \`P2Y\`. Azure documents no shortest retention.
- \`policyRules\` takes Azure's own form of the same, with the same limits.
`;

/**
 * docs/backup-policies.md
 *
 * @param {Record<string, import("../../provider/policies/dataSources.js").DataSource>} dataSources
 */
export const policiesPage = (dataSources) =>
  [intro, ...Object.entries(dataSources).map(([name, each]) => section(name, each))].join("\n");

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
  const table = Object.entries(rows).map(([what, is]) => `| ${what} | ${is} |`);
  const title = `## ${name}\n\n${noun.charAt(0).toUpperCase()}${noun.slice(1)}: [Microsoft's page](${source}).\n`;
  return [title, "| | |", "| --- | --- |", ...table, ""].join("\n");
}
