import type { ArmClient, ServiceClient } from "./armClient.js";
import type { Answer } from "./http.js";

/** A client that reads nothing twice: whoever asks again, or meanwhile, shares the answer. Failures are not kept. */
export function readOnce(client: ArmClient): ArmClient {
  const answers = new Map<string, Promise<Answer>>();

  function once(key: string, read: () => Promise<Answer>): Promise<Answer> {
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
    carry: (request, within) =>
      request.method === "GET"
        ? once(request.url.toLowerCase(), () => service.carry(request, within))
        : service.carry(request, within),
    follow: (url, operation, within) => once(url, () => service.follow(url, operation, within)),
  });

  return {
    ...client,
    ...reading(client, ""),
    managedHsm: (hsmUri, scope) => reading(client.managedHsm(hsmUri, scope), `${hsmUri} ${scope}`),
  };
}
