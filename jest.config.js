const shared = {
  testEnvironment: "<rootDir>/scripts/jest/environment.cjs",
  runtime: "<rootDir>/scripts/jest/runtime.cjs",
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  moduleFileExtensions: ["js", "mjs", "cjs", "ts", "json", "node"],
  transform: {
    "^.+\\.ts$": ["@swc/jest", { jsc: { target: "es2022", parser: { syntax: "typescript" } } }],
  },
  // For hangs only: a busy machine may take many times as long as an idle one.
  testTimeout: 600_000,
};

/** @type {import("jest").Config} */
module.exports = {
  // One more than the two cores that the gate is meant for: most tests wait for a network or a process now and then.
  maxWorkers: 3,
  testTimeout: shared.testTimeout,
  testSequencer: "<rootDir>/scripts/jest/sequencer.cjs",
  reporters: ["default", "<rootDir>/scripts/jest/skipped.cjs"],
  projects: [
    { ...shared, displayName: "fast", testPathIgnorePatterns: ["/node_modules/", "<rootDir>/test/engine/"] },
    // Real Pulumi programs: they need the built package and the Pulumi toolchain.
    { ...shared, displayName: "engine", testMatch: ["<rootDir>/test/engine/**/*.test.ts"] },
    // The same stories as in "engine", where Pulumi's dynamic provider host serves the package's classes, with the plugin.
    {
      ...shared,
      displayName: "plugin",
      testMatch: ["<rootDir>/test/engine/bothFronts/*.test.ts"],
      testEnvironmentOptions: { env: { TEST_FRONT: "plugin" } },
    },
  ],
};
