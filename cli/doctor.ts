import { Command, InvalidArgumentError } from "commander";
import type { Line } from "./doctor/line.js";
import { type Format, formatOption, type Section, shownAs } from "./output/sections.js";
import type { Tone } from "./output/terminal.js";

interface Options {
  format: Format;
  timeout: number;
}

export function doctorCommand(): Command {
  return new Command("doctor")
    .description("Says whether this machine can deploy, and what to do where it cannot")
    .argument(
      "[vault id]",
      "the ARM id of a vault, there or not: then its resource group and its state are looked at too",
    )
    .addOption(formatOption(["text", "json"]))
    .option("--timeout <seconds>", "how long each check may take", seconds, 20)
    .addHelpText("after", "\nExit code: 0 where all is fine, 1 where there is something to do.")
    .action(run);
}

async function run(vaultId: string | undefined, { format, timeout }: Options): Promise<void> {
  const { checks } = await import("./doctor/checks.js");
  const lines = await checks({ vaultId, env: process.env, directory: process.cwd(), timeoutMs: timeout * 1000 });
  const isFine = lines.every(({ status }) => status === "fine");
  const page = shownAs(format, [sectionOf(lines)], { fine: isFine, checks: lines });
  // What a check has given up on may still wait for its network: that keeps nobody here.
  process.stdout.write(`${page}\n`, () => process.exit(isFine ? 0 : 1));
}

function sectionOf(lines: readonly Line[]): Section {
  const todo = lines.filter(({ status }) => status === "todo").length;
  return {
    title:
      todo === 0
        ? "This machine can deploy"
        : todo === 1
          ? "There is one thing to do"
          : `There are ${todo} things to do`,
    tone: todo === 0 ? "good" : "bad",
    rows: lines.map(({ check, status, says }) => [{ text: words[status], tone: tones[status] }, check, says]),
  };
}

const words: Record<Line["status"], string> = { fine: "fine", todo: "to do", skipped: "-" };
const tones: Record<Line["status"], Tone> = { fine: "good", todo: "bad", skipped: "quiet" };

function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && value > 0 && Number.isFinite(value)) return value;
  throw new InvalidArgumentError("A number of seconds is expected.");
}
