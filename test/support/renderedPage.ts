import { readFileSync } from "node:fs";
import { join } from "node:path";
import markdownIt from "markdown-it";
import { testTools } from "../../scripts/lib/testTools.mjs";
import { type Browser, type Page, startBrowser } from "./browser.js";

/** A page in Markdown as a platform shows it: with HTML in it, in the platform's style. */
export async function renderedPage(browser: Browser, page: string): Promise<Page> {
  const tab = await browser.newPage();
  const body = markdownIt({ html: true }).render(page);
  await tab.setContent(`<!doctype html><meta charset="utf-8"><style>${style}</style><main>${body}</main>`);
  return tab;
}

const style = `
  body { font: 14px/1.5 -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif, "Noto Emoji"; color: #1f2328; }
  main { max-width: 800px; margin: 24px auto; padding: 16px 24px; border: 1px solid #d1d9e0; border-radius: 6px; }
  table { border-collapse: collapse; display: block; overflow: auto; }
  th, td { border: 1px solid #d1d9e0; padding: 6px 13px; vertical-align: top; text-align: left; }
  th { font-weight: 600; } tr:nth-child(2n) td { background: #f6f8fa; }
  code { background: #f0f1f3; padding: 2px 5px; border-radius: 6px; font-size: 85%; }
  a { color: #0969da; text-decoration: none; } details { margin: 12px 0; } summary { cursor: pointer; }
`;

/** Takes a picture of a page, for the documents. */
export async function takePicture(page: string, path: string): Promise<void> {
  const browser = await startBrowser();
  try {
    const tab = await renderedPage(browser, page);
    await tab.evaluate(`document.head.append(Object.assign(document.createElement("style"), {
      textContent: ${JSON.stringify(emoji())} + "main { margin: 0 }" }))`);
    await tab.evaluate(
      "new Promise((later) => setTimeout(later, 200)).then(() => document.fonts.ready).then(() => true)",
    );
    await tab.locator("main").screenshot({ path });
  } finally {
    await browser.close();
  }
}

/** The browser has no emoji of its own; those of the headlines are in this part of the font, beside the digits. */
function emoji(): string {
  const font = join(testTools(), "@fontsource/noto-emoji/files/noto-emoji-2-400-normal.woff2");
  const source = `url(data:font/woff2;base64,${readFileSync(font, "base64")})`;
  return `@font-face { font-family: "Noto Emoji"; src: ${source}; unicode-range: U+2190-1ffff; }`;
}
