import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "../../scripts/lib/root.mjs";

const examples = readdirSync(join(root, "examples"));
const folders = ["docs", "decisions", "emulator", "emulator/docs", ...examples.map((name) => `examples/${name}`)];
const documents = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", ...folders.flatMap(inFolder)];

function inFolder(folder: string): string[] {
  const names = readdirSync(join(root, folder)).filter((name) => name.endsWith(".md"));
  return names.map((name) => join(folder, name));
}

const textOf = (document: string) => readFileSync(join(root, document), "utf8");

/** What a pattern's first group finds in the documents, each under the name of its document. */
const found = (pattern: RegExp): [document: string, name: string][] =>
  documents.flatMap((document) =>
    [...textOf(document).matchAll(pattern)].map((match) => [document, match[1] ?? ""] as [string, string]),
  );

test("every link of a document leads to a file", () => {
  const links = found(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g);
  expect(links.length).toBeGreaterThan(0);
  expect(links.filter(([document, target]) => !existsSync(join(root, dirname(document), target)))).toEqual([]);
});

test("every link to a section leads to a heading", () => {
  const links = found(/\]\((?!https?:)([^)#]*#[^)]+)\)/g).map(([document, link]) => {
    const [file = "", section = ""] = link.split("#");
    return { document: file ? join(dirname(document), file) : document, section, link };
  });
  expect(links.length).toBeGreaterThan(0);
  expect(links.filter(({ document, section }) => !sectionsOf(document).includes(section))).toEqual([]);
});

/** As GitHub names them. */
const sectionsOf = (document: string): string[] =>
  [...textOf(document).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\w\s-]/g, "")
      .replace(/ /g, "-"),
  );

test("every npm script that a document names is there", () => {
  const scripts = Object.keys(JSON.parse(textOf("package.json")).scripts);
  const named = found(/npm run (?:--silent )?([a-z]+)/g);
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter(([, name]) => !scripts.includes(name))).toEqual([]);
});

test("every file of the repository that a document names is there", () => {
  const paths = found(/`((?:provider|emulator|scripts|test|docs|decisions|examples|bench)\/[\w./-]*)`/g);
  expect(paths.length).toBeGreaterThan(0);
  expect(paths.filter(([, path]) => !existsSync(join(root, path)))).toEqual([]);
});

test("every example is in the README", () => {
  const readme = textOf("README.md");
  expect(examples.filter((name) => !readme.includes(`examples/${name}`))).toEqual([]);
});
