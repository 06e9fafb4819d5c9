/** A resource as Resource Manager shows it. */
// biome-ignore lint/suspicious/noExplicitAny: resource bodies are Azure's JSON, of any shape
export type ArmResource = Record<string, any>;

/** A resource with a location, settings and perhaps identities. */
export interface TrackedResource extends ArmResource {
  id: string;
  name: string;
  type: string;
  location: string;
  tags?: Record<string, string>;
  identity?: ArmResource;
  properties: ArmResource;
}
