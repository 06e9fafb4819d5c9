import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./root.mjs";

const goModule = readFileSync(join(root, "scripts/pulumi/engine/go.mod"), "utf8");

/** The version that is downloaded or built if the machine has none. */
export const pulumiVersion = /pulumi\/pkg\/v3 v(\S+)/.exec(goModule)?.[1] ?? "";

/** Older engines are not tested: this is the version of the oldest Node SDK that this package supports. */
export const oldest = { major: 3, minor: 216 };

export const installByHand = `install Pulumi ${oldest.major}.${oldest.minor} or later (https://www.pulumi.com/docs/install/), then run this again.`;
