import type { Arguments } from "../process/support/built-provider.ts";
import type { Fault } from "../support/openai-server/faults.ts";
import type { Step } from "./steps.ts";

/** What a practitioner reads: a title, or null where nothing is wrong. */
export interface Expected {
  readonly title: string | null;
  /** How many requests the faulty step has in all, where it is not one, or two after a retry. */
  readonly calls?: number | { readonly least: number; readonly most: number };
  /** What is in state then, where it is not what a failure of the step leaves. */
  readonly kept?: Step["kept"];
}

/** A fault and what it leads to, at every step that it applies to. */
export interface Row extends Expected {
  readonly name: string;
  /** What goes wrong, by the body that the API answers there. */
  readonly fault: (answer: string) => Fault;
  /** Whether it may pass by itself, so that the request is repeated where that cannot cost twice. */
  readonly passing?: boolean;
  readonly provider?: Arguments;
  /** Where it leads to something else; null where it does not apply. */
  readonly at?: Readonly<Record<string, Expected | null>>;
}

const MIB = 1024 * 1024;
const UNEXPECTED = "ERROR Unexpected answer from the API";
const LOST = "ERROR Connection lost";
const CUT = "ERROR Answer cut short";
const LATE = "ERROR No answer in time";
const LARGE = "ERROR Answer too large";
const REDIRECT = "ERROR Redirect refused";

/** What takes its time is tried where a request of each kind is made. */
const seldom = {
  "ephemeral open": null,
  "list: the first page": null,
  "create: the read after it": null,
  "update: the read after it": null,
  "delete: the read after it": null,
  "import: the completion": null,
};
const late = {
  title: LATE,
  provider: { timeout: "1s", max_retries: 0 },
  // A creation has the whole operation's time for its one attempt.
  at: { ...seldom, "create: the POST": { title: "ERROR Creation not finished in time" } },
};

/** Where it costs too much to be tried at every step. */
const few = {
  "ephemeral open": null,
  "list: the first page": null,
  "create: the read after it": null,
  "update: the POST": null,
  "update: the read after it": null,
  "delete: the DELETE": null,
  "delete: the read after it": null,
  "import: the completion": null,
  "import: its messages": null,
};
const large = {
  title: LARGE,
  provider: { timeout: "60s" },
  at: { ...few, "list: the last page": null, "messages: the second page": null, "create: the POST": null },
};

/** Reported without a retry: that a request is repeated is shown by others. */
const once = { provider: { max_retries: 0 } };
/** Of the 404 after a deletion that was carried out, half of the text is no error of the API's. */
const halfOf404 = {
  "delete: the DELETE": { title: "ERROR No stored completions at this URL", calls: 2 },
  "delete: the read after it": { title: CUT, calls: 1 },
};

const same = (fault: Fault) => () => fault;
/** What a success says is of no matter to an update and a deletion, which are checked by a read. */
const acknowledged = { "update: the POST": { title: null }, "delete: the DELETE": { title: null } };
/** An answer with status 200 and another body. */
const body = (change: (answer: string) => string) => (answer: string) => ({ body: change(answer) });
/** The read after a deletion is about a 404, and nothing that is said there with status 200. */
const notGone = { "delete: the read after it": null };
const unread = { ...notGone, ...acknowledged };

/** Where the answer to a creation begins with the ID, the completion is read by it, and kept: it may be paid for. */
const named = {
  "create: the POST": { title: "WARNING Answer lost, and found again", kept: "the result", calls: 3 },
} as const;

