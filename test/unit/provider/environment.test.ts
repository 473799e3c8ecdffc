import assert from "node:assert/strict";
import { test } from "node:test";
import { environmentBaseUrl, environmentValue } from "../../../src/provider/environment.ts";

test("a variable is trimmed, and a blank one counts as unset", () => {
  assert.equal(environmentValue({ A: " x \n" }, "A"), "x");
  for (const env of [{}, { A: "" }, { A: " \t\n" }]) assert.equal(environmentValue(env, "A"), undefined);
});

test("OPENAI_BASE_URL is taken as it is, and before the other", () => {
  for (const url of ["https://a.example", "https://a.example/", "https://a.example/x?y=1"]) {
    assert.deepEqual(environmentBaseUrl({ OPENAI_BASE_URL: url, OPENAI_API_URL: "https://b.example" }), {
      variable: "OPENAI_BASE_URL",
      url,
    });
  }
  assert.equal(environmentBaseUrl({ OPENAI_BASE_URL: " ", OPENAI_API_URL: "" }), undefined);
});

test("OPENAI_API_URL gets /v1 where it has no path, and nothing else", () => {
  const cases: [string, string][] = [
    ["https://b.example", "https://b.example/v1"],
    ["https://b.example/", "https://b.example/v1"],
    ["https://b.example//", "https://b.example/v1"],
    ["http://localhost:8080", "http://localhost:8080/v1"],
    ["https://b.example?q=1", "https://b.example/v1?q=1"],
    ["https://b.example/?q=1", "https://b.example/v1?q=1"],
    ["HTTPS://B.example", "HTTPS://B.example/v1"],
    ["https://b.example/v1", "https://b.example/v1"],
    ["https://b.example/v1/", "https://b.example/v1/"],
    ["https://b.example/openai", "https://b.example/openai"],
    ["b.example", "b.example"],
  ];
  for (const [given, url] of cases) {
    assert.deepEqual(environmentBaseUrl({ OPENAI_BASE_URL: "", OPENAI_API_URL: given }), {
      variable: "OPENAI_API_URL",
      url,
    });
  }
});
