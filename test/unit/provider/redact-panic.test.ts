import assert from "node:assert/strict";
import { test } from "node:test";
import { createLogger, Diagnostics } from "../../../src/framework/index.ts";
import { OpenAIProvider } from "../../../src/provider/openai-provider.ts";
import { openai } from "../../../src/provider/provider.ts";
import { redactPanic } from "../../../src/provider/redact-panic.ts";

const silent = createLogger("off", () => {});

test("a panic prints no key of the environment, however it is written, and no other key", () => {
  const key = "gateway-key-0123456789";
  const env = { OPENAI_API_KEY: key };
  const texts = [
    key,
    key.toUpperCase(),
    encodeURIComponent(JSON.stringify(key)),
    Buffer.from(key).toString("hex"),
  ];
  for (const text of [...texts, "sk-proj-somebodys"]) {
    const shown = redactPanic(`panic: no ${text} here`, env);
    assert.match(shown, /^panic: no \S{0,3}\[redacted\]\S{0,3} here$/, text);
  }
  assert.equal(redactPanic("panic: x", {}), "panic: x");
});

test("nor the admin key of the environment", () => {
  const env = { OPENAI_API_KEY: "gateway-key-0123456789", OPENAI_ADMIN_KEY: "admin.of.the.organization" };
  assert.equal(redactPanic("panic: admin.of.the.organization", env), "panic: [redacted]");
});

test("nor what the provider block and an object are given: keys, header values and parameters of the query", (t) => {
  const secrets = new Set<string>();
  const values = {
    api_key: "key-of-the-provider-0123",
    admin_api_key: "key-of-the-organization",
    headers: new Map([["X-Gateway", "header-of-the-gateway"]]),
    query: new Map([["sig", "query-of-the-gateway"]]),
    base_url: "https://gateway.example/v1?token=token-of-the-url",
  };
  const attributes = Object.keys(openai({}).schema.attributes);
  const config = Object.fromEntries(attributes.map((name) => [name, null]));
  const diagnostics = new Diagnostics();
  const given = { config: { ...config, ...values }, terraformVersion: "1.11.4", diagnostics, log: silent };
  const made = openai({}, secrets).configure(given);
  assert.ok(made instanceof OpenAIProvider);
  const scope = { diagnostics, log: silent };
  for (const key of [null, "key-of-the-object-4567"]) assert.ok(made.access(key, scope));
  t.diagnostic([...secrets].join(" "));
  for (const secret of [
    "key-of-the-provider-0123",
    "key-of-the-object-4567",
    "header-of-the-gateway",
    "query-of-the-gateway",
    "token-of-the-url",
  ]) {
    assert.equal(redactPanic(`panic: no ${secret} here`, {}, secrets), "panic: no [redacted] here");
  }
});
