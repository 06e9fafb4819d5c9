import { operation } from "../../../http/operation.js";
import { ok } from "../../../http/reply.js";
import { newVersion } from "../../keys/newVersion.js";
import { expiryAfter } from "./duration.js";
import { keyPath, requireKey } from "./path.js";
import { showKey } from "./show.js";

/** By hand: the emulator does not rotate keys by itself when their time has come. */
export const rotate = operation({
  name: "RotateKey",
  method: "POST",
  path: `${keyPath}/rotate`,
  answer(call) {
    const { store, key, version: before } = requireKey(call);
    const exp = expiryAfter(key.rotationPolicy?.attributes?.expiryTime, call.now);
    const { kty, keySize, curveName, keyOps, tags } = before;
    const attributes = { enabled: true, ...(exp !== undefined && { exp }) };
    const version = newVersion(store, { kty, keySize, curveName, keyOps, tags, attributes }, call.now);
    key.versions.push(version);
    return ok(showKey(store, key, version));
  },
});
