import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { connect as connectHTTP2 } from "node:http2";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, it, type TestContext } from "node:test";
import { type Certificate, createCertificate } from "../../src/plugin/certificate.ts";
import { PluginClient } from "../process/support/plugin-client.ts";
import { type OpenAIServer, startOpenAIServer } from "../support/openai-server/server.ts";
import { builtProvider } from "../support/root.ts";
import { terraformPath, Workspace } from "../support/terraform.ts";
import { providersWith, withoutProc, withoutRoot } from "./processes.ts";
import { Session } from "./session.ts";

let server: OpenAIServer;
before(async () => {
  server = await startOpenAIServer();
});
after(() => server.close());

const timeout = 60_000;

/** The built provider as Terraform starts it, in a temporary folder that everybody may look into. */
async function started(t: TestContext, certificate?: Certificate): Promise<PluginClient> {
  const folder = mkdtempSync(join(tmpdir(), "trust-"));
  chmodSync(folder, 0o777);
  const client = await PluginClient.start({
    command: [builtProvider().executable],
    env: { TMPDIR: folder },
    ...(certificate && { certificate }),
  });
  t.after(async () => {
    await client.dispose();
    rmSync(folder, { recursive: true });
  });
  return client;
}

async function stillServes(client: PluginClient): Promise<void> {
  await client.call("tfplugin6.Provider/GetMetadata");
}

it("the socket is its owner's alone", { skip: withoutProc }, async (t) => {
  const client = await started(t);
  const { mode, uid } = statSync(client.handshake.address);
  assert.equal(mode & 0o777, 0o600);
  assert.equal(uid, process.getuid?.());
});

it("another user of the machine cannot connect, and serving goes on", { skip: withoutRoot }, async (t) => {
  const client = await started(t);
  const script = `require("node:net").connect(process.argv[1]).on("error", (e) => console.log(e.code)).on("connect", () => { console.log("connected"); process.exit(); })`;
  const as = (user: string) =>
    execFileSync(
      "setpriv",
      [
        `--reuid=${user}`,
        `--regid=${user}`,
        "--clear-groups",
        process.execPath,
        "-e",
        script,
        client.handshake.address,
      ],
      { encoding: "utf8", cwd: "/" },
    ).trim();
  assert.equal(as("0"), "connected", "or the refusal would mean nothing");
  assert.equal(as("65534"), "EACCES");
  await stillServes(client);
});

it("strangers with whatever certificate, and plain HTTP/2 with a whole RPC, are refused, and serving goes on", async (t) => {
  const client = await started(t);
  const day = 86_400_000;
  const strangers: Record<string, Certificate | undefined> = {
    "no certificate": undefined,
    "another certificate": createCertificate({ namedCurve: "P-521" }),
    "an expired certificate": createCertificate({
      notAfter: new Date(Date.now() - day),
      notBefore: new Date(0),
    }),
  };
  for (const [who, certificate] of Object.entries(strangers)) {
    assert.match(await askForSchema(client.handshake.address, certificate), /^refused/, who);
    await stillServes(client);
  }
  assert.match(await askForSchema(client.handshake.address, "plain"), /^refused/);
  await stillServes(client);
  assert.match(
    await askForSchema(client.handshake.address, client.certificate),
    /^200/,
    "the host is served",
  );
});

/** Calls GetMetadata by hand: "200 …" or "refused …". */
async function askForSchema(path: string, as: Certificate | "plain" | undefined): Promise<string> {
  const { connect: connectTLS } = await import("node:tls");
  return await new Promise((resolve) => {
    const refused = (error?: Error) => resolve(`refused ${error?.message ?? ""}`);
    const socket =
      as === "plain"
        ? connect(path)
        : connectTLS({
            path,
            rejectUnauthorized: false,
            ALPNProtocols: ["h2"],
            ...(as && { cert: as.pem, key: as.keyPem }),
          });
    socket.on("error", refused);
    socket.on("close", () => refused());
    const session = connectHTTP2("http://localhost", { createConnection: () => socket });
    session.on("error", refused);
    const request = session.request({
      ":method": "POST",
      ":path": "/tfplugin6.Provider/GetMetadata",
      "content-type": "application/grpc",
      te: "trailers",
    });
    request.on("error", refused);
    request.on("response", (headers) => {
      resolve(String(headers[":status"]));
      session.destroy();
    });
    request.end(Buffer.alloc(5));
  });
}

