import assert from "node:assert/strict";
import { test } from "node:test";
import { withoutSecrets } from "../../../src/provider/crash.ts";

test("a crash prints no key of the environment, however it is written, and no other key", () => {
  const key = "gateway-key-0123456789";
  const env = { OPENAI_API_KEY: key };
  const texts = [
    key,
    key.toUpperCase(),
    encodeURIComponent(JSON.stringify(key)),
    Buffer.from(key).toString("hex"),
  ];
  for (const text of [...texts, "sk-proj-somebodys"]) {
    const shown = withoutSecrets(`panic: no ${text} here`, env);
    assert.match(shown, /^panic: no \S{0,3}\[redacted\]\S{0,3} here$/, text);
  }
  assert.equal(withoutSecrets("panic: x", {}), "panic: x");
});
