import assert from "node:assert/strict";
import { test } from "node:test";
import {
  credentialsOf,
  isCredential,
  isKeyHeader,
  isOpenAIHost,
  isQueryCredential,
} from "../../../src/openai/credentials.ts";

test("a header or query parameter that looks like a credential is one", () => {
  for (const name of [
    "Authorization",
    "cf-aig-authorization",
    "X_Authorization",
    "api-key",
    "API-Key",
    "apikey",
    "x-api-key",
    "x-goog-api-key",
    "x-portkey-api-key",
    "x-portkey-virtual-key",
    "Ocp-Apim-Subscription-Key",
    "subscription-key",
    "x-functions-key",
    "Modal-Key",
    "Modal-Secret",
    "X-Gateway-Token",
    "token",
    "access_token",
    "accessToken",
    "Helicone-Auth",
    "Cookie",
    "x-gateway-pwd",
    "key",
    "sig",
  ]) {
    assert.ok(isCredential(name, "x"), name);
    assert.ok(isQueryCredential(name, "x"), name);
  }
});

test("any header with a value like a credential is one", () => {
  for (const value of [
    "Bearer abc",
    "basic dXNlcg==",
    " Token t0",
    "Api-Key t0",
    "sk-proj-abc",
    "sess-abc",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln",
    `gsk_${"a1".repeat(12)}`,
    `AIza${"b2".repeat(16)}`,
    `github_pat_${"c3".repeat(12)}`,
  ]) {
    assert.ok(isCredential("x-anything", value), value);
  }
  for (const value of ["basic", "pk-team", "eyJ", "hf_demo", "key", "AIza", "a eyJ.b.c", "xai-router"])
    assert.ok(!isCredential("x-anything", value), value);
});

test("what says who or how, and not with what right, is none", () => {
  for (const name of [
    "X-Team",
    "api-version",
    "OpenAI-Beta",
    "User-Agent",
    "x-request-id",
    "Idempotency-Key",
    "x-prompt-cache-key",
    "helicone-user-id",
    "max-tokens",
    "x-monkey",
    "authority",
    "deployment",
  ]) {
    assert.ok(!isCredential(name, "platform"), name);
    assert.ok(!isQueryCredential(name, "2026"), name);
  }
  assert.ok(!isCredential("code", "x") && isQueryCredential("code", "x"), "an Azure function's key");
});

test("the headers that take the key itself are three", () => {
  for (const name of ["Authorization", "api-key", "X-API-Key"]) assert.ok(isKeyHeader(name), name);
  for (const name of ["cf-aig-authorization", "x-goog-api-key"]) assert.ok(!isKeyHeader(name), name);
});

test("OpenAI's hosts are api.openai.com and those below it, over https at the usual port", () => {
  for (const url of [
    "https://api.openai.com/v1",
    "https://eu.api.openai.com",
    "HTTPS://API.OpenAI.com:443/v1",
  ])
    assert.ok(isOpenAIHost(new URL(url)), url);
  for (const url of [
    "http://api.openai.com/v1",
    "https://api.openai.com:8443/v1",
    "https://api.openai.com.evil.example/v1",
    "https://evil-api.openai.com/v1",
    "https://evilapi.openai.com/v1",
    "https://openai.com/v1",
    "https://example.openai.azure.com/openai/v1",
    "https://api-openai.com/v1",
    "https://api.openai.com@evil.example/v1",
    "https://xn--api-9na.openai.com/v1",
  ])
    assert.ok(!isOpenAIHost(new URL(url)), url);
});

test("callers differ by any credential, and by nothing else", () => {
  const one = credentialsOf({ accept: "a", "cf-aig-authorization": "Bearer a" }, [["key", "k"]]);
  assert.equal(one, credentialsOf({ accept: "b", "cf-aig-authorization": "Bearer a" }, [["key", "k"]]));
  assert.notEqual(one, credentialsOf({ "cf-aig-authorization": "Bearer b" }, [["key", "k"]]));
  assert.notEqual(one, credentialsOf({ "cf-aig-authorization": "Bearer a" }, [["key", "l"]]));
});
