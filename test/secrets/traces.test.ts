import { traces } from "./traces.js";

const secrets = { "the client secret": 'h~7Q~"not/a+secret' };
const [secret] = Object.values(secrets) as [string];
const base64 = (text: string) => Buffer.from(text).toString("base64");

test.each([
  ["as it is", `client_secret=${secret}&`],
  ["in a query", `client_secret=${encodeURIComponent(secret)}&`],
  ["in JSON", JSON.stringify({ secret })],
  ["in JSON in a log", JSON.stringify(JSON.stringify({ secret }))],
  ["as hexadecimal digits", Buffer.from(secret).toString("hex")],
  ["as base64", base64(secret)],
  ["as base64 after one character", base64(`:${secret}`)],
  ["as base64 among others", base64(`id:${secret}, and more`)],
])("a secret is found %s", (_, text) => {
  expect(traces(`... ${text} ...`, secrets)).toEqual(["the client secret"]);
});

test("a token is found, and what only looks like its beginning is not", () => {
  expect(traces("authorization: Bearer eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJhcm0ifQ.x", {})).toEqual(["a token"]);
  expect(traces("eyJ and more", {})).toEqual([]);
});
