import { Command } from "commander";
import { catalogue, factNouns, type RuleText, ruleText, type States } from "../provider/rules/index.js";

export function rulesCommand(): Command {
  return new Command("rules")
    .description("Prints one rule in full, or lists all rules")
    .argument("[code]", "such as immutability-locked")
    .action((code: string | undefined) => {
      if (code === undefined) {
        for (const rule of catalogue)
          console.log(`${rule.decision.padEnd(6)} ${rule.code.padEnd(width)}  ${rule.title}`);
        return;
      }
      const rule = ruleText(code);
      if (!rule) throw new Error(`there is no rule "${code}". Run \`azure-backup rules\` to list all rules.`);
      console.log(inFull(rule));
    });
}

const width = Math.max(...catalogue.map(({ code }) => code.length));

function inFull({
  code,
  title,
  summary,
  remediation,
  decision,
  overridable,
  evidence,
  source,
  needs,
  states,
}: RuleText): string {
  return [
    `${code}: ${title}`,
    "",
    summary,
    "",
    `Decision:  ${decision}${overridable ? `, which accept: ["${code}"] turns into a warning` : ""}`,
    `To do:     ${remediation}`,
    `Reads:     ${needs.length > 0 ? needs.map((name) => factNouns[name]).join(", ") : "the program and its last state"}`,
    `Source:    ${source}${evidence === "microsoft" ? "" : " (reported or inferred, not stated by Microsoft)"}`,
    ...(states ? ["", `Allowed changes of ${states.property}:`, ...moves(states)] : []),
  ].join("\n");
}

function moves({ moves: table, conditional }: States): string[] {
  return Object.entries(table).map(([from, to]) => {
    const further = conditional?.moves[from] ?? [];
    const parts = [to.join(", "), further.length > 0 && `${further.join(", ")} if ${conditional?.when}`].filter(
      Boolean,
    );
    return `  from ${from}: ${parts.join("; ") || "none"}`;
  });
}
