/** How messages call a request: `PUT backupVaults/payroll`. */
export function operationName(method: string, path: string): string {
  const [, afterProvider] = /.*\/providers\/[^/]+\/(.+)$/i.exec(path) ?? [];
  const [, inSubscription] = /^\/subscriptions\/[^/]+\/(.+)$/i.exec(path) ?? [];
  return `${method} ${afterProvider ?? inSubscription ?? path.replace(/^\//, "")}`;
}
