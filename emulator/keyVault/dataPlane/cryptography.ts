import { constants, createPublicKey, privateDecrypt, publicEncrypt } from "node:crypto";
import { ArmError } from "../../arm/armError.js";
import { ok, operation } from "../../arm/operation.js";
import type { KeyVersion } from "../../state/keyRecords.js";
import { badParameter, keyBody, requireKey, versionPaths } from "./request.js";
import { kidOf, privateKeyOf } from "./showKey.js";

type Use = "encrypt" | "decrypt" | "wrapKey" | "unwrapKey";

/** https://learn.microsoft.com/azure/key-vault/keys/about-keys-details#wrapkeyunwrapkey-encryptdecrypt */
const paddings: Record<string, { padding: number; oaepHash?: string }> = {
  RSA1_5: { padding: constants.RSA_PKCS1_PADDING },
  "RSA-OAEP": { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: "sha1" },
  "RSA-OAEP-256": { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: "sha256" },
};

/** Encrypting and wrapping are the same to an RSA key, but allowed one by one. */
export const uses = (["encrypt", "decrypt", "wrapKey", "unwrapKey"] as const).flatMap((use) =>
  versionPaths.map((path) =>
    operation({
      name: use,
      method: "POST",
      path: `${path}/${use.toLowerCase()}` as typeof path,
      answer(call) {
        const { store, key, version } = requireKey(call);
        const { alg, value } = keyBody(call.request, { alg: "string", value: "string" });
        refuseUse(version, use, call.now);
        const padding = version.kty.startsWith("RSA") ? paddings[alg] : undefined;
        if (padding === undefined) throw badParameter(`The algorithm '${alg}' is not supported by this key.`);
        const result = compute(version, use, padding, Buffer.from(value ?? "", "base64url"));
        return ok({ kid: kidOf(store, key, version), value: result.toString("base64url") });
      },
    }),
  ),
);

function compute(
  version: KeyVersion,
  use: Use,
  padding: { padding: number; oaepHash?: string },
  value: Buffer,
): Buffer {
  const key = privateKeyOf(version);
  try {
    if (use === "encrypt" || use === "wrapKey") return publicEncrypt({ key: createPublicKey(key), ...padding }, value);
    return privateDecrypt({ key, ...padding }, value);
  } catch {
    throw badParameter("The parameter is incorrect.");
  }
}

/** https://learn.microsoft.com/azure/key-vault/keys/about-keys-details#date-time-controlled-operations */
function refuseUse({ attributes, keyOps }: KeyVersion, use: Use, now: number): void {
  const seconds = now / 1000;
  const recovers = use === "decrypt" || use === "unwrapKey";
  if (!attributes.enabled) throw forbidden(`Operation ${use} is not allowed on a disabled key.`, "KeyDisabled");
  if (!keyOps.includes(use)) {
    throw forbidden(`Operation ${use} is not permitted on this key.`, "KeyOperationForbidden");
  }
  if (!recovers && attributes.nbf !== undefined && attributes.nbf > seconds) {
    throw forbidden(`Operation ${use} is not allowed on a key that is not yet valid.`, "KeyNotYetValid");
  }
  if (!recovers && attributes.exp !== undefined && attributes.exp <= seconds) {
    throw forbidden(`Operation ${use} is not allowed on an expired key.`, "KeyExpired");
  }
}

function forbidden(message: string, code: string): ArmError {
  return new ArmError(403, "Forbidden", message, { error: { innererror: { code } } });
}
