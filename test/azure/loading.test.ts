import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const room = join(__dirname, "../../provider/azure");

test("importing the gateway loads no library of Azure's", () => {
  const files = readdirSync(room, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
  const eager = files.flatMap((name) =>
    readFileSync(join(room, name), "utf8")
      .split("\n")
      .filter((line) => /^import (?!type )/.test(line) && /from "(?!node:|\.)/.test(line))
      .map((line) => `${name}: ${line}`),
  );
  expect(eager).toEqual([]);
});
