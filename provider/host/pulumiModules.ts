import { createRequire } from "node:module";

/**
 * Loads a module from Pulumi's SDK, with that SDK's own copies of gRPC and Protocol Buffers: other copies, even of the same
 * version, do not accept its messages and credentials. The SDK of the program comes first. A plugin may serve a program
 * that has none, and brings its own.
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
    return createRequire(`${process.cwd()}/_`).resolve(sdk);
  } catch {
    return require.resolve(sdk);
  }
}
