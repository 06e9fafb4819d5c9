import type { OperationOptions } from "../http/deadline.js";
import type { HttpResponse } from "../http/http.js";
import type { ArmClient, ServiceClient } from "./armClient.js";

/**
 * A client that reads nothing twice: whoever asks again, or meanwhile, shares the response. Failures are not kept.
 *
 * @param maxAgeMs how long ago the shared response may have been asked for
 */
export function readOnce(client: ArmClient, maxAgeMs = Number.POSITIVE_INFINITY): ReadingClient {
  const responses = new Map<string, { at: number; path: string; response: Promise<HttpResponse> }>();

  function once(key: string, path: string, read: () => Promise<HttpResponse>): Promise<HttpResponse> {
    const known = responses.get(key);
    if (known && Date.now() - known.at <= maxAgeMs) return known.response;
    const mine = { at: Date.now(), path: path.toLowerCase(), response: read() };
    responses.set(key, mine);
    mine.response.catch(() => responses.get(key) === mine && responses.delete(key));
    return mine.response;
  }

  const reading = (service: ServiceClient, place: string): ServiceClient => ({
    send(request, options) {
      const { method, path, query, apiVersion } = request;
      if (method !== "GET") return service.send(request, options);
      const key = JSON.stringify([place, path.toLowerCase(), query, apiVersion]);
      return once(key, path, () => service.send(request, options));
    },
    forward: (request, ...more) =>
      request.method === "GET"
        ? once(request.url.toLowerCase(), pathIn(request.url), () => service.forward(request, ...more))
        : service.forward(request, ...more),
    getLink: (url, operation, options) => once(url, pathIn(url), () => service.getLink(url, operation, options)),
  });

  return {
    ...client,
    ...reading(client, ""),
    managedHsm: (hsmUri, scope) => reading(client.managedHsm(hsmUri, scope), `${hsmUri} ${scope}`),
    forget(under) {
      const start = under.toLowerCase();
      for (const [key, { path }] of responses) if (path.startsWith(start)) responses.delete(key);
    },
  };
}

export interface ReadingClient extends ArmClient {
  /** What is read below this path is asked for again. */
  forget(under: string): void;
}

const pathIn = (url: string): string => (URL.canParse(url) ? new URL(url).pathname : (url.split("?", 1)[0] ?? url));

type ReadAt<T> = (path: string, options: OperationOptions) => Promise<T>;

/**
 * Shares one read of a path among all who asked for it before it began. A run that creates a thousand vaults in one group
 * would otherwise read a thousand lists of a thousand. Who comes while it is under way gets the next one: what it is to
 * prove may have happened since.
 */
export function shareNext<T>(read: ReadAt<T>): ReadAt<T> {
  const latest = new Map<string, { begun: boolean; result: Promise<T> }>();

  return async (path, options) => {
    const key = path.toLowerCase();
    const turn = latest.get(key);
    if (!turn || turn.begun) {
      const before = turn?.result;
      const mine = { begun: false, result: Promise.resolve() as Promise<unknown> as Promise<T> };
      mine.result = (async () => {
        await before?.catch(() => {});
        mine.begun = true;
        return read(path, options);
      })();
      const forget = () => latest.get(key) === mine && latest.delete(key);
      mine.result.then(forget, forget);
      latest.set(key, mine);
      return mine.result;
    }
    // The one who began it may have had less time, or another failure of its own.
    return turn.result.catch(() => read(path, options));
  };
}
