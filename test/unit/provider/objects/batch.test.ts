import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { UNKNOWN } from "../../../../src/cty/index.ts";
import type { OpenAIServer } from "../../../support/openai-server/server.ts";
import { keptOf, place } from "./support.ts";

const name = "openai_batch";
const paid = "warning: Creating this batch is paid for";

function request(id: string, body = '{"model":"gpt-6-luna","seed":4944116822809979520}'): string {
  return `{"custom_id":"${id}","method":"POST","url":"/v1/responses","body":${body}}`;
}

const given = { requests: [request("a"), request("b")], endpoint: "/v1/responses" };

function sent(server: OpenAIServer): string[] {
  return server.requests
    .filter(({ method }) => method !== "GET")
    .map(({ method, path }) => `${method} ${path}`);
}

/** Titles of what an operation said, without the warning of the plan. */
const batches = (server: OpenAIServer) => server.control.objects.all("batches");
const files = (server: OpenAIServer) => server.control.objects.all("files");

describe("a batch", { concurrency: 8 }, () => {
  it("requests become a file of one line each, with their digits, and the batch takes it", async (t) => {
    const { server, session } = await place(t, { readyAfterMs: 60_000 });
    const pretty = `{\n  "custom_id": "c", "method": "POST",\n "url": "/v1/responses", "body": { "top_p": 0.10 } }`;
    const { state } = keptOf(await session.create(name, { ...given, requests: [...given.requests, pretty] }));
    assert.deepEqual(sent(server), ["POST /v1/files", "POST /v1/batches"]);
    const [file] = files(server);
    assert.equal(
      String(file?.content),
      `${request("a")}\n${request("b")}\n{"custom_id":"c","method":"POST","url":"/v1/responses","body":{"top_p":0.10}}\n`,
    );
    assert.deepEqual(
      [file?.body.purpose, state.input_file_id, state.status],
      ["batch", file?.id, "validating"],
    );
  });

  it("a plan that creates one says that it is paid for, and one that changes nothing does not", async (t) => {
    const { session } = await place(t, { readyAfterMs: 60_000 });
    assert.deepEqual((await session.plan(name, given)).titles, [paid]);
    const kept = keptOf(await session.create(name, given));
    assert.deepEqual((await session.plan(name, given, kept)).titles, []);
    const waiting = await session.plan(name, { ...given, wait: true }, kept);
    assert.deepEqual([waiting.titles, waiting.replaces], [[], []], "to wait is no other batch");
    const other = await session.plan(name, { ...given, requests: [request("z")] }, kept);
    assert.deepEqual([other.titles, other.replaces], [[paid], ["requests"]]);
  });

  for (const [what, requests, path, words] of [
    ["no JSON", [request("a"), "{"], "requests[1]", /line 2 is not JSON/],
    ["no object", ["[]"], "requests[0]", /line 1 is no JSON object/],
    ["no custom ID", [request("")], "requests[0]", /has no custom_id/],
    [
      "a custom ID twice",
      [request("a"), request("b"), request("a")],
      "requests[2]",
      /line 3 repeats the custom_id "a" of line 1/,
    ],
    ["another method", [request("a").replace("POST", "GET")], "requests[0]", /another method/],
    [
      "another endpoint",
      [request("a").replace("responses", "embeddings")],
      "requests[0]",
      /not the batch's endpoint "\/v1\/responses"/,
    ],
    ["no body", [request("a", "null")], "requests[0]", /has no body/],
    ["nothing at all", [], "requests", /must not be empty|from 1 to 50000/],
  ] as const) {
    it(`requests with ${what} are an error at validate`, async (t) => {
      const { server, session } = await place(t);
      const { titles, paths, details } = session.validate(name, { ...given, requests });
      assert.deepEqual([titles.length, paths, server.requests], [1, [path], []], details.join("\n"));
      assert.match(details.join("\n"), words);
    });
  }

  it("a request that is not known yet hides no error of the others", async (t) => {
    const { session } = await place(t);
    const requests = [UNKNOWN, request("a"), request("a")];
    assert.deepEqual(session.validate(name, { ...given, requests }).paths, ["requests[2]"]);
    assert.deepEqual(session.validate(name, { requests: [request("a")], endpoint: UNKNOWN }).titles, []);
  });

  it("one of the two inputs is set", async (t) => {
    const { session } = await place(t);
    assert.equal(session.validate(name, { endpoint: "/v1/responses" }).titles.length, 1);
    assert.equal(session.validate(name, { ...given, input_file_id: "file-1" }).titles.length, 1);
  });

  it("with wait, the creation ends when the batch has, and the results are there", async (t) => {
    const { server, session } = await place(t, { readyAfterMs: 300 });
    const requests = [request("a"), request("bad", '{"model":"fail"}')];
    const { state } = keptOf(await session.create(name, { ...given, requests, wait: true }));
    assert.deepEqual(
      [state.status, state.request_counts],
      ["completed", { total: 2, completed: 1, failed: 1 }].map((each) =>
        typeof each === "object" ? Object.assign(Object.create(null), each) : each,
      ),
    );
    server.control.clearRequests();
    const read = keptOf(await session.read("openai_batch_results", { batch_id: state.id }));
    const { results, errors } = read.state;
    assert.ok(results instanceof Map && errors instanceof Map);
    assert.deepEqual([[...results.keys()], [...errors.keys()]], [["a"], ["bad"]]);
    assert.deepEqual(
      [results.get("a").text, results.get("a").status_code, results.get("a").error],
      ["Answer to a", 200, null],
    );
    assert.match(results.get("a").body_json, /"seed":4944116822809979520/);
    assert.deepEqual(
      { ...errors.get("bad").error },
      { code: "model_not_found", message: "The model 'fail' does not exist." },
    );
    assert.equal(errors.get("bad").text, null);
    assert.equal(server.requests.length, 3);
  });

  it("the answers of chat completions have their text, too", async (t) => {
    const { session } = await place(t, { readyAfterMs: 100 });
    const requests = [request("a").replace("responses", "chat/completions")];
    const config = { requests, endpoint: "/v1/chat/completions", wait: true };
    const { state } = keptOf(await session.create(name, config));
    const { results } = keptOf(await session.read("openai_batch_results", { batch_id: state.id })).state;
    assert.ok(results instanceof Map);
    assert.equal(results.get("a").text, "Answer to a");
  });

  it("the results of a batch that runs are empty", async (t) => {
    const { server, session } = await place(t, { readyAfterMs: 60_000 });
    const { state } = keptOf(await session.create(name, given));
    const read = keptOf(await session.read("openai_batch_results", { batch_id: state.id }));
    assert.deepEqual(
      [read.state.status, read.state.results, read.state.errors],
      ["validating", new Map(), new Map()],
    );
    assert.ok(server.requests.every(({ path }) => !path.endsWith("/content")));
  });

  it("a request that the batch had no time for is an error by its code", async (t) => {
    const { server, session } = await place(t);
    const line =
      '{"id":"batch_req_1","custom_id":"late","response":null,"error":{"code":"batch_expired","message":"Too late."}}';
    const { id } = server.control.addObject("files", { id: "file-errors" });
    Reflect.set(server.control.objects.peek("files", id) ?? {}, "content", Buffer.from(`${line}\n`));
    server.control.addObject("batches", { id: "batch_1", status: "expired", error_file_id: id });
    const { errors } = keptOf(await session.read("openai_batch_results", { batch_id: "batch_1" })).state;
    assert.ok(errors instanceof Map);
    const { status_code, body_json, error } = errors.get("late");
    assert.deepEqual(
      [status_code, body_json, { ...error }],
      [null, null, { code: "batch_expired", message: "Too late." }],
    );
  });

  /** The results of a batch with files of these contents. */
  async function resultsOf(t: TestContext, contents: Readonly<Record<string, string | null>>) {
    const { server, session } = await place(t);
    const files = Object.entries(contents).map(([member, content]): [string, string | null] => {
      if (content === null || !content.includes("{")) return [member, content];
      const { id } = server.control.addObject("files", { id: `file-${member}` });
      Reflect.set(server.control.objects.peek("files", id) ?? {}, "content", Buffer.from(content));
      return [member, id];
    });
    server.control.addObject("batches", { id: "batch_1", ...Object.fromEntries(files) });
    return session.read("openai_batch_results", { batch_id: "batch_1" });
  }

  const answered = (id: unknown, body: string) =>
    `${JSON.stringify({ id: "r", custom_id: id }).slice(0, -1)},"response":{"status_code":200,"body":${body}},"error":null}\n`;

  it("results whose custom IDs Terraform takes for one, or that have none, are left out with a warning", async (t) => {
    const output = [
      answered("e\u0301", "{}"),
      answered("\u00e9", "{}"),
      answered(null, "{}"),
      answered("b", "{}"),
    ];
    const { titles, details, kept } = await resultsOf(t, { output_file_id: output.join("") });
    assert.deepEqual(titles, ["warning: Results left out"]);
    assert.match(
      details.join(),
      /line 2 has the custom_id "\u00e9" of line 1\n {2}- line 3 has no custom_id\n/,
    );
    assert.match(details.join(), /"openai_file_content" reads all of them: file_id = "file-output_file_id"/);
    assert.ok(kept?.state.results instanceof Map);
    assert.deepEqual([...kept.state.results.keys()], ["\u00e9", "b"]);
  });

  it("a file of results with an empty ID is none, and an ID that fits no URL is an error of the answer", async (t) => {
    const { results, output_file_id } = keptOf(
      await resultsOf(t, { output_file_id: "", error_file_id: "" }),
    ).state;
    assert.deepEqual([results, output_file_id], [new Map(), null]);
    const odd = await resultsOf(t, { output_file_id: "../models" });
    assert.deepEqual(odd.titles, ["error: Unexpected answer from the API"]);
    assert.match(odd.details.join(), /output_file_id is no ID of a file/);
  });

  it("the code of an error that is a number is kept, in both places that have one", async (t) => {
    const body = '{"error":{"code":429,"message":"Slow down."}}';
    const lines = [
      answered("a", body),
      '{"custom_id":"b","response":null,"error":{"code":500,"message":"m"}}\n',
    ];
    const { errors } = keptOf(await resultsOf(t, { error_file_id: lines.join("") })).state;
    assert.ok(errors instanceof Map);
    assert.deepEqual([errors.get("a").error.code, errors.get("b").error.code], ["429", "500"]);
  });

  it("requests in another layout are the same batch, and another digit is another one", async (t) => {
    const { session } = await place(t, { readyAfterMs: 60_000 });
    const kept = keptOf(await session.create(name, given));
    const pretty =
      '{ "body": {"seed":4944116822809979520, "model":"gpt-6-luna"}, "url":"/v1/responses", "method":"POST", "custom_id":"a" }';
    const plan = await session.plan(name, { ...given, requests: [pretty, request("b")] }, kept);
    assert.deepEqual([plan.titles, plan.empty], [[], true]);
    const other = pretty.replace("9520", "9521");
    assert.deepEqual(
      (await session.plan(name, { ...given, requests: [other, request("b")] }, kept)).replaces,
      ["requests"],
    );
  });

  it("results that are broken, or gone, are an error that names the file", async (t) => {
    const { server, session } = await place(t);
    server.control.addObject("batches", { id: "batch_1", output_file_id: "file-gone" });
    const gone = await session.read("openai_batch_results", { batch_id: "batch_1" });
    assert.deepEqual(gone.titles, ["error: File not found"]);
    assert.match(gone.details.join(), /file-gone[\s\S]*output_expires_after[\s\S]*take this data source out/);
    server.control.addObject("files", { id: "file-gone" });
    Reflect.set(
      server.control.objects.peek("files", "file-gone") ?? {},
      "content",
      Buffer.from("{}\n{secret"),
    );
    const broken = await session.read("openai_batch_results", { batch_id: "batch_1" });
    assert.deepEqual(broken.titles, ["error: Unexpected answer from the API"]);
    assert.match(broken.details.join(), /line 2/);
  });

  it("an input that the API refuses taints the batch, with the API's words and lines", async (t) => {
    const { server, session } = await place(t, { readyAfterMs: 100 });
    server.control.addObject("files", { id: "file-broken" });
    Reflect.set(server.control.objects.peek("files", "file-broken") ?? {}, "content", Buffer.from("{"));
    const failed = await session.create(name, {
      input_file_id: "file-broken",
      endpoint: "/v1/responses",
      wait: true,
    });
    assert.deepEqual(failed.titles, ["error: Batch failed"]);
    assert.match(
      failed.details.join(),
      /line 1: This line is not parseable as valid JSON\. \(invalid_json_line\)/,
    );
    assert.equal(failed.kept?.state.status, "failed");
  });

  it("a batch that expires while it is waited for is kept, with a warning", async (t) => {
    const { server, session } = await place(t, { readyAfterMs: 60_000 });
    const creating = session.create(name, { ...given, wait: true });
    while (batches(server).length === 0) await new Promise((done) => setTimeout(done, 5));
    server.control.changeObject("batches", String(batches(server)[0]?.id), { status: "expired" });
    const { titles, kept } = await creating;
    assert.deepEqual([titles, kept?.state.status], [["warning: Batch ended without success"], "expired"]);
  });

  it("reads that fail during the wait do not lose the batch, nor have it bought again", async (t) => {
    const { server, session } = await place(t, { readyAfterMs: 600 });
    const creating = session.create(name, { ...given, wait: true });
    server.fault({ method: "GET", error: "server_error", times: 2 });
    const kept = keptOf(await creating);
    assert.equal(kept.state.status, "completed");
    const other = session.create(name, { ...given, wait: true, timeouts: { create: "2s" } });
    server.fault({ method: "GET", error: "server_error", times: "always" });
    const { titles, details, kept: left } = await other;
    assert.deepEqual([titles, left?.state.status], [["warning: API failed"], "validating"]);
    assert.match(details.join(), /was created, and could not be read again/);
    assert.doesNotMatch(details.join(), /carried out|To wait longer/);
    assert.equal(batches(server).length, 2);
  });

  it("Ctrl-C ends the wait, and the batch is kept", async (t) => {
    const { server, session } = await place(t, { readyAfterMs: 600_000 });
    const creating = session.create(name, { ...given, wait: true });
    while (batches(server).length === 0) await new Promise((done) => setTimeout(done, 5));
    setTimeout(() => session.stop(), 50);
    const { titles, kept } = await creating;
    assert.deepEqual(titles, ["warning: Batch not ready yet"]);
    assert.equal(kept?.state.id, batches(server)[0]?.id);
  });

  it("a batch that the API refuses leaves no file behind", async (t) => {
    const { server, session } = await place(t);
    server.fault({ method: "POST", path: "/v1/batches", error: "insufficient_quota" });
    const failed = await session.create(name, given);
    assert.deepEqual([failed.titles, failed.kept], [["error: Quota exhausted"], null]);
    assert.deepEqual([files(server), batches(server)], [[], []]);
  });

  it("an upload that fails creates no batch", async (t) => {
    const { server, session } = await place(t);
    server.fault({ method: "POST", path: "/v1/files", error: "server_error" });
    const failed = await session.create(name, given);
    assert.deepEqual([failed.titles, batches(server)], [["error: API failed"], []]);
  });

  it("a lost answer is found again by the file of its requests, and by nothing else", async (t) => {
    const { server, session } = await place(t, { readyAfterMs: 60_000 });
    server.control.addObject("batches", {
      endpoint: "/v1/responses",
      created_at: Math.floor(Date.now() / 1000),
    });
    server.fault({ method: "POST", path: "/v1/batches", reset: "headers" });
    const { titles, kept } = await session.create(name, given);
    assert.deepEqual(titles, ["warning: Answer lost, and found again"]);
    assert.equal(kept?.state.id, batches(server).at(-1)?.id);
    assert.equal(sent(server).filter((each) => each === "POST /v1/batches").length, 1);
  });

  it("where nothing was created, or two may be it, a lost answer is an error, and its file stays", async (t) => {
    const { server, session } = await place(t, { readyAfterMs: 60_000 });
    server.fault({ method: "POST", path: "/v1/batches", status: 500, body: {} });
    const none = await session.create(name, { ...given, timeouts: { create: "2s" } });
    assert.deepEqual(none.titles, ["error: API failed"]);
    assert.match(none.details.join(), /may have been carried out/);
    assert.equal(files(server).length, 1, "a batch that runs may need it");
    const now = Math.floor(Date.now() / 1000);
    const same = { input_file_id: "file-same", endpoint: "/v1/responses", created_at: now };
    server.control.addObject("batches", { ...same, id: "batch_one" });
    server.control.addObject("batches", { ...same, id: "batch_two" });
    server.fault({ method: "POST", path: "/v1/batches", reset: "headers" });
    const two = await session.create(name, { input_file_id: "file-same", endpoint: "/v1/responses" });
    assert.ok(two.titles.length === 1 && two.titles[0]?.startsWith("error"), two.titles.join());
  });

  it("destroying cancels what runs, leaves what has ended, and deletes the file of requests alone", async (t) => {
    const { server, session } = await place(t, { readyAfterMs: 600_000 });
    const kept = keptOf(await session.create(name, given));
    server.control.clearRequests();
    assert.deepEqual((await session.delete(name, kept)).titles, []);
    assert.deepEqual(sent(server), [
      `POST /v1/batches/${kept.state.id}/cancel`,
      `DELETE /v1/files/${kept.state.input_file_id}`,
    ]);
    const done = keptOf(await session.create(name, { ...given }));
    server.control.changeObject("batches", String(done.state.id), { status: "completed" });
    server.control.clearRequests();
    assert.deepEqual((await session.delete(name, done)).titles, []);
    assert.deepEqual(sent(server), [`DELETE /v1/files/${done.state.input_file_id}`]);
    const own = keptOf(await session.create(name, { input_file_id: "file-own", endpoint: "/v1/responses" }));
    server.control.clearRequests();
    await session.delete(name, own);
    assert.deepEqual(
      sent(server),
      [`POST /v1/batches/${own.state.id}/cancel`],
      "the file is not this resource's",
    );
  });

  it("a batch that ends while it is being cancelled is no error", async (t) => {
    const { server, session } = await place(t, { readyAfterMs: 600_000 });
    const kept = keptOf(await session.create(name, { input_file_id: "file-own", endpoint: "/v1/responses" }));
    server.fault({
      method: "POST",
      status: 409,
      body: { error: { message: "It has ended.", type: "invalid_request_error" } },
    });
    const still = await session.delete(name, kept);
    assert.deepEqual(
      [still.titles.length, still.kept?.state.id],
      [1, kept.state.id],
      "while it runs, it is one",
    );
    const id = String(kept.state.id);
    server.fault({
      method: "POST",
      status: 409,
      body: { error: { message: "It has ended." } },
      delayMs: 200,
    });
    const deleting = session.delete(name, kept);
    while (!server.requests.some(({ path }) => path.endsWith("/cancel")))
      await new Promise((done) => setTimeout(done, 5));
    server.control.changeObject("batches", id, { status: "completed" });
    const gone = await deleting;
    assert.deepEqual([gone.titles, gone.kept], [[], null]);
  });

  it("a batch that another provider created, and that this key does not see, is kept and not bought again", async (t) => {
    const { server, session } = await place(t, { readyAfterMs: 60_000 });
    const argued = { input_file_id: "file-1", endpoint: "/v1/responses" };
    const theirs = { id: "batch_theirs", ...argued, completion_window: "24h", status: "completed" };
    const { titles, kept } = await session.upgrade(name, theirs, 0, "null");
    assert.deepEqual(titles, ["warning: Batch not found, and kept"]);
    assert.ok(kept);
    assert.ok((await session.plan(name, argued, kept)).empty);
    assert.deepEqual(sent(server), []);
    // One that was created here, and is gone, is planned anew, with the warning of what it costs.
    const own = keptOf(await session.create(name, given));
    const [made] = batches(server);
    server.control.forgetObject("batches", String(made?.id));
    own.private.set("unseen_since", undefined);
    assert.equal((await session.refresh(name, own)).kept, null);
  });

  it("the state of a batch of anybody else is refused", async (t) => {
    const { session } = await place(t);
    const other = await session.move(name, "registry.terraform.io/someone/openai", name, { id: "batch_x" });
    assert.deepEqual(other.titles, ["error: Resource cannot be moved"]);
  });

  for (const [how, lines, asked, title, replaces] of [
    ["are those of its input", given.requests, {}, undefined, []],
    ["are in another layout", given.requests.map((each) => each.replace(/,/g, " , ")), {}, undefined, []],
    [
      "are fewer",
      [...given.requests, given.requests[0] ?? ""],
      {},
      "Requests are not those of the imported batch",
      ["requests"],
    ],
    [
      "are others",
      ['{"custom_id":"other"}'],
      {},
      "Requests are not those of the imported batch",
      ["requests"],
    ],
    ["cannot be compared, since its input is gone", undefined, {}, "Requests not compared", []],
    ["cannot be compared with what is no JSONL", ["{"], {}, "Requests not compared", []],
    ["are not known yet", given.requests, { requests: UNKNOWN }, "Requests not compared", []],
    ["are not all known yet", given.requests, { requests: [UNKNOWN] }, "Requests not compared", []],
  ] as const) {
    it(`a plan after an import says what it found where requests ${how}`, async (t) => {
      const { server, session } = await place(t);
      if (lines !== undefined)
        server.control.addObject(
          "files",
          { id: "file-in" },
          {},
          Buffer.from(lines.map((each) => `${each}\n`).join("")),
        );
      const { endpoint } = given;
      const { id } = server.control.addObject("batches", {
        endpoint,
        input_file_id: "file-in",
        completion_window: "24h",
      });
      const imported = keptOf(await session.import(name, id));
      const plan = await session.plan(name, { ...given, ...asked }, imported);
      assert.deepEqual(
        [plan.titles, plan.replaces],
        [title === undefined ? [] : [`warning: ${title}`], replaces],
        plan.details.join(),
      );
      if (title !== undefined) assert.deepEqual(plan.paths, ["requests"]);
    });
  }
});
