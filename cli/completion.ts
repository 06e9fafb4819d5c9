import { Argument, Command, type Option } from "commander";
import { addNote } from "./output/options.js";

const scripts = { bash, zsh, fish };
type Shell = keyof typeof scripts;

/** @param words what can follow a command, by its name, where the command itself does not list it */
export function completionCommand(words: Record<string, readonly string[]>): Command {
  const command: Command = new Command("completion")
    .description("Prints a script with which a shell completes this command")
    .addArgument(new Argument("<shell>", "the shell").choices(Object.keys(scripts)))
    .action((shell: Shell) => {
      const program = command.parent ?? command;
      const help = program.commands.map((each) => each.name());
      console.log(scripts[shell](nodeOf(program, { ...words, help })));
    });
  return addNote(
    command,
    'To load it in the current shell: `eval "$(azure-backup completion bash)"`, likewise for zsh, and ' +
      "`azure-backup completion fish | source`. For every shell, add that line to ~/.bashrc, ~/.zshrc after compinit, or " +
      "~/.config/fish/config.fish.",
  );
}

/** What can be written after a command. */
interface Node {
  name: string;
  description: string;
  options: Flag[];
  words: readonly string[];
  commands: Node[];
}

interface Flag {
  /** `--help`, and `-h` where there is one. */
  names: string[];
  description: string;
  /** What follows it: nothing, one of these words, a path, or something that cannot be completed. */
  takes: undefined | readonly string[] | "file" | "directory" | "text";
}

function nodeOf(command: Command, words: Record<string, readonly string[]>): Node {
  const help = command.createHelp();
  const commands = help.visibleCommands(command).map((each) => nodeOf(each, words));
  const name = command.name();
  const listed = command.registeredArguments.flatMap(({ argChoices = [] }) => argChoices);
  return {
    name,
    description: help.subcommandDescription(command),
    options: help.visibleOptions(command).map(flagOf),
    words: [...commands.map((each) => each.name), ...listed, ...(words[name] ?? [])],
    commands,
  };
}

