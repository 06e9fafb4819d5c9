// Reads what Jest wrote, prints `N passed, N failed`, and ends with the exit code of `npm test`: never with 0 when
// Jest ran no test.
import { readFileSync } from "node:fs";

const [file = "", exitCode = "1"] = process.argv.slice(2);

function jestResult() {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

const result = jestResult();
const passed = result?.numPassedTests ?? 0;
// A file that does not even load has no tests to count, and a run that never began has no files.
const failed = result ? result.numFailedTests + result.numRuntimeErrorTestSuites : 1;
const skipped = result ? result.numPendingTests + result.numTodoTests : 0;

console.log(`${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ""}`);
process.exitCode = Number(exitCode) || (passed === 0 || failed > 0 ? 1 : 0);
