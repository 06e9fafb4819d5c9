import { type ChildProcessByStdio, spawn } from "node:child_process";
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { transformSync } from "@swc/core";
import { pulumiEnv } from "../../scripts/lib/pulumiEnv.mjs";
import { root } from "../../scripts/lib/root.mjs";
import { compiled } from "./compiled.js";
import { type Front, fronts } from "./host.js";
import { installExample } from "./packed.js";
import { type Programs, programs } from "./programs.js";

export const ofFront = (name: string, front: Front): string => `${name}-${front}`;

/** What serves the package's classes in this run of the test file: jest.config.js runs those of `bothFronts` with each. */
export const front: Front = process.env.TEST_FRONT === "plugin" ? "plugin" : "dynamic";

export interface Run {
  code: number;
  /** All that a user would see, without colours. */
  output: string;
}

export interface Step {
  op: string;
  urn: string;
  replaceReasons?: string[];
  diffReasons?: string[];
}

export interface Resource {
  urn: string;
  type: string;
  id: string;
  inputs: Record<string, unknown>;
  outputs: Record<string, unknown>;
  initErrors?: string[];
}

/** As docs/plugin.md says it. */
const plugins = `plugins: ${JSON.stringify({ providers: [{ name: "azure-backup", path: join(root, "plugin") }] })}\n`;

/**
 * A Pulumi project of its own with a real engine, a file backend and this package installed. The program makes one
 * vault for each entry that `vaults` is given, or is given as text.
 */
export class Stack {
  readonly directory = mkdtempSync(join(tmpdir(), "azure-backup-stack-"));
  env: Record<string, string | undefined>;
  /** What runs the program in place of Pulumi's language host, once there is one that it can run. */
  #programs?: Programs;
  #isJavaScript = false;

  constructor(azureEnv: Record<string, string>, programs?: Programs) {
    this.env = { ...process.env, ...pulumiEnv(this.directory), ...compiled, ...programs?.env, ...azureEnv };
    this.#programs = programs;
    const modules = join(this.directory, "node_modules");
    mkdirSync(join(modules), { recursive: true });
    symlinkSync(join(root, "node_modules/@pulumi"), join(modules, "@pulumi"));
    const ours = join(modules, "pulumi-azure-backup");
    mkdirSync(ours);
    // Not all of the repository: Pulumi goes through all directories of each package, and through links, in every command.
    for (const name of ["package.json", "dist"]) symlinkSync(join(root, name), join(ours, name));
    // Plain JavaScript: the compiler would double the time of every command.
    writeFileSync(
      join(this.directory, "Pulumi.yaml"),
      "name: vaults\nruntime:\n  name: nodejs\n  options: { typescript: false }\n",
    );
    writeFileSync(join(this.directory, "package.json"), '{ "name": "vaults", "main": "index.js" }\n');
    this.#served();
  }

