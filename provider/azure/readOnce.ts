import type { ArmClient, ServiceClient } from "./armClient.js";
import type { HttpResponse } from "./http.js";

/** A client that reads nothing twice: whoever asks again, or meanwhile, shares the answer. Failures are not kept. */
export function readOnce(client: ArmClient): ArmClient {
  const answers = new Map<string, Promise<HttpResponse>>();

  function once(key: string, read: () => Promise<HttpResponse>): Promise<HttpResponse> {
    const known = answers.get(key);
    if (known) return known;
    const answer = read();
    answers.set(key, answer);
    answer.catch(() => answers.delete(key));
    return answer;
  }

  const reading = (service: ServiceClient, place: string): ServiceClient => ({
    send(request, within) {
      const { method, path, query, apiVersion } = request;
      if (method !== "GET") return service.send(request, within);
      return once(JSON.stringify([place, path.toLowerCase(), query, apiVersion]), () => service.send(request, within));
    },
    forward: (request, within) =>
      request.method === "GET"
        ? once(request.url.toLowerCase(), () => service.forward(request, within))
        : service.forward(request, within),
    getLink: (url, operation, within) => once(url, () => service.getLink(url, operation, within)),
  });

  return {
    ...client,
    ...reading(client, ""),
    managedHsm: (hsmUri, scope) => reading(client.managedHsm(hsmUri, scope), `${hsmUri} ${scope}`),
  };
}