const KEY = "sk-proj-CANARYtrust-4c1d9be07a-ZQ9V";
const trace = /CANARYtrust|4c1d9be07a|ZQ9V/;

it("no key in the process list, the plan file, the state, the lock file or any other file", {
  timeout,
  skip: withoutProc,
}, async (t) => {
  const temporary = mkdtempSync(join(tmpdir(), "canary-"));
  t.after(() => rmSync(temporary, { recursive: true }));
  const work = new Workspace(t, {
    OPENAI_BASE_URL: server.url,
    TMPDIR: temporary,
    TF_VAR_key: KEY,
    TF_LOG: "trace",
  });
  work.write(
    "main.tf",
    `variable "key" {\n  type      = string\n  sensitive = true\n  ephemeral = true\n}\n` +
      'provider "openai" {\n  api_key = var.key\n}\n' +
      'data "openai_chat_completion" "x" {\n  completion_id = "chatcmpl-abc123"\n}\n' +
      'resource "openai_chat_completion" "y" {\n  model = "gpt-4o-mini"\n  messages = [{ role = "user", content = "Hi" }]\n}\n',
  );
  server.fault({ method: "GET", id: "chatcmpl-abc123", delayMs: 700 });
  server.control.clearRequests();
  const run = work.run(["plan", "-out=plan.bin"]);
  const lines: string[] = [];
  while (server.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  lines.push(...providersWith(`TMPDIR=${temporary}`).map(({ commandLine }) => commandLine));
  const planned = await run;
  assert.equal(planned.code, 0, planned.output);
  assert.ok(lines.length > 0, "the provider was seen");
  const applied = await work.run(["apply", "plan.bin"]);
  assert.equal(applied.code, 0, applied.output);
  const shown = await work.run(["show", "-json"], { env: { TF_LOG: undefined } });
  for (const [where, text] of Object.entries({
    "the process list": lines.join("\n"),
    "plan's output and log": planned.output,
    "apply's output and log": applied.output,
    show: shown.output,
  })) {
    assert.doesNotMatch(text, trace, where);
  }
  assert.ok(
    server.requests.some(({ key }) => key === KEY),
    "it was sent",
  );
  // A plan file is a zip: its members are looked at as they are.
  const contents = execFileSync("unzip", ["-p", join(work.folder, "plan.bin")], { encoding: "latin1" });
  assert.ok(contents.includes("openai_chat_completion"), "the plan was read");
  assert.doesNotMatch(contents, trace, "the plan file");
  for (const folder of [work.folder, temporary]) {
    for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
      const file = join(folder, name);
      if (statSync(file).isFile()) assert.doesNotMatch(readFileSync(file, "latin1"), trace, name);
    }
  }
});

