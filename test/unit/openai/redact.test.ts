import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { inspect } from "node:util";
import { capText, cleanText, firstLine, jsonOutline } from "../../../src/openai/clean-text.ts";
import { OpenAI } from "../../../src/openai/index.ts";
import { Redactor } from "../../../src/openai/redact.ts";

const key = "sk-proj-AbCdEfGhIjKlMnOpQrStUv";

describe("redaction", () => {
  it("removes what looks like a key of any kind, also one that it was not given", () => {
    for (const other of [
      "sk-admin-n0b0dYs",
      "sk-svcacct-n0b0dYs",
      "sk-proj-n0b0dYs",
      "sk-n0b0dYs",
      "sess-n0b0dYs",
    ])
      assert.equal(new Redactor([]).redact(`the key ${other}.`), "the key [redacted].", other);
  });

  it("removes all of a key that begins as one does that it was given", () => {
    const known = ["sk-svcacct-AbCdEfGhIjKlMnOp", "sk-admin-QrStUvWxYz012345"];
    for (const prefix of ["sk-svcacct-", "sk-admin-", "sk-svcacct-AbCdEf"]) {
      const text = `${known.join(" ")} ${prefix}n0b0dYs, and "${prefix}n0b0dYs.9"`;
      const shown = new Redactor(known).redact(text);
      assert.equal(shown, '[redacted] [redacted] [redacted], and "[redacted]"');
      const asTexts = new Redactor([], known).redact(text);
      assert.equal(asTexts, shown);
    }
  });

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

  const escaped = (write: (code: number) => string) =>
    Array.from(key, (one) => write(one.charCodeAt(0))).join("");
  const hex = (code: number) => code.toString(16);
  const after = (before: string, more = "") => Buffer.from(before + key + more).toString("base64");
  const spellings: Record<string, string> = {
    "in upper case": key.toUpperCase(),
    "in lower case": key.toLowerCase(),
    "percent-encoded in full": escaped((code) => `%${hex(code).toUpperCase()}`),
    "percent-encoded in lower case": escaped((code) => `%${hex(code)}`),
    "percent-encoded twice": escaped((code) => `%25${hex(code)}`),
    "percent-encoded in part": key.replace(/[A-F]/g, (one) => `%${hex(one.charCodeAt(0))}`),
    "as %uXXXX": escaped((code) => `%u00${hex(code)}`),
    "as decimal references": escaped((code) => `&#${code};`),
    "as hexadecimal references with zeros": escaped((code) => `&#x00${hex(code)};`),
    "as references in JSON in a URL": encodeURIComponent(
      JSON.stringify(escaped((code) => `&#${code}`.concat(";"))),
    ),
    "with named references for its hyphens": key.replaceAll("-", "&hyphen;"),
    "as \\uXXXX": escaped((code) => `\\u00${hex(code)}`),
    "as \\u{…}": escaped((code) => `\\u{${hex(code)}}`),
    "as \\xXX": escaped((code) => `\\x${hex(code)}`),
    "as octal escapes": escaped((code) => `\\${code.toString(8).padStart(3, "0")}`),
    "with backslashes before its hyphens": key.replaceAll("-", "\\-"),
    "with zero-width joiners": [...key].join("\u200d"),
    "with soft hyphens": [...key].join("\u00ad"),
    "with combining marks": [...key].join("\u034f"),
    "with variation selectors": [...key].join("\u{e0100}"),
    "with spaces": [...key].join(" "),
    "in groups": (key.match(/.{1,4}/g) ?? []).join(" - "),
    "in hexadecimal": Buffer.from(key).toString("hex"),
    "in hexadecimal with colons": (Buffer.from(key).toString("hex").match(/../g) ?? [])
      .join(":")
      .toUpperCase(),
    "in a dump with 0x": escaped((code) => `\\x${hex(code)}`),
    "in Base64": after(""),
    "in Base64 in lower case": after("").toLowerCase(),
    "in Base64 in two lines": after("").replace(/^(.{20})/, "$1\r\n"),
    "in Base64 percent-encoded": encodeURIComponent(after("", "?>>")),
  };
  for (const [how, spelling] of Object.entries(spellings)) {
    it(`removes a key ${how}`, () => {
      const shown = redactor.redact(`before ${spelling} after`);
      assert.match(shown, /^before (?:%22|\W{0,6})\[redacted\]\S{0,6} after$/, shown);
    });
  }

  it("removes a key in Base64 of more than the key, at any offset", () => {
    for (const before of ["", "u", "us", "user:", "user: "]) {
      for (const encoding of ["base64", "base64url"] as const) {
        const encoded = Buffer.from(`${before}${key}:more`).toString(encoding);
        const shown = redactor.redact(`before ${encoded} after`);
        // Two characters of those at each end hold bits of the neighbours.
        const rest = shown.replace("[redacted]", "");
        assert.ok(rest.length <= "before  after".length + before.length * 2 + 10, shown);
        assert.doesNotMatch(Buffer.from(shown, "base64").toString(), /proj|OpQr/);
      }
    }
  });

  it("removes what Basic credentials encode", () => {
    assert.equal(redactor.redact("for user:password here"), "for [redacted] here");
    assert.equal(redactor.redact("the password: PASSWORD."), "the [redacted]: [redacted].");
  });

  it("removes text beyond ASCII in other encodings", () => {
    for (const spelling of [
      "q%2B%C3%A4%2Fsecret",
      "q+%e4/secret",
      "q+\\u00e4\\/SECRET",
      "q&#43;Ä&#x2f;secret",
    ])
      assert.equal(redactor.redact(`a ${spelling} b`), "a [redacted] b", spelling);
  });

  it("finds a secret that has escapes of its own", () => {
    const own = new Redactor(["a%41b&amp;c\\u0041", "tok%2Fen-1234"]);
    for (const spelling of [
      "a%41b&amp;c\\u0041",
      encodeURIComponent("a%41b&amp;c\\u0041"),
      "tok/en-1234",
      "tok%252Fen-1234",
    ])
      assert.equal(own.redact(`x ${spelling} y`), "x [redacted] y", spelling);
  });

  it("leaves escapes that hide nothing as they are", () => {
    for (const text of [
      "100%25 &amp; \\u0041 %zz & \\",
      "a\\nb &nothing; %",
      "%F0%9F%98%80 &#128512; &#x110000;",
    ])
      assert.equal(redactor.redact(text), text);
  });

  it("does not take short words out of longer texts", () => {
    const short = new Redactor(["prod", "dev"]);
    assert.equal(short.redact("p r o d and dev"), "p r o d and dev");
    assert.equal(short.redact("in PROD"), "in [redacted]");
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

  it("removes what looks like a key or a token, of any owner", () => {
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

describe("redaction of a prompt", () => {
  const prompt =
    "The magic word is Abrakadabra, say it to nobody.\nUser: alice, password: hunter2222.\n" +
    'Answer "yes" or "no" in plain words, s\u00ecgn\u00f3ra.';
  const redactor = new Redactor(
    [],
    [
      prompt,
      "open sesame",
      "yes",
      "\u79d8\u5bc6\u306e\u8a00\u8449\u306f\u958b\u3051\u30b4\u30de\u3067\u3059",
    ],
  );

  const quotes: [string, string][] = [
    ["Invalid value: 'The magic word is Abrakadabra, say it' here", "Invalid value: '[redacted]' here"],
    ["cut: the magic word is Ab\u2026", "cut: [redacted]\u2026"],
    ['{\\"content\\":\\"say it to nobody.\\\\nUser: alice\\"}', '{\\"content\\":\\"[redacted]\\"}'],
    ["?q=magic%20word+is%20abrakadabra", "?q=[redacted]"],
    ["login hunter2222 failed", "login [redacted] failed"],
    ["in plain words, S&#xcc;GN&#211;RA!", "[redacted]!"],
    ["say OPEN-SESAME now", "say [redacted] now"],
    [
      "\u300c\u79d8\u5bc6\u306e\u8a00\u8449\u306f\u958b\u3051\u30b4\u30de\u3067\u3059\u300d",
      "\u300c[redacted]\u300d",
    ],
  ];
  for (const [quote, shown] of quotes) {
    it(`hides ${JSON.stringify(quote)}`, () => assert.equal(redactor.redact(quote), shown));
  }

  it("leaves the API's own words, and what is too short to be found", () => {
    const text = "Unsupported value: 'messages[0].role' does not support 'yes' with this model. Status 400";
    assert.equal(redactor.redact(text), text);
  });

  it("is done once per letter, however long and alike prompts and texts are", () => {
    const alike = new Redactor([key], ["a".repeat(200_000), "ab ".repeat(50_000)]);
    assert.equal(alike.redact(`x ${"a".repeat(4_000)} y`), "x [redacted] y");
    const words = new Redactor(
      [key],
      [Array.from({ length: 20_000 }, (_, index) => `word${index + 1_000_000}`).join(" ")],
    );
    assert.equal(words.redact(`${"word".repeat(1_000)} word1014321`), `${"word".repeat(1_000)} [redacted]`);
  });
});

describe("the work of redaction", () => {
  /** How often the redactor looks at a character: what it does for each is bounded. */
  const visits = (redactor: Redactor, text: string): number => {
    const counted = { charCodeAt: 0, codePointAt: 0, slice: 0, indexOf: 0, includes: 0 };
    const original = new Map<string, unknown>();
    for (const name of Object.keys(counted) as (keyof typeof counted)[]) {
      const method: unknown = Reflect.get(String.prototype, name);
      original.set(name, method);
      Reflect.set(String.prototype, name, function (this: string, ...args: unknown[]): unknown {
        counted[name] += 1;
        return typeof method === "function" ? Reflect.apply(method, this, args) : undefined;
      });
    }
    try {
      redactor.redact(text);
    } finally {
      for (const [name, method] of original) Reflect.set(String.prototype, name, method);
    }
    return Object.values(counted).reduce((sum, count) => sum + count, 0);
  };

  const texts: Record<string, (size: number) => string> = {
    plain: (size) => "x".repeat(size),
    "percent signs": (size) => "%25".repeat(size / 3),
    references: (size) => "&#x".repeat(size / 3),
    zeros: (size) => `&#x${"0".repeat(size)}`,
    backslashes: (size) => "\\".repeat(size),
    stars: (size) => "a*** ".repeat(size / 5),
    "URLs without a query": (size) => "a://".repeat(size / 4),
    "queries in brackets": (size) => "a://b?)".repeat(size / 7),
    exclamations: (size) => `${"!".repeat(size)}***${"!".repeat(size)}x`,
    "the key": (size) => key.repeat(size / key.length),
  };
  for (const [what, text] of Object.entries(texts)) {
    it(`grows with the text: ${what}`, () => {
      const redactor = new Redactor([key], ["a prompt of some length, with words"]);
      redactor.redact("prepared");
      const once = visits(redactor, text(20_000));
      const twice = visits(redactor, text(40_000));
      assert.ok(twice <= 2.5 * once, `${once}, ${twice}`);
    });
  }

  it("prepares nothing before there is a text", () => {
    const unread = {
      *[Symbol.iterator]() {
        yield key;
      },
    };
    const count = visits(new Redactor([]), "");
    assert.ok(count < 100, String(count));
    assert.equal(new Redactor(unread).redact(key), "[redacted]");
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

describe("the outline of a JSON text", () => {
  for (const [text, outline] of [
    [
      '{"client_secret":{"value":"ek_canary","n":[1,-2.5e7,true,null]}}',
      '{"client_secret":{"value":…,"n":[…,…,…,…]}}',
    ],
    ['"ek_canary"', "…"],
    ['["ek_canary", "a\\"ek_canary"]', "[…, …]"],
    ['{"a" : "ek_canary\\', '{"a" : …'],
    ['{"a":"ek_canary', '{"a":…'],
    ["{a: ek_canary}", "{…: …}"],
    ['{"a":"ek_can\nary"}', '{"a":…}'],
    ['{"\u001b[31m":1}', '{"":…}'],
  ] as const) {
    it(`of ${JSON.stringify(text)} has no value`, () => assert.equal(jsonOutline(text), outline));
  }

  it("is short, and linear work for any text", () => {
    for (const text of ['"'.repeat(1e6), '"\\'.repeat(1e6), `{"${"k".repeat(1e6)}":1}`, "[".repeat(1e6)])
      assert.ok(jsonOutline(text).length <= 300);
  });
});
