import { chmodSync, copyFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { NotReady } from "./notReady.mjs";
import { step } from "./progress.mjs";
import { installByHand } from "./pulumiVersion.mjs";
import { root } from "./root.mjs";
import { run } from "./run.mjs";

const oldestGo = "1.25.11";

/**
 * Builds Pulumi from its Go modules, for machines that can reach a Go module proxy but not Pulumi's download.
 *
 * Each is built as a dependency of a module of ours, `scripts/pulumi/*`, which pins every module by its hash:
 * `go install` refuses Pulumi's modules because they have `replace` directives. The language host's present module
 * is not published; the last release of the SDK that contains it serves today's engine and SDK.
 *
 * @param {string} version
 * @param {string} directory
 */
export async function buildPulumi(version, directory) {
  const env = { HOME: homedir(), ...process.env };
  await checkGo(env);
  const sdk = "github.com/pulumi/pulumi/sdk/v3";
  // The Automation API refuses an engine that does not know its version.
  const flags = `-s -w -X ${sdk}/go/common/version.Version=v${version}`;
  const programs = [
    { module: "engine", name: "pulumi", path: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi", flags },
    { module: "languageHost", name: "pulumi-language-nodejs", path: `${sdk}/nodejs/cmd/pulumi-language-nodejs`, flags },
  ];
  for (const { module, name, path, flags } of programs) {
    await step(`Building ${name} ${version} from its Go modules, once for this machine`, async (tell) => {
      let modules = 0;
      let packages = 0;
      const how = "-v -mod=readonly -trimpath -buildvcs=false -modcacherw -tags osusergo,grpcnotrace".split(" ");
      const { code, output } = await run(
        "go",
        ["build", ...how, "-ldflags", flags, "-o", join(directory, name), path],
        {
          cwd: join(root, "scripts", "pulumi", module),
          env,
          onOutput(text) {
            for (const line of text.split("\n").filter(Boolean)) {
              if (line.startsWith("go: ")) modules++;
              else packages++;
            }
            tell(packages ? `${packages} packages compiled` : `${modules} modules fetched`);
          },
        },
      );
      if (code !== 0)
        throw new NotReady(`${tail(output)}\nPulumi cannot be built on this machine, see above: ${installByHand}`);
    });
  }
  const launcher = join(directory, "pulumi-resource-pulumi-nodejs");
  copyFileSync(join(root, "node_modules", "@pulumi", "pulumi", "pulumi-resource-pulumi-nodejs"), launcher);
  chmodSync(launcher, 0o755);
}

/** @param {NodeJS.ProcessEnv} env */
async function checkGo(env) {
  const inModule = { cwd: join(root, "scripts", "pulumi", "engine"), env };
  // Inside the module, so that a Go that downloads newer toolchains itself counts as new enough.
  const { code } = await run("go", ["env", "GOVERSION"], inModule);
  if (code === 0) return;
  const { code: missing, output } = await run("go", ["version"], { env });
  const found = missing ? "none is on PATH" : `this is ${output.trim()}`;
  throw new NotReady(
    `Building Pulumi requires Go ${oldestGo} or later, and ${found}. Get it from https://go.dev/dl/, or ${installByHand}`,
  );
}

/** @param {string} output */
const tail = (output) => output.trim().split("\n").slice(-20).join("\n");
