import { createServer } from "node:net";
import { it, type TestContext } from "node:test";
import { type Arguments, through } from "../support/configurations.ts";
import { assertError, type Expected, failingApply } from "../support/diagnostics.ts";
import { startOpenAIServer } from "../support/openai-server/server.ts";
import { Workspace } from "../support/terraform.ts";

it("an API that cannot be reached, or does not answer in time, is an error that names it and says which", async (test) => {
  const server = await startOpenAIServer();
  test.after(() => server.close());
  const silent = await silentPort(test);
  const closed = `http://127.0.0.1:${await closedPort()}`;
  const key: Arguments = { api_key: "sk-connection", max_retries: 0 };
  server.seed({ id: "garbage" });
  server.fault({ id: "reset", reset: "before", times: "always" });
  server.fault({ id: "garbage", framing: "garbage", times: "always" });
  server.fault({ id: "slow", delayMs: 5_000, times: "always" });
  server.fault({ id: "endless", endless: "silent", times: "always" });
  server.fault({ id: "limited", error: "rate_limit", headers: { "retry-after-ms": "200" }, times: "always" });
  server.fault({
    id: "overtime",
    error: "server_error",
    headers: { "retry-after-ms": "400" },
    times: "always",
  });

  const here: Arguments = { ...key, base_url: server.url };
  const config = [
    through("refused", { ...key, base_url: `${closed}/v1?secret=query` }),
    through("name", { ...key, base_url: "https://no-such-host.invalid/v1" }),
    through("silent", { ...key, base_url: `http://127.0.0.1:${silent}/v1`, timeout: "0.4s" }),
    through("reset", here, "reset"),
    through("garbage", here, "garbage"),
    through("slow", { ...here, timeout: "400ms", max_retries: 1 }, "slow"),
    through("endless", { ...here, timeout: "2" }, "endless"),
    through("limited", here, "limited", { timeouts: { read: "1s" }, api_key: "sk-limited" }),
    through("overtime", { ...here, max_retries: 20 }, "overtime", { timeouts: { read: "1.5" } }),
    through("version", { ...key, base_url: server.origin }),
    through("other", { ...key, base_url: `${server.origin}/v1/v1` }),
  ].join("");
  const errors = await failingApply(new Workspace(test), config);

  const where = ["Check base_url", "proxy"];
  const rows: Readonly<Record<string, Expected>> = {
    refused: {
      title: "Connection refused",
      says: [`${closed} refuses connections (ECONNREFUSED)`, ...where],
    },
    name: { title: "Host not found", says: ["https://no-such-host.invalid", "cannot be resolved", ...where] },
    silent: {
      title: "No answer in time",
      says: [`http://127.0.0.1:${silent}`, "1 attempt in 0.", "one attempt may take", 'timeout = "120s"'],
    },
    reset: { title: "Connection lost", says: [server.origin, "ended before an answer came", ...where] },
    garbage: {
      title: "Unexpected answer from the API",
      says: [server.origin, "not valid HTTP, by the server or a proxy", "operator"],
    },
    slow: {
      title: "No answer in time",
      says: [server.origin, "one attempt may take", "2 attempts in ", 'timeout = "120s"'],
    },
    endless: { title: "No answer in time", says: [server.origin, "no whole answer", "1 attempt in 2."] },
    limited: {
      title: "Rate limit not lifted in time",
      says: [
        "longer than what is left of this read's time",
        " attempts in ",
        'timeouts = { read = "15m" }',
        "-parallelism",
        "Rate limit reached",
        "Status 429, request ID req_",
      ],
    },
    overtime: {
      title: "Read not finished in time",
      says: [
        server.url,
        "attempts in 1.",
        "Sorry about that!",
        'timeouts = { read = "15m" }',
        "Status 500, request ID req_",
      ],
    },
    version: {
      title: "No stored completions at this URL",
      says: [
        "probably base_url is wrong",
        `${server.origin}/v1.`,
        "Invalid URL (GET /chat/completions/chatcmpl-abc123)",
      ],
    },
    other: {
      title: "No stored completions at this URL",
      says: [`${server.origin}/v1/v1 answers`, "Is the path right", "https://api.openai.com/v1"],
    },
  };
  for (const [name, expected] of Object.entries(rows)) {
    await test.test(name, () => assertError(errors.get(name), expected));
  }
});

/** A port that takes connections and never answers. */
async function silentPort(test: TestContext): Promise<number> {
  const server = createServer((socket) => void socket.on("error", () => {}).resume());
  const sockets = new Set<import("node:net").Socket>();
  server.on("connection", (socket) => sockets.add(socket));
  test.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return await portOf(server);
}

/** A port that nothing listens on. */
async function closedPort(): Promise<number> {
  const server = createServer();
  const port = await portOf(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function portOf(server: import("node:net").Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      if (address === null || typeof address === "string") reject(new Error("no port"));
      else resolve(address.port);
    });
  });
}
