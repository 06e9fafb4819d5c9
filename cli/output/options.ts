import { type Command, Option } from "commander";

/** `--format`, and `--json` as a short form of it. */
export function addFormats(command: Command, formats: readonly string[]): Command {
  return command
    .addOption(new Option("--format <format>", "output format").choices(formats).default("text"))
    .option("--json", "short for --format json")
    .hook("preAction", () => {
      const { json, format } = command.opts<{ json?: true; format: string }>();
      if (!json) return;
      if (format !== "json" && command.getOptionValueSource("format") !== "default")
        command.error(`error: option '--json' cannot be used with '--format ${format}'`);
      command.setOptionValue("format", "json");
    });
}

/** A paragraph below the help, within the width of the terminal. */
export function addNote(command: Command, text: string): Command {
  return command.addHelpText("after", () => {
    const width = command.configureOutput().getOutHelpWidth?.() ?? 80;
    return `\n${command.createHelp().boxWrap(text, width)}`;
  });
}
