// Renews the documents' pictures: the test that renders the review's page also takes its picture.
import { statSync } from "node:fs";
import { join } from "node:path";
import { root } from "./lib/root.mjs";
import { start } from "./lib/start.mjs";

const picture = join(root, "docs", "review.png");
const taken = () => statSync(picture, { throwIfNoEntry: false })?.mtimeMs;

const before = taken();
const command = [join(root, "node_modules/jest/bin/jest.js"), "--selectProjects", "fast"];
const code = await start(process.execPath, [...command, "--testPathPatterns", "review/rendered"], {
  ...process.env,
  PICTURES: "1",
});
// Without a browser, the test is skipped.
if (code === 0 && taken() === before) console.error("No picture was taken. Install Chromium or Chrome.");
process.exitCode = code || (taken() === before ? 1 : 0);
