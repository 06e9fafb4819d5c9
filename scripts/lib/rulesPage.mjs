/**
 * docs/rules.md: every rule, out of the rules themselves.
 *
 * @param {readonly import("../../provider/rules/index.js").RuleText[]} rules
 * @param {Record<string, string>} factNouns
 * @param {(rule: import("../../provider/rules/index.js").AnyRule) => readonly import("../../provider/rules/index.js").Control[]} controlsOfRule
 */
export function rulesPage(rules, factNouns, controlsOfRule) {
  return `${[intro, contents(rules), ...rules.map((rule) => section(rule, factNouns, controlsOfRule(rule)))].join("\n\n")}\n`;
}

const intro = `<!-- Written by \`node scripts/rulesDoc.mjs\` out of provider/rules. Change it there. -->

# Rules

These rules find changes to a vault that can never be undone, and changes that Azure would refuse halfway through a
deployment, before anything is written. A rule has the same code in errors, warnings, pull request comments and on this
page. Codes that begin with \`rsv-\` are about Recovery Services vaults, all others about Backup vaults. The last ones, from
[\`resource-group-deleted\`](#resource-group-deleted) on, are about what the data in vaults of either kind depends on.
[\`azure-backup review\`](review.md) applies them to resources of any provider.

- **refuse**: the change is an error at \`pulumi preview\`, and again at \`pulumi up\` before it is written.
- **warn**: the change goes ahead, and the preview says what it means.
- **undecided**: a value is only known during \`pulumi up\`, or the vault could not be read. The preview warns;
  \`pulumi up\` will not write until this can be determined.

A refusal that rests on what others report, and not on a statement by Microsoft, can be overridden:
\`accept: ["<code>"]\` on the resource turns it into a warning. The state diagrams are drawn from the tables that the
rules use.`;

function contents(rules) {
  const rows = rules.map(({ code, title, decision }) => `| [\`${code}\`](#${code}) | ${title} | ${decision} |`);
  return ["| rule | what it is about | decision |", "| --- | --- | --- |", ...rows].join("\n");
}

function section(rule, factNouns, controls) {
  const { code, title, summary, remediation, evidence, source, overridable, needs, states } = rule;
  const link =
    evidence === "microsoft" ? `[Microsoft](${source})` : `[reported or inferred](${source}), not stated by Microsoft`;
  const facts =
    needs.length > 0 ? needs.map((name) => factNouns[name]).join(", ") : "only the program and its last state";
  return [
    `## ${code}`,
    `**${title}.** ${summary}`,
    [
      `- Remediation: ${remediation}`,
      `- Source: ${link}`,
      `- Depends on: ${facts}`,
      `- Decision: ${rule.decision}${overridable ? `, which \`accept: ["${code}"]\` overrides where it rests on what others report` : ""}`,
      ...(controls.length > 0 ? [`- Controls: ${controls.map(named).join(", ")}`] : []),
    ].join("\n"),
    ...(states ? diagram(states) : []),
  ].join("\n\n");
}

/** @param {import("../../provider/rules/index.js").Control} control */
const named = ({ framework, id, title, url }) => `[${framework} ${id}](${url} "${title.replaceAll('"', "'")}")`;

function diagram({ property, whenAbsent, moves, conditional, terminalStates }) {
  const edges = (table, label) =>
    Object.entries(table).flatMap(([from, to]) => to.map((state) => `  ${from} --> ${state}${label}`));
  const lines = [
    "```mermaid",
    "stateDiagram-v2",
    "  direction LR",
    ...Object.keys(moves).map((state) => `  [*] --> ${state}`),
    ...edges(moves, ""),
    ...edges(conditional?.moves ?? {}, ": conditional"),
    ...terminalStates.map((state) => `  note right of ${state}: no way back`),
    "```",
  ];
  const condition = conditional ? [`Conditional: ${conditional.when}.`] : [];
  const absent = whenAbsent === "unset" ? "" : `, ${whenAbsent} where it is absent`;
  return [`\`${property}\`${absent}:`, lines.join("\n"), ...condition];
}
