import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { testTools } from "../../scripts/lib/testTools.mjs";

/** What the tests use of playwright-core's types, which are not installed beside this package. */
export interface Page {
  goto(url: string): Promise<unknown>;
  setContent(html: string): Promise<void>;
  locator(selector: string): { screenshot(options: { path: string }): Promise<unknown> };
  // biome-ignore lint/suspicious/noExplicitAny: whatever the page answers
  evaluate(expression: string): Promise<any>;
  on(event: "console" | "pageerror" | "request", listener: (what: Told) => void): void;
}

interface Told {
  text?(): string;
  type?(): string;
  url?(): string;
  message?: string;
}

export interface Browser {
  newPage(): Promise<Page>;
  close(): Promise<void>;
}

const playwright = join(testTools(), "playwright-core/package.json");
/** The browser of the test tools is made for Linux on x64. */
const hasBundled = process.platform === "linux" && process.arch === "x64";

/** Elsewhere one has to be installed. */
export const hasBrowser = existsSync(playwright) && (hasBundled || installed() !== undefined);

/** A headless browser. */
export async function startBrowser(): Promise<Browser> {
  const { chromium } = createRequire(playwright)("playwright-core");
  const launch = hasBundled ? bundled() : installed();
  const started = await chromium.launch({ headless: true, ...launch });
  const context = await started.newContext({ ignoreHTTPSErrors: true, viewport: { width: 1360, height: 900 } });
  return { newPage: () => context.newPage(), close: () => started.close() };
}

interface Launch {
  executablePath: string;
  args?: string[];
}

/** An ES module, which Jest does not load. */
function bundled(): Launch {
  const module = pathToFileURL(createRequire(join(testTools(), "x.js")).resolve("@sparticuz/chromium"));
  const script = `import chromium from ${JSON.stringify(module.href)};
    console.log(JSON.stringify({ executablePath: await chromium.executablePath(), args: chromium.args }));`;
  return JSON.parse(execFileSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" }));
}

function installed(): Launch | undefined {
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  const folders = (process.env.PATH ?? "").split(delimiter);
  const found = folders.flatMap((folder) => names.map((name) => join(folder, name))).find((file) => existsSync(file));
  return found === undefined ? undefined : { executablePath: found };
}
