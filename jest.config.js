const shared = {
  testEnvironment: "node",
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  // Sources import "./x.js", as Node and TypeScript want it; the file is x.ts.
  moduleNameMapper: { "^(\\.{1,2}/.*)\\.js$": "$1" },
  moduleFileExtensions: ["js", "mjs", "cjs", "ts", "json", "node"],
  transform: {
    "^.+\\.(ts|mjs)$": ["@swc/jest", { jsc: { target: "es2022", parser: { syntax: "typescript" } } }],
  },
  // For hangs only: a busy machine may take many times as long as an idle one.
  testTimeout: 600_000,
};

/** @type {import("jest").Config} */
module.exports = {
  // One more than the two cores that the gate is meant for: most tests wait for a network or a process now and then.
  maxWorkers: 3,
  testTimeout: shared.testTimeout,
  projects: [
    { ...shared, displayName: "fast", testPathIgnorePatterns: ["/node_modules/", "<rootDir>/test/engine/"] },
    // Real Pulumi programs: they need the built package and the Pulumi toolchain.
    { ...shared, displayName: "engine", testMatch: ["<rootDir>/test/engine/**/*.test.ts"] },
  ],
};
