const { writeSync } = require("node:fs");

/** Names in the last lines what was skipped, so that a run without a browser, Python or Go is not taken for a whole one. */
module.exports = class SkippedReporter {
  /** @param {import("@jest/types").Config.GlobalConfig} config */
  constructor(config) {
    this.someOnly = Boolean(config.testNamePattern);
  }

  /**
   * @param {unknown} _contexts
   * @param {import("@jest/test-result").AggregatedResult} results
   */
  onRunComplete(_contexts, { testResults: files }) {
    const skipped = files.flatMap(({ testFilePath, testResults }) =>
      testResults
        .filter(({ status }) => status === "pending" || status === "todo")
        .map(({ fullName }) => `  ${testFilePath.slice(testFilePath.lastIndexOf("/test/") + 1)}: ${fullName}`),
    );
    if (this.someOnly || skipped.length === 0) return;
    const title = "Skipped, for want of a program that the test needs (a browser, Python, Go or what they run):";
    // Jest's own summary comes after every other reporter.
    process.once("exit", () => writeSync(2, `\n${[title, ...skipped].join("\n")}\n`));
  }
};
