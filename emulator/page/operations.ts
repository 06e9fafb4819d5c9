import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Azure } from "../azure.js";
import type { Reached } from "../clients.js";
import { operation } from "../http/operation.js";
import { ok, type Reply } from "../http/reply.js";
import { html } from "./html.js";
import { style } from "./style.js";
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
