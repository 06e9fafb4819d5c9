import { createRequire } from "node:module";

/**
 * Loads a module from Pulumi's SDK, with that SDK's own copies of gRPC and Protocol Buffers: other copies, even of the same
 * version, do not accept its messages and credentials. The SDK that this package was installed with comes first: a plugin
 * brings its own, and serves programs that have none or a very old one.
 */
export function fromPulumi(name: string) {
  return requireFromPulumi(name);
}

let loaded: NodeJS.Require | undefined;

function requireFromPulumi(name: string) {
  loaded ??= createRequire(pulumiPackage());
  return loaded(name);
}

function pulumiPackage(): string {
  const sdk = "@pulumi/pulumi/package.json";
  try {
    return require.resolve(sdk);
  } catch {
    return createRequire(`${process.cwd()}/_`).resolve(sdk);
  }
}
