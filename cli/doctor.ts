import { Command, InvalidArgumentError } from "commander";
import type { Line } from "./doctor/line.js";
import { addFormats, addNote } from "./output/options.js";
import { type Format, type Section, shownAs } from "./output/sections.js";
import type { Tone } from "./output/terminal.js";

interface Options {
  stack?: string;
  format: Format;
  timeout: number;
}

export function doctorCommand(): Command {
  const command = new Command("doctor")
    .description("Checks whether this machine can deploy, and says how to fix what it cannot")
    .argument("[vault id]", "ARM ID of a vault, existing or planned; also checks its resource group and its state")
    .option("--stack <name>", "stack of the Pulumi project in this directory, whose configuration is read as well");
  addFormats(command, ["text", "json"])
    .option("--timeout <seconds>", "time limit for each check", seconds, 20)
    .action(run);
  return addNote(command, "Exit code: 0 if no check failed, 1 otherwise.");
}

async function run(vaultId: string | undefined, { stack, format, timeout }: Options): Promise<void> {
  const { checks } = await import("./doctor/checks.js");
  const directory = process.cwd();
  const lines = await checks({ vaultId, stack, env: process.env, directory, timeoutMs: timeout * 1000 });
  const ok = lines.every(({ status }) => status === "ok" || status === "warning");
  const page = shownAs(format, [sectionOf(lines)], { ok, checks: lines });
  // What a check has given up on may still wait for its network: that keeps nobody here.
  process.stdout.write(`${page}\n`, () => process.exit(ok ? 0 : 1));
}

function sectionOf(lines: readonly Line[]): Section {
  const failed = lines.filter(({ status }) => status === "failed").length;
  return {
    title: failed === 0 ? "This machine can deploy" : failed === 1 ? "1 check failed" : `${failed} checks failed`,
    tone: failed === 0 ? "good" : "bad",
    rows: lines.map(({ check, status, message }) => [{ text: status, tone: tones[status] }, check, message]),
  };
}

const tones: Record<Line["status"], Tone> = { ok: "good", warning: "attention", failed: "bad", skipped: "quiet" };

function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && value > 0 && Number.isFinite(value)) return value;
  throw new InvalidArgumentError("It must be a number of seconds.");
}
