import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { inspect } from "node:util";
import { capText, cleanText, firstLine } from "../../../src/openai/clean-text.ts";
import { OpenAI } from "../../../src/openai/index.ts";
import { Redactor } from "../../../src/openai/redact.ts";

const key = "sk-proj-AbCdEfGhIjKlMnOpQrStUv";

describe("redaction", () => {
  const redactor = new Redactor([key, "Basic dXNlcjpwYXNzd29yZA==", "short-value", "q+ä/secret", ""]);

  it("removes a key in any form: whole, escaped, in base64, in pieces", () => {
    for (const text of [
      key,
      encodeURIComponent("q+ä/secret"),
      Buffer.from(key).toString("base64"),
      "dXNlcjpwYXNzd29yZA==",
    ]) {
      const redacted = redactor.redact(`before ${text} after`);
      assert.match(redacted, /^before \[redacted\]=* after$/, text);
    }
    assert.equal(redactor.redact(`ends with …${key.slice(-10)}.`), "ends with …[redacted].");
    assert.equal(redactor.redact(`key_${key.slice(8, 20)}_`), "key_[redacted]_");
  });

  it("removes the part of a key that OpenAI echoes", () => {
    const message =
      "Incorrect API key provided: not-a-re****ized. You can find your API key at https://platform.openai.com/account/api-keys.";
    assert.equal(
      new Redactor([]).redact(message),
      "Incorrect API key provided: [redacted]. You can find your API key at https://platform.openai.com/account/api-keys.",
    );
    assert.equal(new Redactor([]).redact("provided: sk-ab***yz"), "provided: [redacted]");
    assert.equal(new Redactor([]).redact("provided: '****'."), "provided: '[redacted]'.");
  });

  it("removes what looks like a key or a token, whoever's it is", () => {
    assert.equal(
      new Redactor([]).redact("Received API Key = sk-...abcd, Key Hash"),
      "Received API Key = [redacted], Key Hash",
    );
    assert.equal(
      new Redactor([]).redact("Authorization: Bearer abcdefghij"),
      "Authorization: Bearer [redacted]",
    );
  });

  it("removes the query of a URL and leaves its path", () => {
    assert.equal(
      new Redactor([]).redact("see https://h.example/a?token=x&y now"),
      "see https://h.example/a?[redacted] now",
    );
  });

  it("leaves other text alone", () => {
    const text = "The model `gpt-9` does not exist: a 2*3 task-force, **bold** req_0123456789abcdef 你好";
    assert.equal(redactor.redact(text), text);
  });

  it("shows nothing of a client that is inspected or written as JSON", () => {
    const client = new OpenAI({
      baseUrl: new URL("https://h.example/v1?sig=query-secret-1"),
      apiKey: key,
      headers: { "x-gateway": "header-secret-1" },
      query: new Map([["code", "query-secret-2"]]),
      userAgent: "t",
      env: {},
    });
    const shown = inspect(client, { depth: 10, showHidden: true, getters: true }) + JSON.stringify(client);
    assert.doesNotMatch(shown, /secret|AbCdEf/);
  });
});

describe("text from an API", () => {
  it("loses escape sequences, control and bidi characters, and keeps joined emoji", () => {
    assert.equal(cleanText("\u001b[31mred\u001b[0m \u001b]0;title\u0007x\u009b2Jy"), "red xy");
    assert.equal(cleanText("a\u0000b\u0008c\u202egnp.exe\u2066\u200f\ufeff"), "abcgnp.exe");
    assert.equal(cleanText(" a\r\n\tb\u2028c "), "a b c");
    assert.equal(cleanText("👩‍💻 שלום"), "👩‍💻 שלום");
    assert.equal(cleanText("\u{e0041}tag\ud800"), "tag");
  });

  it("is capped between characters", () => {
    assert.equal(capText("abcdef", 4), "abc…");
    assert.equal(capText("👍👍👍", 2), "👍…");
    assert.equal(cleanText("x".repeat(1_000_000), 10), `${"x".repeat(9)}…`);
  });

  it("gives the first line that holds something", () => {
    assert.equal(firstLine("\n  \r\n\u001b[0m\n <html>\u0007 \nsecond"), "<html>");
    assert.equal(firstLine(""), "");
  });
});