  /** By the front that this run of the test file is for. */
  #served(): this {
    return front === "plugin" ? this.#append(`config:\n  azure-backup:usePlugin: true\n${plugins}`) : this;
  }

  #append(settings: string): this {
    appendFileSync(join(this.directory, "Pulumi.yaml"), settings);
    return this;
  }

  /** The program uses the plugin as well. */
  withPlugin(): this {
    return this.#append(plugins);
  }

  /** Where the story is about how Pulumi runs a program. */
  withLanguageHost(): this {
    this.#programs = undefined;
    return this;
  }

  program(text: string): this {
    writeFileSync(join(this.directory, "index.js"), text);
    this.#isJavaScript = true;
    return this;
  }

  /** A TypeScript program, compiled and type-checked as Pulumi does it. */
  typescript(text: string): this {
    writeFileSync(join(this.directory, "Pulumi.yaml"), "name: vaults\nruntime: nodejs\n");
    writeFileSync(join(this.directory, "package.json"), '{ "name": "vaults", "main": "index.ts" }\n');
    writeFileSync(join(this.directory, "index.ts"), text);
    return this;
  }

  /** An example of the repository, which Pulumi's language host runs and compiles. */
  example(name: string): this {
    installExample(name, this.directory);
    return this.#served();
  }

  /** The example without its types, which `test/repository/types.test.ts` checks, so that no command needs a compiler. */
  withoutTypes(): this {
    const source = readFileSync(join(this.directory, "index.ts"), "utf8");
    const parser = { syntax: "typescript" } as const;
    const { code } = transformSync(source, { jsc: { target: "es2022", parser }, module: { type: "commonjs" } });
    return this.program(code);
  }

  vaults(vaults: Record<string, object>, options: Record<string, object> = {}): this {
    return this.program(`
      const { BackupVault } = require("pulumi-azure-backup");
      const options = ${JSON.stringify(options)};
      for (const [name, args] of Object.entries(${JSON.stringify(vaults)})) {
        exports[name] = new BackupVault(name, args, options[name]).vaultId;
      }`);
  }

  /**
   * Each vault once by the classes, which Pulumi's dynamic provider host serves, and once by the plugin as other SDKs use it.
   * Their names end in the front's.
   */
  vaultsOfBothFronts(vaults: Record<string, object>): this {
    const named = fronts.flatMap((front) =>
      Object.entries(vaults).map(([name, args]) => ({
        front,
        name: ofFront(name, front),
        args: { ...args, vaultName: `bv-${ofFront(name, front)}` },
      })),
    );
    return this.program(`
      const { CustomResource } = require("@pulumi/pulumi");
      const { BackupVault } = require("pulumi-azure-backup");
      class OfPlugin extends CustomResource {
        constructor(name, args) {
          super("azure-backup:index:BackupVault", name, args);
        }
      }
      for (const { front, name, args } of ${JSON.stringify(named)}) new (front === "plugin" ? OfPlugin : BackupVault)(name, args);`);
  }

  async pulumi(...args: string[]): Promise<Run> {
    const runsHere = ["up", "preview", "refresh", "destroy"].includes(args[0] ?? "");
    if (!this.#programs || !this.#isJavaScript || !runsHere) return this.#run("pulumi", ofStack(args));
    await this.#programs.prepare(this.directory, this.env);
    return this.#run("pulumi", [...ofStack(args), ...this.#programs.args]);
  }

  /** `azure-backup review` of the stack. */
  review(...args: string[]): Promise<Run> {
    return this.#run("node", [join(root, "dist/cli/main.js"), "review", "--stack", "dev", ...args]);
  }

  /** As by Ctrl-C in a terminal, which reaches Pulumi and the program that it runs. */
  interruptedWhen(isSo: () => boolean, ...args: string[]): Promise<Run> {
    const child = this.#start("pulumi", ofStack(args), { detached: true });
    const watch = setInterval(() => {
      if (!isSo()) return;
      clearInterval(watch);
      process.kill(-Number(child.pid), "SIGINT");
    }, 20);
    return outcome(child).finally(() => clearInterval(watch));
  }

  #run(command: string, args: string[]): Promise<Run> {
    return outcome(this.#start(command, args, {}));
  }

  /** Pulumi and all that it started, ended without a word as soon as it is so. */
  async killedWhen(isSo: () => boolean, ...args: string[]): Promise<void> {
    // With a process group of its own, which ends as a whole.
    const child = this.#start("pulumi", ofStack(args), { detached: true });
    const ended = new Promise((done, fail) => child.on("error", fail).on("close", done));
    for (child.stdout.resume(), child.stderr.resume(); !isSo(); ) {
      if (child.exitCode !== null) throw new Error(`pulumi ${args[0]} ended by itself, with ${child.exitCode}.`);
      await new Promise((done) => setTimeout(done, 20));
    }
    process.kill(-Number(child.pid), "SIGKILL");
    await ended;
  }

  #start(command: string, args: string[], options: { detached?: true }) {
    return spawn(command, args, {
      cwd: this.directory,
      env: this.env,
      stdio: ["ignore", "pipe", "pipe"],
      ...options,
    });
  }

  up = (...args: string[]) => this.pulumi("up", "--yes", "--skip-preview", ...args);
  preview = (...args: string[]) => this.pulumi("preview", "--diff", ...args);
  refresh = (...args: string[]) => this.pulumi("refresh", "--yes", "--skip-preview", ...args);
  destroy = (...args: string[]) => this.pulumi("destroy", "--yes", "--skip-preview", ...args);

  /** What Pulumi has recorded, without the stack itself and the provider. */
  async resources(
    ofPackage = front === "plugin" ? "azure-backup:index" : "pulumi-nodejs:dynamic",
  ): Promise<Resource[]> {
    // Read where the file backend keeps it: `pulumi stack export` says the same, and is a process more.
    const file = join(this.directory, "state/.pulumi/stacks/vaults/dev.json");
    const all: Resource[] = JSON.parse(readFileSync(file, "utf8")).checkpoint.latest?.resources ?? [];
    return all.filter(({ type }) => type.startsWith(ofPackage));
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** What a test that fails shows: scripts/jest/environment.cjs. */
const worker = globalThis as typeof globalThis & { commandsOfTest: string[] };

async function outcome(child: ChildProcessByStdio<null, Readable, Readable>): Promise<Run> {
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (output += text));
  const code = await new Promise<number>((done, fail) => {
    child.on("error", fail).on("close", (exit) => done(exit ?? 1));
  });
  worker.commandsOfTest.push(`${child.spawnargs.join(" ")} ended with ${code}:\n${output}`);
  return { code, output };
}

function ofStack(args: string[]): string[] {
  const ofNone = ["plugin", "package"].includes(args[0] ?? "");
  const stack = ofNone ? [] : ["--stack", "dev"];
  return [...args, ...stack, "--non-interactive", "--color", "never"];
}

/** What `pulumi stack init` writes for a stack whose secrets `programs.cjs` keeps. */
const initialized = {
  "Pulumi.dev.yaml": `secretsprovider: hashivault://tests\nencryptedkey: ${base64(`vault:v1:${base64("k".repeat(32))}`)}\n`,
  "state/.pulumi/meta.yaml": "version: 1\n",
  "state/.pulumi/stacks/vaults/dev.json": '{ "version": 3, "checkpoint": { "stack": "organization/vaults/dev" } }',
};

export async function newStack(azureEnv: Record<string, string>): Promise<Stack> {
  const stack = new Stack(azureEnv, await programs());
  for (const [file, content] of Object.entries(initialized)) {
    mkdirSync(dirname(join(stack.directory, file)), { recursive: true });
    writeFileSync(join(stack.directory, file), content);
  }
  return stack;
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}