/** Faults on the wire, below JSON. */
const wire: readonly Row[] = [
  { name: "reset before the answer", fault: same({ reset: "before" }), title: LOST, passing: true },
  { name: "reset amid the headers", fault: same({ reset: "headers" }), title: LOST, ...once },
  { name: "reset amid the body", fault: same({ reset: "body" }), title: CUT, passing: true, at: named },
  { name: "silence", fault: same({ delayMs: 60_000 }), ...late },
  { name: "ten bytes a second", fault: same({ bytesPerSecond: 10 }), ...late },
  { name: "a body that stops half-way", fault: same({ endless: "silent" }), ...late },
  { name: "a body without an end", fault: same({ endless: "stream" }), ...large },
  {
    name: "a body shorter than its Content-Length",
    fault: same({ contentLength: 99_999_999 }),
    title: CUT,
    at: named,
    ...once,
  },
  {
    name: "a body longer than its Content-Length",
    fault: same({ contentLength: 9 }),
    title: CUT,
    passing: true,
    at: { ...halfOf404, ...acknowledged },
  },
  { name: "a connection closed after 20 bytes of body", fault: same({ cutAfter: 20 }), title: CUT, ...once },
  { name: "a chunk without a size", fault: same({ framing: "garbage" }), title: UNEXPECTED },
  { name: "chunks in order", fault: same({ framing: "chunked" }), title: null },
  { name: "100 Continue first", fault: same({ informational: "continue" }), title: null },
  { name: "102 Processing first", fault: same({ informational: "processing" }), title: null },
  { name: "103 Early Hints first", fault: same({ informational: "early_hints" }), title: null },
  { name: "gzip", fault: same({ encoding: "gzip" }), title: null },
  { name: "brotli", fault: same({ encoding: "br" }), title: null },
  { name: "deflate", fault: same({ encoding: "deflate" }), title: null },
  { name: "broken gzip", fault: same({ encoding: "bad_gzip" }), title: UNEXPECTED },
  { name: "cut gzip", fault: same({ encoding: "gzip", cutAfter: 40 }), title: CUT, ...once },
  {
    name: "text that claims to be gzip",
    fault: same({ headers: { "content-encoding": "gzip" } }),
    title: UNEXPECTED,
  },
  {
    name: "an encoding that was not asked for, of a body that has none",
    fault: same({ headers: { "content-encoding": "zstd" } }),
    title: null,
  },
  { name: "a gzip bomb", fault: same({ encoding: "gzip", mutate: [{ padTo: 64 * MIB }] }), ...large },
  { name: "32 MiB and a byte", fault: same({ mutate: [{ padTo: 32 * MIB + 1 }] }), ...large },
  {
    name: "32 MiB to the byte",
    fault: same({ mutate: [{ padTo: 32 * MIB }] }),
    title: null,
    provider: { timeout: "60s" },
    at: { ...few, "create: the POST": null },
  },
];

