import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkHeader, requestHeaders } from "../../../src/openai/headers.ts";
import { client, get, ok, replies } from "./support.ts";

describe("headers whose names an object has itself", () => {
  for (const name of ["__proto__", "constructor", "toString", "hasOwnProperty"]) {
    it(`are sent as any other: ${name}`, async (t) => {
      assert.equal(checkHeader(name, "gateway-token"), undefined);
      const server = await replies(t, ok);
      const headers = Object.fromEntries([[name, "gateway-token"]]);
      await client(t, server.base, { headers }).send(get("chatcmpl-1"));
      const raw = server.seen[0]?.rawHeaders ?? [];
      const at = raw.findIndex((each) => each.toLowerCase() === name.toLowerCase());
      assert.equal(raw[at + 1], "gateway-token");
      assert.ok(at >= 0);
    });
  }

  it("leave the prototype of the headers alone", () => {
    const headers = requestHeaders({ userAgent: "t", headers: Object.fromEntries([["__proto__", "x"]]) });
    assert.equal(Object.getPrototypeOf(headers), Object.prototype);
    assert.ok(Object.hasOwn(headers, "__proto__"));
  });
});
