import * as status from "./get.js";
import * as results from "./results.js";

export const operationStatus = [
  status.getBelowVault,
  status.getBelowGroup,
  status.getBelowGroupOnly,
  status.getBelowSubscription,
  results.getBelowVault,
  results.getBelowSubscription,
];
