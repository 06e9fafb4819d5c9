import { isCertificateProblem } from "./http.js";

/** What to do where there was no answer, by the network's code. */
export const connectionAdvice = (code: string): string =>
  isCertificateProblem(code)
    ? "Its certificate is not trusted: let NODE_EXTRA_CA_CERTS name the file of its certificate authority."
    : "Check the network and the proxy (HTTPS_PROXY, NO_PROXY).";
