import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../../scripts/lib/root.mjs";

const nothing = {
  numPassedTests: 0,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  numRuntimeErrorTestSuites: 0,
};

test("what passed, failed and was skipped is counted in the last line", () => {
  expect(count({ ...nothing, numPassedTests: 12 }, 0)).toEqual({ line: "12 passed, 0 failed", code: 0 });
  expect(count({ ...nothing, numPassedTests: 12, numFailedTests: 2, numPendingTests: 1, numTodoTests: 1 }, 1)).toEqual({
    line: "12 passed, 2 failed, 2 skipped",
    code: 1,
  });
});

test("a test file that cannot be loaded counts as a failure", () => {
  const result = { ...nothing, numPassedTests: 3, numRuntimeErrorTestSuites: 1 };
  expect(count(result, 1)).toEqual({ line: "3 passed, 1 failed", code: 1 });
});

test("a failed static check fails the run although every test passed", () => {
  expect(count({ ...nothing, numPassedTests: 3 }, 1)).toEqual({ line: "3 passed, 0 failed", code: 1 });
});

test("a run without a single test is a failure, whatever npm says", () => {
  expect(count(nothing, 0)).toEqual({ line: "0 passed, 0 failed", code: 1 });
  expect(count(undefined, 0)).toEqual({ line: "0 passed, 1 failed", code: 1 });
});

test("what was skipped is named after everything else that Jest says", () => {
  const results = [
    {
      testFilePath: "/somewhere/test/emulator/page.test.ts",
      testResults: [
        { fullName: "the page shows it", status: "pending" },
        { fullName: "there is a page", status: "passed" },
      ],
    },
  ];
  expect(skippedIn({}, results).split("\n").slice(-2)).toEqual([
    "Skipped, for want of a program that the test needs (a browser, Python, Go or what they run):",
    "  test/emulator/page.test.ts: the page shows it",
  ]);
  expect(skippedIn({}, [])).toBe("the summary");
  expect(skippedIn({ testNamePattern: "there" }, results)).toBe("the summary");
});

function skippedIn(config: object, testResults: object[]): string {
  const script = `const Reporter = require(${JSON.stringify(join(root, "scripts/jest/skipped.cjs"))});
    new Reporter(${JSON.stringify(config)}).onRunComplete([], ${JSON.stringify({ testResults })});
    console.error("the summary");`;
  return spawnSync(process.execPath, ["-e", script], { encoding: "utf8" }).stderr.trim();
}

/** `undefined`: Jest did not get so far as to write a result. */
function count(result: object | undefined, exitCode: number) {
  const directory = mkdtempSync(join(tmpdir(), "test-count-"));
  const file = join(directory, "jest.json");
  if (result) writeFileSync(file, JSON.stringify(result));
  const { stdout, status } = spawnSync(process.execPath, [join(root, ".ci/count.mjs"), file, String(exitCode)], {
    encoding: "utf8",
  });
  rmSync(directory, { recursive: true });
  return { line: stdout.trim(), code: status };
}
