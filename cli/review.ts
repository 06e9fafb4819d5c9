import { stat, writeFile } from "node:fs/promises";
import { dirname, relative } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { withoutCommands } from "../review/pages/escape.js";
import { canWait, type Report } from "../review/report.js";
import { filePieces } from "./filePieces.js";
import { liveAzure } from "./liveAzure.js";
import { addFormats, addNote } from "./output/options.js";
import { isColoured } from "./output/terminal.js";
import { runPreview } from "./runPreview.js";

interface Options {
  cwd?: string;
  stack?: string;
  from?: string;
  name?: string;
  format: "text" | "markdown" | "json" | "sarif";
  out?: string;
  failOn: FailOn;
  posture?: boolean;
}

export function reviewCommand(): Command {
  const command = new Command("review")
    .description("Previews a stack and reviews every change to its vaults at once")
    .argument("[pulumi arguments...]", "arguments to pass on to `pulumi preview`, after --")
    .option("--cwd <directory>", "directory of the Pulumi project", once)
    .option("--stack <name>", "stack to preview", once)
    .option(
      "--from <file>",
      "review this file instead of running a preview: the output of `pulumi preview --json`, of `terraform show -json` for " +
        "a plan, or of `az deployment group what-if`; - is standard input",
      once,
    )
    .option(
      "--name <name>",
      "what heads the page and identifies its comment, instead of Pulumi's project and stack",
      once,
    );
  addFormats(command, ["text", "markdown", "json", "sarif"])
    .option("--out <file>", "write the output to this file", once)
    .addOption(
      new Option("--fail-on <what>", "least severe finding that makes the command fail")
        .choices(["refuse", "undecided", "warn", "never"])
        .default("undecided"),
    )
    .option("--posture", "also report which vaults of the preview stay weaker than benchmarks and policies ask")
    // A mistake in the command line is no refusal, which is what 1 means.
    .exitOverride(({ exitCode: code }) => process.exit(code === 0 ? 0 : 2))
    .action(async (pulumiArguments: string[], options: Options) => {
      process.exitCode = await run(pulumiArguments, options);
    });
  return addNote(
    command,
    "Exit code: 0 if nothing is refused, 1 if a change is refused, 2 if the preview could not be reviewed, 3 if there are " +
      "warnings, or findings of --posture, and --fail-on warn is set, 4 if it could not be determined whether a change is refused. --fail-on refuse " +
      "accepts what could not be determined.",
  );
}

/** Of two files, stacks or directories, one would not be reviewed. */
function once(value: string, previous: string | undefined): string {
  if (previous !== undefined) throw new InvalidArgumentError("It was given twice.");
  return value;
}

async function run(pulumiArguments: string[], options: Options): Promise<number> {
  try {
    if (options.out !== undefined) await checkDirectoryOf(options.out);
    const report = await reportOf(pulumiArguments, options);
    const page = await pageOf(report, options);
    if (options.out === undefined) process.stdout.write(page);
    else await writeFile(options.out, page);
    return exitCode(report, options.failOn);
  } catch (error) {
    console.error(withoutCommands(`azure-backup review: ${(error as Error).message}`));
    return 2;
  }
}

/** Before the preview, which may take minutes. */
async function checkDirectoryOf(out: string): Promise<void> {
  const directory = dirname(out);
  const found = await stat(directory).catch(() => undefined);
  if (found?.isDirectory()) return;
  const problem = found ? "is not a directory" : "does not exist";
  throw new Error(`--out ${out}: the directory ${directory} ${problem}. Create it, or pass another file.`);
}

async function reportOf(
  pulumiArguments: string[],
  { from, cwd, stack, name, posture = false }: Options,
): Promise<Report> {
  const { review } = await import("../review/review.js");
  const live = liveAzure(process.env);
  if (from === undefined)
    return runPreview({ cwd, stack, pulumiArguments }, (preview, rest) =>
      review(preview, { live, name, posture, ...rest }),
    );
  const preview = from === "-" ? process.stdin : filePieces(from);
  try {
    return await review(preview, { live, name, posture });
  } catch (error) {
    throw new Error(`${from === "-" ? "Standard input" : from} could not be reviewed. ${(error as Error).message}`);
  }
}

async function pageOf(report: Report, { format, cwd = ".", out }: Options): Promise<string> {
  switch (format) {
    case "markdown": {
      const { markdown } = await import("../review/pages/markdown.js");
      return markdown(report);
    }
    case "json":
      return json(report);
    case "sarif": {
      const { sarif } = await import("../review/pages/sarif.js");
      return json(sarif(report, { directory: relative(".", cwd) }));
    }
    default: {
      const { text } = await import("../review/pages/text.js");
      return text(report, { colour: out === undefined && isColoured(process.stdout) });
    }
  }
}

/** JSON in whose texts Azure DevOps and GitHub find no commands, which may stand anywhere in a line. */
const json = (value: object): string =>
  `${JSON.stringify(value, undefined, 2).replace(/##(?=\[|vso\[)/gi, "\\u0023#")}\n`;

/** What makes the command fail. */
export type FailOn = "refuse" | "undecided" | "warn" | "never";

/** What was not checked or not determined does not pass, unless that was asked for. */
export function exitCode(report: Pick<Report, "decision" | "resources" | "posture">, failOn: FailOn): number {
  const { decision, posture = [] } = report;
  if (failOn === "never") return 0;
  if (decision === "clear") return failOn === "warn" && posture.some(({ findings }) => findings.length > 0) ? 3 : 0;
  if (decision === "refuse") return 1;
  if (decision === "unchecked") return 2;
  if (decision === "undecided" && failOn !== "refuse" && !canWait(report)) return 4;
  return failOn === "warn" ? 3 : 0;
}