it("no text of the API's can forge what a terminal shows: no escape, control or bidi character arrives raw", {
  timeout,
}, async (t) => {
  const forged =
    "\u001b[2J\u001b[32mApply complete!\u001b[0m\u0007\r\u009b31m\u202e\u2066\u2028\u0085\u0000\u007f";
  const completion = {
    id: "chatcmpl-forged",
    object: forged,
    choices: [],
    [forged]: forged,
  };
  const error = {
    error: { message: `${forged}\nError: forged\n╷\n│ forged`, code: forged, type: forged, param: forged },
  };
  server.fault({
    id: "chatcmpl-error",
    status: 500,
    body: error,
    headers: { "x-request-id": "req_\u009b31m\u0085" },
    times: "always",
  });
  server.fault({
    id: "chatcmpl-text",
    status: 502,
    body: forged,
    contentType: "text/plain",
    times: "always",
  });
  server.fault({ id: "chatcmpl-forged", body: completion, times: "always" });
  server.fault({
    id: "chatcmpl-type",
    body: { object: "chat.completion", choices: [{ index: forged }] },
    times: "always",
  });
  server.fault({
    id: "chatcmpl-where",
    status: 302,
    redirect: "https://\u009b31m.invalid/",
    times: "always",
  });
  server.fault({ method: "POST", status: 400, body: error, times: "always" });
  t.after(() => server.control.reset());
  const ids = ["error", "text", "forged", "type", "where"];
  const work = new Workspace(t);
  work.write(
    "main.tf",
    `provider "openai" {\n  api_key = "sk-x"\n  base_url = "${server.url}"\n  max_retries = 0\n}\n` +
      ids
        .map((id) => `data "openai_chat_completion" "${id}" {\n  completion_id = "chatcmpl-${id}"\n}\n`)
        .join("") +
      'resource "openai_chat_completion" "y" {\n  model = "gpt-4o-mini"\n  messages = [{ role = "user", content = "Hi" }]\n}\n',
  );
  for (const args of [
    ["plan", "-no-color"],
    ["apply", "-auto-approve", "-no-color", "-target=openai_chat_completion.y"],
  ]) {
    const bytes = await rawOutput(work, args);
    const text = bytes.toString("utf8");
    assert.match(text, /Error: /);
    // Beside Terraform's own line ends and boxes.
    assert.doesNotMatch(text, /[^\P{C}\n]|[\u2028\u2029]/u);
    assert.doesNotMatch(text, /^(Error: forged|╷|│ forged|Apply complete!)/m, "no line of its own");
  }
});

/** What a terminal would get, byte by byte. */
function rawOutput(work: Workspace, args: readonly string[]): Promise<Buffer> {
  const env = {
    PATH: process.env.PATH,
    HOME: work.folder,
    TF_CLI_CONFIG_FILE: builtProvider().cliConfig,
    TF_INPUT: "0",
    CHECKPOINT_DISABLE: "1",
  };
  const child = spawn(terraformPath(), args, { cwd: work.folder, env, stdio: ["ignore", "pipe", "pipe"] });
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => chunks.push(chunk));
  return new Promise((resolve) => child.on("close", () => resolve(Buffer.concat(chunks))));
}

/** IDs that a careless URL would turn into another path, query, or host. */
const tricks = [
  "../models",
  "../../../admin",
  "..%2f..%2fadmin",
  "%2e%2e/%2e%2e/admin",
  "..",
  ".",
  "./x",
  "a/../../b",
  "a/b",
  "a\\b",
  "..\\..\\b",
  "?limit=1",
  "a?x=y",
  "#fragment",
  "a#b",
  "//evil.invalid/x",
  "/\\evil.invalid",
  "https://evil.invalid/",
  "@evil.invalid",
  ":80@evil.invalid/",
  "a%00b",
  "a%0d%0aHost:%20evil.invalid",
  "a;b=c",
  "a b",
  "\u202e",
  "ａ／ｂ",
  "．．／x",
  "a\u2215b",
  "%",
  "%zz",
  "messages",
  "x/messages",
];

