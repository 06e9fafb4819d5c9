// Renews the documents' pictures: the test that reviews a real stack also takes a picture of the page.
import { join } from "node:path";
import { root } from "./lib/root.mjs";
import { start } from "./lib/start.mjs";

const jest = join(root, "node_modules/jest/bin/jest.js");
const tests = ["--selectProjects", "engine", "--testPathPatterns", "engine/review.test"];
process.exitCode = await start(process.execPath, [jest, ...tests], { ...process.env, PICTURES: "1" });
