const { sep } = require("node:path");
const { default: TestSequencer } = require("@jest/test-sequencer");

/** The directories of the tests that take longest. */
const first = ["engine", "faults"].map((name) => `${sep}test${sep}${name}${sep}`);

/**
 * Jest starts with the files that took longest the last time, so that no worker is left with one at the end. Where it has
 * not seen them yet, it goes by their size, which says nothing of how long a few Pulumi commands take.
 */
module.exports = class LongestFirst extends TestSequencer {
  /** @param {import("@jest/test-result").Test[]} tests */
  sort(tests) {
    /** @param {import("@jest/test-result").Test} test */
    const turn = ({ path }) => (first.findIndex((directory) => path.includes(directory)) + 3) % 3;
    const sorted = super.sort(tests);
    return sorted.some(({ duration }) => duration !== undefined) ? sorted : sorted.sort((a, b) => turn(a) - turn(b));
  }
};
