import { get } from "./get.js";
import { results } from "./results.js";

export const recoveryServicesOperations = [get, results];
