import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ok, operation, type Reply } from "../arm/operation.js";
import type { Azure } from "../azure/azure.js";
import type { Reached } from "../control/clients.js";
import { worldView } from "./view.js";

/** A page that shows what is in the emulator now, and what it shows as JSON. */
export function pageOperations(azure: Azure, reached: () => Reached) {
  const script = readFileSync(join(__dirname, "script.mjs"), "utf8");
  return [
    operation({ name: "Page", method: "GET", path: "/", answer: () => text("text/html", html) }),
    operation({ name: "Style", method: "GET", path: "/emulator/page.css", answer: () => text("text/css", style) }),
    operation({
      name: "Script",
      method: "GET",
      path: "/emulator/page.js",
      answer: () => text("text/javascript", script),
    }),
    operation({
      name: "World",
      method: "GET",
      path: "/emulator/world",
      answer: () => ok(worldView(azure, reached())),
    }),
  ];
}

/** Names come from whoever sends a request: should one ever get into the page as code, it would not run. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; " +
  "form-action 'none'; frame-ancestors 'none'";

function text(type: string, content: string): Reply {
  return {
    status: 200,
    headers: { "Content-Type": `${type}; charset=utf-8`, "Content-Security-Policy": policy },
    body: content,
    isText: true,
  };
}

/** What the page's script fills. */
const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Azure Backup emulator</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/emulator/page.css">
<script type="module" src="/emulator/page.js"></script>
</head>
<body>
<header>
<h1>Azure Backup emulator</h1>
<p id="summary"></p>
<p id="status" role="status">Reading…</p>
</header>
<main id="main"></main>
<noscript><p>This page needs JavaScript. The same as JSON: <a href="/emulator/world">/emulator/world</a>.</p></noscript>
</body>
</html>
`;

const style = `
:root {
  color-scheme: light dark;
  --text: light-dark(#1b1f24, #e6e9ee);
  --quiet: light-dark(#5a6472, #9aa4b2);
  --ground: light-dark(#f6f7f9, #14171c);
  --panel: light-dark(#ffffff, #1c2027);
  --line: light-dark(#dde1e7, #323944);
  --accent: light-dark(#0b5cad, #7ab8f5);
  --good: light-dark(#1a6b36, #7fd19b);
  --bad: light-dark(#a32020, #ff9c94);
  --busy: light-dark(#7d5200, #f0c36a);
  font: 15px/1.45 system-ui, sans-serif;
}
* { box-sizing: border-box; }
body { margin: 0; color: var(--text); background: var(--ground); }
header { padding: 1.2rem clamp(1rem, 3vw, 2.5rem) 0.4rem; }
h1 { margin: 0; font-size: 1.35rem; letter-spacing: -0.01em; }
header p { margin: 0.15rem 0 0; color: var(--quiet); }
#status::before { content: "●"; margin-right: 0.4rem; color: var(--busy); }
#status.live::before { color: var(--good); }
#status.lost::before { color: var(--bad); }
main { padding: 0 clamp(1rem, 3vw, 2.5rem) 3rem; }
section { margin-top: 1.4rem; }
h2 { margin: 0 0 0.5rem; font-size: 1.05rem; }
h2 small { color: var(--quiet); font-weight: normal; }
.panel { overflow-x: auto; background: var(--panel); border: 1px solid var(--line); border-radius: 8px; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: 0.45rem 0.8rem; text-align: left; vertical-align: top; border-top: 1px solid var(--line); }
thead th { border-top: 0; color: var(--quiet); font-size: 0.85rem; font-weight: 600; white-space: nowrap; }
tbody th { min-width: 9rem; font-weight: 600; }
#requests td:last-child { max-width: 15rem; }
td, tbody th { overflow-wrap: break-word; max-width: 34rem; }
td code { overflow-wrap: anywhere; }
.quiet { color: var(--quiet); font-weight: normal; }
.good { color: var(--good); }
.bad { color: var(--bad); }
.busy { color: var(--busy); }
.number { font-variant-numeric: tabular-nums; white-space: nowrap; }
.empty { margin: 0; padding: 0.8rem; color: var(--quiet); }
code, pre { font: 0.87em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
pre { margin: 0.4rem 0; padding: 0.7rem; white-space: pre-wrap; overflow-wrap: anywhere; background: var(--ground); border-radius: 6px; }
details > summary { cursor: pointer; color: var(--accent); }
details > summary:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
ul { margin: 0.2rem 0; padding-left: 1.1rem; }
.settings { display: grid; grid-template-columns: max-content 1fr; gap: 0 0.8rem; margin: 0; }
.settings dt { color: var(--quiet); }
.settings dd { margin: 0; overflow-wrap: anywhere; }
#connect details { padding: 0.45rem 0.8rem; border-top: 1px solid var(--line); }
#connect details:first-child { border-top: 0; }
`;
