import assert from "node:assert/strict";
import { it } from "node:test";
import { type Arguments, Expression, provider, read, through } from "../support/configurations.ts";
import { assertError, type Expected, errorsByName } from "../support/diagnostics.ts";
import { Workspace } from "../support/terraform.ts";

/** Arguments that are refused, and what a practitioner reads: what was given, and what is accepted. */
interface Row {
  readonly values: Arguments;
  readonly says: readonly string[];
  /** The argument that is underlined; undefined for the block. */
  readonly at: string | undefined;
  /** Where the title is not `Invalid value for "…"`. */
  readonly title?: string;
}

const url = "https://api.openai.com/v1";
/** Nothing points at the line of a sensitive argument, which Terraform would print. */
function secret(name: string) {
  return { at: undefined, title: `Invalid value for "${name}"` };
}

const ofProvider: readonly Row[] = [
  ...[
    ["", "is blank"],
    ["api.openai.com/v1", "must be absolute", "The URL given is not shown"],
    ["ftp://api.openai.com", "must begin with https://", 'Given: "ftp://api.openai.com/…"'],
    ["https://", "no valid host name"],
    ["https://host:99999/v1", "port"],
    ["https://host/v1#part", "fragment", 'Given: "https://host/…"'],
    ["https://ho st/v1", "white space"],
  ].map(([given = "", ...says]) => ({ values: { base_url: given }, says: [...says, url], at: "base_url" })),
  ...[
    ["https://user:hunter2@host/v1?sig=s3cret", "user name or password", 'Given: "https://host/…"'],
    ["https:user:hunter2@host/v1", "absolute", "The URL given is not shown"],
    ["user:hunter2@host/v1", "absolute", "The URL given is not shown"],
    ["https://user:hunter2/more@host/v1", "The URL given is not shown"],
    ["https://user:7#hunter2@host/v1", "The URL given is not shown"],
  ].map(([given = "", ...says]) => ({
    values: { base_url: given },
    says: [...says, url],
    at: undefined,
    title: 'Invalid value for "base_url"',
  })),
  {
    values: { base_url: "http://gateway.lan/v1" },
    says: ["names another machine", "in the clear", "allow_http = true", 'Given: "http://gateway.lan/…"'],
    at: "base_url",
  },
  {
    values: { base_url: "http://gateway.lan/v1", allow_http: false },
    says: ["allow_http = true"],
    at: "base_url",
  },
  ...["", "0", "-1s", "soon", "1 d", "25h"].map((given) => ({
    values: { timeout: given },
    says: ["must be a duration", "24h", '"90s"', `Given: ${JSON.stringify(given)}`],
    at: "timeout",
  })),
  ...[-1, 21].map((given) => ({
    values: { max_retries: given },
    says: ["from 0 to 20", "for example 4", `Given: ${given}`],
    at: "max_retries",
  })),
  { values: { max_retries: 1.5 }, says: ["whole number", "for example 4", "Given: 1.5"], at: "max_retries" },
  ...["X Gateway", "X-Gät", ""].map((name) => ({
    values: { headers: { [name]: "header-canary" } },
    says: [`${JSON.stringify(name)} is no header name`, '"X-Gateway-Token"'],
    ...secret("headers"),
  })),
  {
    values: { headers: { "OpenAI-Project": "header-canary" } },
    says: ["the provider's own", "Authorization and User-Agent", "arguments"],
    ...secret("headers"),
  },
  {
    values: { headers: { "X-A": "header-canary\n" } },
    says: ['"X-A"', "line break", "trimspace()"],
    ...secret("headers"),
  },
  { values: { headers: { "X-A": "a", "x-a": "b" } }, says: ["twice"], ...secret("headers") },
  { values: { query: { " ": "x" } }, says: ["blank name", '"api-version"'], ...secret("query") },
  {
    values: { api_key: "key-canary\n" },
    says: ["line break", "trimspace()", "not shown"],
    ...secret("api_key"),
  },
  { values: { api_key: "" }, says: ["blank"], ...secret("api_key") },
  { values: { organization: " org-a" }, says: ["space at an end", 'Given: " org-a"'], at: "organization" },
  { values: { project: "" }, says: ["blank"], at: "project" },
];