it("no ID leads a request anywhere but to one segment below /chat/completions of the API", async (t) => {
  const evil = createServer((_, response) => response.end("{}"));
  await new Promise<void>((resolve) => evil.listen(0, "127.0.0.1", resolve));
  t.after(() => evil.close());
  let caught = 0;
  evil.on("connection", () => {
    caught += 1;
  });
  const session = await Session.start(t);
  await session.configure({ api_key: KEY, base_url: server.url, max_retries: 0 });
  server.control.reset();
  let sent = 0;
  for (const id of tricks) {
    const before = server.requests.length;
    const outcomes = [
      await session.read("openai_chat_completion", { completion_id: id }),
      await session.read("openai_chat_completion_messages", { completion_id: id }),
      await session.open({ completion_id: id }),
      await session.import(id),
    ];
    for (const { titles, state } of outcomes) {
      assert.equal(titles.length, 1, id);
      assert.ok(!state, id);
    }
    for (const { path, query, method, headers } of server.requests.slice(before)) {
      sent += 1;
      assert.equal(method, "GET");
      assert.match(path, /^\/v1\/chat\/completions\/[^/\\?#]+(\/messages)?$/, id);
      const [, segment = ""] = /completions\/([^/]+)/.exec(path) ?? [];
      assert.equal(decodeURIComponent(segment), id, "the ID arrives as it is");
      assert.ok(![...query.keys()].includes("x"), id);
      assert.equal(headers.host, new URL(server.url).host, id);
    }
  }
  assert.equal(caught, 0);
  t.diagnostic(`${tricks.length} IDs, ${sent} requests, all to one segment`);
});

it("the key goes to no other origin by a redirect, whatever the redirect looks like", async (t) => {
  let caught = 0;
  const evil = createServer((_, response) => {
    caught += 1;
    response.end('{"object":"chat.completion","choices":[]}');
  });
  await new Promise<void>((resolve) => evil.listen(0, "127.0.0.1", resolve));
  t.after(() => evil.close());
  const address = evil.address();
  assert.ok(address !== null && typeof address === "object");
  const host = `127.0.0.1:${address.port}`;
  const own = new URL(server.url).host;
  const session = await Session.start(t);
  await session.configure({ api_key: KEY, base_url: server.url, max_retries: 0 });
  const places = [
    `http://${host}/v1`,
    `//${host}/v1`,
    `\\\\${host}/v1`,
    `/\\${host}/v1`,
    `http:\\\\${host}`,
    `http:${host}`,
    `http://${own}@${host}/`,
    `http://${own}%40${host}/`,
    `http://${own}#@${host}/`,
    `http://${own}\\@${host}/`,
    `http://localhost:${address.port}/`,
    `http://[::ffff:127.0.0.1]:${address.port}/`,
    `http://2130706433:${address.port}/`,
    ` http://${host}/ `,
    `HTTP://${host}/`,
    `https://${host}/`,
    `ws://${host}/`,
    "javascript:alert(1)",
  ];
  for (const status of [301, 302, 303, 307, 308]) {
    for (const to of places) {
      server.control.reset();
      server.fault({ redirect: to, status, times: "always" });
      const { titles } = await session.read("openai_chat_completion", { completion_id: "chatcmpl-abc123" });
      assert.match(titles.join(), /^ERROR /, to);
      assert.ok(server.requests.every(({ headers }) => headers.host === own));
    }
  }
  assert.equal(caught, 0, "the other origin was asked");
  t.diagnostic(`${places.length * 5} redirects`);
});

it("a base URL with a user, another scheme, or tricks in its host is refused before anything is sent", async (t) => {
  const session = await Session.start(t);
  for (const url of [
    "https://api.openai.com@evil.invalid/v1",
    "https://user:password@api.openai.com/v1",
    "https://api.openai.com\\@evil.invalid/v1",
    "https://api.openai.com\t@evil.invalid",
    "https://api.openai.com#@evil.invalid",
    "http://evil.invalid/v1",
    "ftp://evil.invalid",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "//evil.invalid",
    "evil.invalid",
    "https://evil.invalid:99999/",
    "https://evil.invalid:0/",
  ]) {
    const [reported = "", ...more] = await session.provider.configure({ api_key: KEY, base_url: url });
    assert.match(reported, /^ERROR Invalid value for "base_url"/, url);
    assert.ok(!reported.includes("user:"), url);
    assert.deepEqual(more, []);
  }
});
