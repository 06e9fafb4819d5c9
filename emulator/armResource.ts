/** A resource as Resource Manager shows it. */
// biome-ignore lint/suspicious/noExplicitAny: resource bodies are Azure's JSON, of any shape
export type ArmResource = Record<string, any>;
