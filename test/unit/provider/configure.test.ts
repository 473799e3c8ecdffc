import assert from "node:assert/strict";
import { test } from "node:test";
import { UNKNOWN } from "../../../src/cty/index.ts";
import { Diagnostics } from "../../../src/framework/index.ts";
import { configure } from "../../../src/provider/configure.ts";
import { accessOf, atFirstRead, configured, providerConfig, texts, validated } from "./support.ts";

test("a provider block without anything is valid, and so is one of all arguments", () => {
  assert.deepEqual(validated({}), []);
  const all = {
    api_key: "sk-a",
    organization: "org-a",
    project: "proj_a",
    base_url: "https://gateway.example/v1",
    allow_http: false,
    headers: new Map([["X-Team", "a"]]),
    query: new Map([["audit", "1"]]),
    timeout: "90s",
    max_retries: 3,
  };
  assert.deepEqual(validated(all), []);
  const access = accessOf(configured(all));
  assert.ok(!Array.isArray(access));
  assert.equal(access.baseUrl, "https://gateway.example/v1");
  assert.equal(access.keySource, "provider");
});

test("the base URL is the argument's, then each variable's, then OpenAI's", () => {
  const urlOf = (given: string | null, env: NodeJS.ProcessEnv) => {
    const access = accessOf(configured({ api_key: "sk-a", base_url: given }, env));
    assert.ok(!Array.isArray(access));
    return access.baseUrl;
  };
  const env = { OPENAI_BASE_URL: "https://b.example/api", OPENAI_API_URL: "https://c.example" };
  assert.equal(urlOf("https://a.example/v9", env), "https://a.example/v9");
  assert.equal(urlOf(null, env), "https://b.example/api");
  assert.equal(urlOf(null, { ...env, OPENAI_BASE_URL: " " }), "https://c.example/v1");
  assert.equal(urlOf(null, {}), "https://api.openai.com/v1");
  assert.equal(urlOf("https://a.example//api//?key=secret", {}), "https://a.example/api");
});

