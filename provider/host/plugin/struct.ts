import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { fromPulumi } from "../pulumiModules.js";

type Properties = Record<string, unknown>;

/** The engine sends no properties at all for an import. */
export const fromStruct = (struct: Struct | undefined): Properties => (struct?.toJavaScript() as Properties) ?? {};

export function toStruct(properties: Properties): Struct {
  const { Struct } = fromPulumi("google-protobuf/google/protobuf/struct_pb");
  return Struct.fromJavaScript(properties);
}