/** Bodies that are no JSON, or JSON that is hard to read. */
const text: readonly Row[] = [
  { name: "an empty body", fault: same({ mutate: ["empty"] }), title: UNEXPECTED, at: acknowledged },
  {
    name: "half of the body",
    fault: same({ mutate: ["half"] }),
    title: CUT,
    passing: true,
    at: { ...halfOf404, ...acknowledged, ...named },
  },
  { name: "blanks", fault: body(() => " \r\n\t "), title: UNEXPECTED, at: unread },
  { name: "a byte order mark", fault: same({ mutate: ["bom"] }), title: null },
  { name: "invalid UTF-8", fault: same({ mutate: ["invalid_utf8"] }), title: UNEXPECTED, at: acknowledged },
  {
    name: "half a surrogate pair",
    fault: body((a) => a.replace(/"id":"/, '"x":"\\ud800","id":"')),
    title: null,
    at: notGone,
  },
  {
    name: "a login page",
    fault: same({ body: "<!doctype html><title>Log in</title>", contentType: "text/html" }),
    title: UNEXPECTED,
    at: unread,
  },
  { name: "JavaScript", fault: body((a) => `callback(${a})`), title: UNEXPECTED, at: unread },
  { name: "two documents", fault: body((a) => `${a}\n${a}`), title: UNEXPECTED, at: { ...unread, ...named } },
  { name: "NaN", fault: body((a) => a.replace(/\{/, '{"nan":NaN,')), title: UNEXPECTED, at: unread },
  { name: "a comment", fault: body((a) => `/* here */${a}`), title: UNEXPECTED, at: unread },
  {
    name: "a trailing comma",
    fault: body((a) => a.replace(/\}\s*$/, ",}")),
    title: UNEXPECTED,
    at: { ...unread, ...named },
  },
  { name: "a key twice", fault: body((a) => a.replace(/\{/, '{"x":1,"x":2,')), title: null, at: notGone },
  {
    name: "nesting of 100,000",
    fault: body((a) => a.replace(/\{/, `{"x":${"[".repeat(100_000)}${"]".repeat(100_000)},`)),
    title: UNEXPECTED,
    at: unread,
  },
  {
    name: "nesting of 100,000 objects without an end",
    fault: body((a) => a.replace(/\{/, `{"x":${'{"x":'.repeat(100_000)}`)),
    title: UNEXPECTED,
    at: unread,
  },
  {
    name: "a number of 400 digits in a field that nobody knows",
    fault: body((a) => a.replace(/\{/, `{"x":${"7".repeat(400)},`)),
    title: null,
    at: notGone,
  },
  {
    name: "1e400 in a field that nobody knows",
    fault: body((a) => a.replace(/\{/, '{"x":1e400,')),
    title: null,
    at: notGone,
  },
  {
    name: "an exponent of a billion in a field that nobody knows",
    fault: body((a) => a.replace(/\{/, '{"x":1e1000000000,')),
    title: null,
    at: notGone,
  },
  { name: "100,000 keys", fault: before(manyKeys), title: null, at: notGone },
  {
    name: "__proto__ and constructor at every level",
    fault: body(pollute),
    title: null,
    at: notGone,
  },
  { name: "null", fault: body(() => "null"), title: UNEXPECTED, at: unread },
  { name: "true", fault: body(() => "true"), title: UNEXPECTED, at: unread },
  { name: "a number", fault: body(() => "-0.0"), title: UNEXPECTED, at: unread },
  { name: "a string", fault: body(() => '"chat.completion"'), title: UNEXPECTED, at: unread },
  { name: "an empty list", fault: body(() => "[]"), title: UNEXPECTED, at: unread },
  {
    name: "an empty object",
    fault: body(() => "{}"),
    title: UNEXPECTED,
    at: unread,
  },
  {
    name: "an error in the body of a success",
    fault: body(() => '{"error":{"message":"Bad","code":400}}'),
    title: "ERROR Request refused by the API",
    at: notGone,
  },
  {
    name: "a failure in the body of a success",
    fault: body(() => '{"success":false,"errors":[{"code":502,"message":"Busy"}]}'),
    title: "ERROR API failed",
    passing: true,
    at: notGone,
  },
  {
    name: "a key that is refused in the body of a success",
    fault: body(() => '{"object":"error","message":"Who?","code":401}'),
    title: "ERROR API key refused",
    at: notGone,
  },
  {
    name: "another object",
    fault: body(() => '{"object":"response","id":"resp_1","data":7}'),
    title: UNEXPECTED,
    at: {
      ...notGone,
      // It has an ID and is kept by it, as fields.test.ts shows.
      "create: the POST": null,
      ...acknowledged,
    },
  },
];

/** Puts a member before all others, so that one of the same name counts for nothing. */
function before(make: () => string) {
  let member: string | undefined;
  return body((a) => {
    member ??= make();
    return a.replace(/\{/, `{${member},`);
  });
}
const many = (count: number, unit: string) => Array(count).fill(unit).join(",");

/** What is small on the wire, or legitimate, and was minutes of work once. The provider reads it, or says why not. */
const digest: readonly Row[] = [
  {
    name: "a key 300,000 times",
    fault: before(() => many(300_000, '"x":1')),
  },
  {
    name: "200,000 small lists and objects",
    fault: before(() => `"x":[${many(100_000, "[],{}")}]`),
  },
  {
    name: "50,000 numbers with an exponent of 65,000",
    fault: before(() => `"x":[${many(50_000, "1e-65000")}]`),
  },
  {
    name: "a text of 300,000 marks, none in order",
    fault: before(() => `"system_fingerprint":"${"\u0345\u0323\u0301".repeat(100_000)}"`),
  },
  {
    name: "a key of 300,000 marks",
    fault: before(() => `"${"\u0301\u0323".repeat(150_000)}":1`),
  },
  {
    name: "a text of 500,000 escapes",
    fault: before(() => `"x":"${"\\n\\ud800".repeat(250_000)}"`),
  },
  {
    name: "a number of 1,000,000 digits",
    fault: before(() => `"x":${"10".repeat(500_000)}`),
  },
].map((row): Row => ({ ...row, title: null, at: notGone }));

const refused: readonly Row[] = [
  {
    name: "three content-encodings",
    fault: same({ encoding: "gzip", headers: { "content-encoding": "gzip, gzip, gzip" } }),
    title: UNEXPECTED,
  },
  {
    name: "8,000,001 values",
    fault: before(() => `"x":[${"1,".repeat(8_000_000)}1]`),
    ...large,
    at: { ...large.at, ...notGone },
  },
];

/** Places that an answer sends the client to. */
const redirects: readonly Row[] = [
  ...[
    "https://elsewhere.invalid/v1",
    "//elsewhere.invalid/v1",
    "http://127.0.0.1:1/",
    "file:///etc/passwd",
    "https://u:p@elsewhere.invalid",
    "https:\\\\elsewhere.invalid",
    "http://[::1",
  ].map((to): Row => ({ name: `a redirect to ${to}`, fault: same({ redirect: to }), title: REDIRECT })),
  {
    name: "a redirect that never ends",
    fault: same({ redirect: "?", status: 307 }),
    title: REDIRECT,
    calls: 11,
    at: notRead(REDIRECT, 1),
  },
  { name: "a redirect without a fixture", fault: same({ status: 302 }), title: UNEXPECTED },
  // An interim answer, after which none comes.
  { name: "an empty 100", fault: same({ status: 100 }), ...late },
  ...[204, 205].map(
    (status): Row => ({
      name: `an empty ${status}`,
      fault: same({ status }),
      title: UNEXPECTED,
      at: acknowledged,
    }),
  ),
  ...[300, 304, 305, 399].map(
    (status): Row => ({ name: `an empty ${status}`, fault: same({ status }), title: UNEXPECTED }),
  ),
  ...[600, 999].map(
    (status): Row => ({
      name: `status ${status}`,
      fault: (answer) => ({ status, body: answer }),
      title: UNEXPECTED,
    }),
  ),
  ...[201, 202, 203, 206, 299].map(
    (status): Row => ({
      name: `${status} with the whole body`,
      fault: (answer) => ({ status, body: answer }),
      title: null,
      at: notGone,
    }),
  ),
];

function notRead(title: string, calls: number): Record<string, Expected> {
  return Object.fromEntries(
    ["create: the POST", "update: the POST", "delete: the DELETE"].map((name) => [name, { title, calls }]),
  );
}

function manyKeys(): string {
  return Array.from({ length: 100_000 }, (_, index) => `"k${index}":null`).join(",");
}

/** Every object gets the keys by which a careless copy changes what all objects are. */
function pollute(answer: string): string {
  const keys =
    '"__proto__":{"polluted":"yes","id":"x","choices":7},"constructor":{"prototype":{"polluted":"yes"}},"hasOwnProperty":0,"toString":null,';
  // Metadata has strings only.
  return answer.replace(/(?<!"metadata":\s*)\{(?=")/g, `{${keys}`);
}

export const answers: readonly Row[] = [...wire, ...text, ...digest, ...refused, ...redirects];