test("a bad base URL is an error at the argument, with what is accepted and what was given", () => {
  const cases: [string, RegExp][] = [
    ["", /blank/],
    ["api.openai.com/v1", /absolute/],
    ["ftp://api.openai.com", /https:\/\/ or http:\/\//],
    ["https://", /host/],
    ["https://a.example:99999", /port/],
    ["https://user:hunter22@a.example", /user name or password/],
    ["https://a.example/#x", /fragment/],
    ["https://a.example/a b", /white space/],
    ["http://a.example/v1", /allow_http = true/],
    ["http://a.example:8080/openai/deployments/gpt-4o", /allow_http = true/],
    ["https://a.example:hunter22/v1", /host/],
    ["https://a.example/v1?key=hunter22#x", /fragment/],
    ["http://a.example/hunter22/v1", /allow_http = true/],
    ["http://a.example/v1?hunter22", /allow_http = true/],
    ["sk-hunter22hunter22hunter22", /absolute/],
  ];
  for (const [url, why] of cases) {
    const [error, ...more] = validated({ base_url: url });
    // Terraform prints the line that an error points at.
    const place = url.includes("hunter22") ? /^block: Invalid/ : /^base_url: Invalid/;
    assert.match(error ?? "", place);
    assert.match(error ?? "", / value for "base_url": /);
    assert.match(error ?? "", why);
    assert.doesNotMatch(error ?? "", /hunter22/);
    assert.deepEqual(more, []);
  }
});

test("a bad base URL of the environment is an error of the first read, which names the variable", () => {
  const env = { OPENAI_API_KEY: "sk-a" };
  for (const variable of ["OPENAI_BASE_URL", "OPENAI_API_URL"]) {
    const [error, ...more] = atFirstRead({}, { ...env, [variable]: "nonsense?key=hunter22" });
    assert.ok(error?.startsWith(`block: Invalid ${variable}: `), error);
    assert.ok(error?.includes(`in the environment variable ${variable}`), error);
    assert.doesNotMatch(error ?? "", /hunter22/);
    assert.deepEqual(more, []);
    assert.deepEqual(atFirstRead({ base_url: "https://a.example" }, { ...env, [variable]: "nonsense" }), []);
  }
  const url = "http://a.example/v1";
  assert.match(atFirstRead({}, { ...env, OPENAI_BASE_URL: url })[0] ?? "", /allow_http = true/);
  assert.deepEqual(atFirstRead({ allow_http: true }, { ...env, OPENAI_BASE_URL: url }), []);
});

test("http is for this machine, unless allowed, or perhaps allowed once that is known", () => {
  for (const url of ["http://localhost:1/v1", "http://127.0.0.1", "http://[::1]:8080/v1"]) {
    assert.deepEqual(validated({ base_url: url }), []);
  }
  const base_url = "http://gateway.example/v1";
  assert.equal(validated({ base_url }).length, 1);
  assert.equal(validated({ base_url, allow_http: false }).length, 1);
  assert.deepEqual(validated({ base_url, allow_http: true }), []);
  assert.deepEqual(validated({ base_url, allow_http: UNKNOWN }), []);
});

test("OPENAI_MAX_RETRIES must be a number from 0 to 20 at the first read, where the argument is left out", () => {
  const env = (text: string) => ({ OPENAI_API_KEY: "sk-a", OPENAI_MAX_RETRIES: text });
  for (const text of ["0", "4", "20", " 7 "]) assert.deepEqual(atFirstRead({}, env(text)), []);
  for (const text of ["-1", "21", "1.5", "many", "0x3", "1e1"]) {
    const [error] = atFirstRead({}, env(text));
    assert.ok(error?.startsWith("block: Invalid OPENAI_MAX_RETRIES: "), text);
    assert.ok(error?.includes("from 0 to 20, for example 4"), error);
    assert.ok(error?.includes(`Given: ${JSON.stringify(text)}`), error);
    assert.deepEqual(atFirstRead({ max_retries: 2 }, env(text)), []);
  }
});

test("a variable that no header can carry is an error without its value, unless it is not sent", () => {
  const cases = [
    ["OPENAI_API_KEY", { api_key: "sk-own" }],
    ["OPENAI_ORG_ID", { organization: "org-own" }],
    ["OPENAI_PROJECT_ID", { project: "proj_own" }],
  ] as const;
  for (const [name, own] of cases) {
    const env = { OPENAI_API_KEY: "sk-a", [name]: "sk-hunter22\nX-Evil: 1" };
    const [error, ...more] = atFirstRead({}, env);
    assert.ok(error?.startsWith(`block: Invalid ${name}: `), error);
    assert.doesNotMatch(error ?? "", /hunter22/);
    assert.deepEqual(more, []);
    assert.deepEqual(atFirstRead(own, env), []);
    const azure = { base_url: "https://azure.example/v1", headers: new Map([["api-key", "azure"]]) };
    assert.deepEqual(atFirstRead(azure, env), [], "what is not sent need not be right");
    const good = { OPENAI_API_KEY: "sk-a", [name]: "sk-good\n" };
    assert.deepEqual(atFirstRead({}, good), [], "a line break at the end is trimmed");
  }
});

test("everything that is wrong with the environment is reported at once", () => {
  const errors = atFirstRead(
    {},
    { OPENAI_BASE_URL: "nonsense", OPENAI_MAX_RETRIES: "x", OPENAI_API_KEY: "a\nb" },
  );
  assert.deepEqual(
    errors.map((error) => error.split(": ")[1]),
    ["Invalid OPENAI_BASE_URL", "Invalid OPENAI_MAX_RETRIES", "Invalid OPENAI_API_KEY"],
  );
});

test("Configure repeats the errors of validate, makes nothing then, and leaves the environment to the first read", () => {
  const diagnostics = new Diagnostics();
  const config = providerConfig({ base_url: "nonsense" });
  const result = configure({ config, terraformVersion: "1.11.4", diagnostics }, { OPENAI_MAX_RETRIES: "x" });
  assert.equal(result, diagnostics);
  assert.equal(texts(diagnostics).length, 1);
});

test("unknown values are accepted by Configure, whichever they are", () => {
  for (const name of [
    "api_key",
    "organization",
    "project",
    "base_url",
    "allow_http",
    "headers",
    "query",
    "timeout",
    "max_retries",
  ]) {
    configured({ [name]: UNKNOWN });
  }
});