function flagOf({ short, long, description, argChoices, flags, required, optional }: Option): Flag {
  const [, placeholder] = /[<[](\w+)/.exec(flags) ?? [];
  const path = placeholder === "file" || placeholder === "directory" ? placeholder : "text";
  return {
    names: [long, short].filter((each) => each !== undefined),
    description,
    takes: required || optional ? (argChoices ?? path) : undefined,
  };
}

/** `review:--from|review:--out) ... ;;` */
const clause = (patterns: string[], action: string) =>
  patterns.length > 0 ? [`    ${patterns.join("|")}) ${action} ;;`] : [];

function bash({ name, ...root }: Node): string {
  const nodes = [{ ...root, name: "" }, ...root.commands];
  const flags = nodes.flatMap((node) => node.options.map((flag) => ({ node, ...flag })));
  const patterns = (takes: Flag["takes"]) =>
    flags
      .filter((flag) => flag.takes === takes)
      .flatMap(({ node, names }) => names.map((flag) => `${node.name}:${flag}`));
  const listed = flags.flatMap(({ node, names, takes }) =>
    Array.isArray(takes)
      ? clause(
          names.map((flag) => `${node.name}:${flag}`),
          `words="${takes.join(" ")}"`,
        )
      : [],
  );
  const rest = nodes.flatMap((node) =>
    clause([`${node.name}:*`], `words="${[...node.words, ...node.options.flatMap(({ names }) => names)].join(" ")}"`),
  );
  return `# Completes ${name} in bash. To load it: eval "$(${name} completion bash)"
_${id(name)}() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} command= words= i
  COMPREPLY=()
  # In --format=json, bash takes the = for a word of its own.
  if [[ $current == "=" ]]; then
    current=
  elif [[ $previous == "=" ]]; then
    previous=\${COMP_WORDS[COMP_CWORD-2]}
  fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    [[ \${COMP_WORDS[i]} == "--" ]] && return
    [[ -z $command && \${COMP_WORDS[i]} != -* ]] && command=\${COMP_WORDS[i]}
  done
  case $command:$previous in
${[
  ...listed,
  ...clause(patterns("file"), `_${id(name)}_paths -f "$current"; return`),
  ...clause(patterns("directory"), `_${id(name)}_paths -d "$current"; return`),
  ...clause(patterns("text"), "return"),
  ...rest,
].join("\n")}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
_${id(name)}_paths() {
  local IFS=$'\\n'
  compopt -o filenames 2>/dev/null
  COMPREPLY=($(compgen "$1" -- "$2"))
}
complete -F _${id(name)} ${name}`;
}

function zsh({ name, options, commands }: Node): string {
  const spec = ({ names, description, takes }: Flag) => {
    const action =
      takes === "file"
        ? "_files"
        : takes === "directory"
          ? "_files -/"
          : Array.isArray(takes)
            ? `(${takes.join(" ")})`
            : " ";
    const value = takes === undefined ? "" : `:value:${action}`;
    return names.map((flag) =>
      quoted(`${flag}${value && flag.startsWith("--") ? "=" : ""}[${inSpec(description)}]${value}`),
    );
  };
  const specs = (flags: Flag[]) => flags.flatMap(spec);
  const cases = commands.map(
    (command) =>
      `        ${command.name}) _arguments ${[
        ...specs(command.options),
        ...(command.words.length > 0 ? [quoted(`1:value:(${command.words.join(" ")})`)] : []),
      ].join(" ")} ;;`,
  );
  return `#compdef ${name}
# Completes ${name} in zsh. To load it, after compinit: eval "$(${name} completion zsh)"
_${id(name)}() {
  local state line
  local -a commands
  commands=(${commands.map((command) => quoted(`${command.name}:${command.description}`)).join(" ")})
  _arguments -C ${specs(options).join(" ")} '1:command:->command' '*::argument:->argument'
  case $state in
    command) _describe command commands ;;
    argument)
      case $words[1] in
${cases.join("\n")}
      esac ;;
  esac
}
if [[ $funcstack[1] == _${id(name)} ]]; then
  _${id(name)} "$@"
else
  compdef _${id(name)} ${name}
fi`;
}

function fish({ name, options, commands }: Node): string {
  const line = (condition: string, rest: string[], description: string) =>
    [`complete -c ${name} -n ${quoted(condition)}`, ...rest, `-d ${quoted(description)}`].join(" ");
  const flagLine = (condition: string) => (flag: Flag) => {
    const { takes } = flag;
    const names = flag.names.map((each) => (each.startsWith("--") ? `-l ${each.slice(2)}` : `-s ${each.slice(1)}`));
    const value =
      takes === undefined
        ? []
        : takes === "file"
          ? ["-r", "-F"]
          : takes === "directory"
            ? ["-x", "-a '(__fish_complete_directories)'"]
            : Array.isArray(takes)
              ? ["-x", `-a ${quoted(takes.join(" "))}`]
              : ["-x"];
    return line(condition, [...names, ...value], flag.description);
  };
  const first = "__fish_use_subcommand";
  return [
    `# Completes ${name} in fish. To load it: ${name} completion fish | source`,
    `complete -c ${name} -f`,
    ...options.map(flagLine(first)),
    ...commands.map((command) => line(first, [`-a ${command.name}`], command.description)),
    ...commands.flatMap((command) => {
      const after = `__fish_seen_subcommand_from ${command.name}`;
      const words =
        command.words.length > 0
          ? [`complete -c ${name} -n ${quoted(after)} -a ${quoted(command.words.join(" "))}`]
          : [];
      return [...command.options.map(flagLine(after)), ...words];
    }),
  ].join("\n");
}

const id = (name: string) => name.replaceAll("-", "_");

/** All three shells end a text in single quotes at the next one. */
const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/** zsh ends a description at a bracket, and takes what follows a colon for something else. */
const inSpec = (text: string) => text.replace(/[[\]:\\]/g, "\\$&");
