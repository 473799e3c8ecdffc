import assert from "node:assert/strict";
import { test } from "node:test";
import { hasMagicCookie, MAGIC_COOKIE_VALUE, notExecutableText } from "../../../src/plugin/cookie.ts";

test("only the exact cookie counts", () => {
  assert.equal(hasMagicCookie({ TF_PLUGIN_MAGIC_COOKIE: MAGIC_COOKIE_VALUE }), true);
  assert.equal(hasMagicCookie({}), false);
  assert.equal(hasMagicCookie({ TF_PLUGIN_MAGIC_COOKIE: "" }), false);
  assert.equal(hasMagicCookie({ TF_PLUGIN_MAGIC_COOKIE: `${MAGIC_COOKIE_VALUE} ` }), false);
});

test("the explanation says what the file is, how to install it and how to debug it", () => {
  const text = notExecutableText({
    name: "terraform-provider-example",
    address: "registry.terraform.io/acme/example",
    version: "1.2.3",
  });
  assert.match(text, /^This binary is a plugin\. These are not meant to be executed directly\.\n/);
  assert.match(text, /terraform-provider-example 1\.2\.3/);
  assert.match(text, /example = \{\n {8}source = "acme\/example"/);
  assert.match(text, /terraform-provider-example --debug/);
  assert.ok(text.split("\n").every((line) => line.length <= 100));
});

test("an address of another registry is named in full", () => {
  const text = notExecutableText({
    name: "p",
    address: "registry.example.com/acme/example",
    version: "1.0.0",
  });
  assert.match(text, /source = "registry\.example\.com\/acme\/example"/);
});