const ofDataSource: readonly Row[] = [
  ...["", "   "].map((id) => ({ values: { completion_id: id }, says: ["blank"], at: "completion_id" })),
  ...[".", ".."].map((id) => ({
    values: { completion_id: id },
    says: ["only dots", `Given: ${JSON.stringify(id)}`],
    at: "completion_id",
  })),
  ...["chatcmpl-a\n", "chatcmpl-\tb", "chatcmpl-\u007f"].map((id) => ({
    values: { completion_id: id },
    says: ["control character", "trimspace()", "Given: "],
    at: "completion_id",
  })),
  {
    values: { completion_id: null },
    says: ["required"],
    at: "completion_id",
    title: 'Missing value for "completion_id"',
  },
  {
    values: { completion_id: "chatcmpl-1", model: "gpt-4o-mini" },
    says: ["reads a completion that exists already", 'resource "openai_chat_completion"'],
    at: "model",
    title: 'Cannot set "model"',
  },
  {
    values: { completion_id: "chatcmpl-1", messages: [{ role: "user", content: "Hello" }] },
    says: ["reads a completion that exists already", 'resource "openai_chat_completion"'],
    at: "messages",
    title: 'Unsupported argument "messages"',
  },
  {
    values: { completion_id: "chatcmpl-1", created: 7 },
    says: ['"created" is read-only', "Remove it"],
    at: "created",
    title: 'Cannot set "created"',
  },
  ...["-1s", "soon", "25h", ""].map((given) => ({
    values: { wait_timeout: given },
    says: ["must be a duration", '"30s"', `Given: ${JSON.stringify(given)}`],
    at: "wait_timeout",
  })),
  {
    values: { wait_timeout: "10m" },
    says: ['"10m"', "longer than the whole read may take, 5 minutes", 'timeouts = { read = "10m" }'],
    at: "wait_timeout",
  },
  {
    values: { wait_timeout: "31", timeouts: { read: "30s" } },
    says: ['"31"', "longer than the whole read may take, 30 seconds", "Lower wait_timeout"],
    at: "wait_timeout",
  },
  ...["0", "soon", "2 minutes"].map((given) => ({
    values: { timeouts: { read: given } },
    says: ["must be a duration above 0", '"5m"', `Given: ${JSON.stringify(given)}`],
    at: "timeouts",
    title: 'Invalid value for "read"',
  })),
  { values: { api_key: "key-canary\r" }, says: ["line break", "not shown"], ...secret("api_key") },
];

it("a bad argument is an error of validate, at the argument, with what was given and what is accepted", async (test) => {
  const config = [
    provider({}),
    ...ofProvider.map(({ values }, index) => through(`p${index}`, values)),
    ...ofDataSource.map(({ values }, index) => read(`d${index}`, "chatcmpl-abc123", values)),
  ].join("");
  const result = await new Workspace(test).write("main.tf", config).run(["validate", "-json"]);
  assert.equal(result.code, 1, result.output);
  const errors = errorsByName(result);

  for (const [prefix, rows] of [
    ["p", ofProvider],
    ["d", ofDataSource],
  ] as const) {
    for (const [index, row] of rows.entries()) {
      await test.test(JSON.stringify(row.values), () => {
        const error = errors.get(`${prefix}${index}`);
        const { at, says, title = `Invalid value for "${at}"` } = row;
        assertError(error, at === undefined ? { title, says } : { title, says, at });
        assert.doesNotMatch(error?.detail ?? "", /canary|hunter2|s3cret/);
      });
    }
  }
});

it("good arguments pass validate, unknown ones too, and every form of a duration and an ID", async (test) => {
  const config = [
    through("https", { base_url: "HTTPS://Host:8443/a/b/?c=d", timeout: "1m30s", max_retries: 0 }),
    through("local", { base_url: "http://[::1]:1/v1", timeout: "0.5", max_retries: 20 }),
    through("lan", { base_url: "http://gateway.lan/v1", allow_http: true, timeout: "24h" }),
    ...["...", "gen:with space", "ünï", "resp_1", "0"].map((id, index) => read(`id${index}`, id)),
    read("wait", "x", { wait_timeout: "0", timeouts: { read: "1" } }),
    read("waits", "x", { wait_timeout: "9m", timeouts: { read: "9m" } }),
    read("unknown", new Expression("terraform_data.later.output"), {
      wait_timeout: new Expression("terraform_data.later.output"),
    }),
    'resource "terraform_data" "later" {}\n',
  ].join("");
  await new Workspace(test).write("main.tf", config).ok("validate");
});

it("a bad variable of the environment is an error that names the variable, not an argument", async (test) => {
  const cases: readonly (readonly [Readonly<Record<string, string>>, Expected])[] = [
    [
      { OPENAI_BASE_URL: "api.openai.com" },
      {
        title: "Invalid OPENAI_BASE_URL",
        says: ["must be absolute", url, "in the environment variable OPENAI_BASE_URL"],
      },
    ],
    [
      { OPENAI_API_URL: "http://gateway.lan" },
      { title: "Invalid OPENAI_API_URL", says: ["allow_http = true", '"http://gateway.lan/…"'] },
    ],
    [
      { OPENAI_MAX_RETRIES: "many" },
      {
        title: "Invalid OPENAI_MAX_RETRIES",
        says: ["whole number from 0 to 20", "for example 4", 'Given: "many"'],
      },
    ],
    [
      { OPENAI_API_KEY: "key-canary\nsecond line" },
      { title: "Invalid OPENAI_API_KEY", says: ["line break", "OPENAI_API_KEY"] },
    ],
  ];
  const work = new Workspace(test).write("main.tf", provider({}) + read("example", "chatcmpl-abc123"));
  for (const [env, expected] of cases) {
    await test.test(expected.title, async () => {
      const result = await work.run(["plan", "-json"], { env });
      assert.equal(result.code, 1, result.output);
      const [error] = errorsByName(result).values();
      assertError(error, expected);
      assert.doesNotMatch(result.output, /canary/);
    });
  }
});
