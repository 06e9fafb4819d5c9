/** A request as the operations see it, whichever way it came. */
export interface EmulatorRequest {
  method: string;
  /** As the client wrote it, without the query. */
  path: string;
  query: URLSearchParams;
  /** Lower-cased names. */
  headers: Record<string, string | undefined>;
  body: string;
  /** `https://127.0.0.1:port` as this client calls the emulator: answers name the same host. */
  origin: string;
  /** Where this client signs in: the emulator's own port, also for a request to a key vault's. */
  authority: string;
  /** The key vault or Managed HSM whose data plane is asked: `kv-payroll.vault.azure.net`. Else Resource Manager. */
  host?: string;
}
