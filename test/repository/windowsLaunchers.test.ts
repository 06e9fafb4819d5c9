import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../scripts/lib/root.mjs";

// Nothing here runs on Windows. What can be told without it: how cmd.exe reads the two launchers.

const launchers = ["plugin", "scripts/plugin"].map((room) => `${room}/pulumi-resource-azure-backup.cmd`);
/** Where the launcher lies when it runs: an archive has its launcher beside `plugin`. */
const runsIn: Record<string, string> = { [launchers[0] ?? ""]: "plugin", [launchers[1] ?? ""]: "." };

describe.each(launchers)("%s", (launcher) => {
  const text = readFileSync(join(root, launcher), "utf8");
  const lines = text.split("\r\n");

  test("has the line ends of Windows, and characters that every code page has", () => {
    expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    expect(text).toMatch(/^[\r\n\x20-\x7e]+$/);
  });

  test("prints nothing of its own before the plugin's port", () => {
    expect(lines[0]).toBe("@echo off");
    const printing = lines.filter((line) => /\becho\b/.test(line) && line !== "@echo off");
    for (const line of printing) expect(line).toMatch(/ 1>&2$/);
  });

  test("starts the plugin beside it last, whatever its directory is called, so that the exit code is the plugin's", () => {
    const [last, after] = lines.slice(-2);
    const [, file = ""] = /^node "%~dp0([^"%]+)" %\*$/.exec(last ?? "") ?? [];
    expect(after).toBe("");
    expect(existsSync(join(root, runsIn[launcher] ?? "", file.replaceAll("\\", "/")))).toBe(true);
  });

  test("has no parenthesis in a text, which would end its block", () => {
    expect(lines.filter((line) => /[()]/.test(line))).toEqual(
      lines.filter((line) => line === "if errorlevel 1 (" || line === ")"),
    );
  });
});
