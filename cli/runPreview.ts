import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { reviewVariable } from "../provider/host/review.js";
import type { ProviderRecord, Report, ReviewOptions } from "../review/index.js";
import { progressOn } from "./output/terminal.js";

interface What {
  cwd?: string;
  stack?: string;
  pulumiArguments: string[];
}

type Review = (preview: AsyncIterable<Uint8Array>, options: ReviewOptions) => Promise<Report>;

/**
 * Runs `pulumi preview --json` in such a way that this package's provider collects what it refuses, and hands on what
 * it writes while it comes.
 */
export async function runPreview({ cwd, stack, pulumiArguments }: What, review: Review): Promise<Report> {
  // Judgements name vaults and their settings: nobody else's to read.
  const directory = await mkdtemp(join(tmpdir(), "azure-backup-review-"));
  const file = join(directory, "judged.jsonl");
  try {
    const stackArguments = stack === undefined ? [] : ["--stack", stack];
    // Without the replacement steps, Pulumi leaves out the deletions that an earlier run did not finish, and without the
    // resources that stay the same, nothing shows which vault a deleted key is for.
    const flags = ["--json", "--show-replacement-steps", "--show-sames", "--non-interactive"];
    const child = spawn("pulumi", ["preview", ...flags, ...stackArguments, ...pulumiArguments], {
      cwd,
      env: { ...process.env, [reviewVariable]: file },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const ended = new Promise<number>((done, fail) => {
      child.once("error", (error) => fail(new Error(cannotRun(error, cwd))));
      child.once("close", (code) => done(code ?? 1));
    });
    let complaints = "";
    child.stderr.setEncoding("utf8").on("data", (text) => (complaints = (complaints + text).slice(-10_000)));
    const progress = progressOn(process.stderr);
    const onSteps = (count: number) => progress.show(`Previewing: ${count} steps`);
    const [report, code] = await Promise.all([
      review(child.stdout, { onSteps, records: () => ended.then(() => readRecords(file)) }).catch(
        (error: Error) => error,
      ),
      ended,
    ]);
    progress.clear();
    if (report instanceof Error) {
      const said = complaints.trim();
      throw new Error(
        code === 0 || said === ""
          ? `\`pulumi preview\` could not be reviewed. ${report.message}`
          : `\`pulumi preview\` failed:\n${said}`,
      );
    }
    if (code === 0 || report.failures.length > 0) return report;
    const failure = `\`pulumi preview\` ended with exit code ${code}. ${complaints.trim()}`.trim();
    if (report.decision !== "refuse") throw new Error(failure);
    return { ...report, failures: [failure] };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function cannotRun(error: NodeJS.ErrnoException, cwd = "."): string {
  if (error.code !== "ENOENT") return `pulumi could not be started: ${error.message}`;
  return `pulumi could not be started in ${cwd}: install it (https://www.pulumi.com/docs/install/), or pass an existing directory.`;
}

async function readRecords(file: string): Promise<ProviderRecord[]> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return ""; // no resource of this package was checked
    throw error;
  });
  return text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}
