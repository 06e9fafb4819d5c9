import { chmodSync, copyFileSync } from "node:fs";
import { join } from "node:path";
import { buildFromGoModules, tail, whyNoGo } from "./goBuild.mjs";
import { NotReady } from "./notReady.mjs";
import { installByHand } from "./pulumiVersion.mjs";
import { root } from "./root.mjs";

/**
 * Builds Pulumi from its Go modules, for machines that can reach a Go module proxy but not Pulumi's download.
 *
 * The language host's present module is not published; the last release of the SDK that contains it serves today's engine
 * and SDK.
 *
 * @param {string} version
 * @param {string} directory
 */
export async function buildPulumi(version, directory) {
  const missing = await whyNoGo();
  if (missing) throw new NotReady(`Building Pulumi requires ${missing}, or ${installByHand}`);
  const sdk = "github.com/pulumi/pulumi/sdk/v3";
  // The Automation API refuses an engine that does not know its version.
  const flags = `-s -w -X ${sdk}/go/common/version.Version=v${version}`;
  const programs = [
    { module: "engine", name: "pulumi", path: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi" },
    { module: "languageHost", name: "pulumi-language-nodejs", path: `${sdk}/nodejs/cmd/pulumi-language-nodejs` },
  ];
  for (const { module, name, path } of programs) {
    const title = `Building ${name} ${version} from its Go modules, once for this machine`;
    const { code, output } = await buildFromGoModules({ title, module, path, flags, file: join(directory, name) });
    if (code !== 0)
      throw new NotReady(`${tail(output)}\nPulumi cannot be built on this machine, see above: ${installByHand}`);
  }
  const launcher = join(directory, "pulumi-resource-pulumi-nodejs");
  copyFileSync(join(root, "node_modules", "@pulumi", "pulumi", "pulumi-resource-pulumi-nodejs"), launcher);
  chmodSync(launcher, 0o755);
}
