// The benchmark's API, in a process of its own: answers every ID with one stored completion, after a
// fixed delay, or with 429 beyond a rate. `node scripts/bench/api.mjs DELAY_MS PER_SECOND` prints its port.
import { createServer } from "node:http";

const delay = Number(process.argv[2] ?? 0);
const perSecond = Number(process.argv[3] ?? Number.POSITIVE_INFINITY);

/** @param {string} id */
const completion = (id) =>
  `{"object":"chat.completion","id":"${id}","model":"gpt-4o-mini-2024-07-18","created":1738960610,` +
  `"request_id":"req_0123456789abcdef0123456789abcdef","tool_choice":null,"usage":{"total_tokens":45,` +
  `"completion_tokens":19,"prompt_tokens":26},"seed":4944116822809979520,"top_p":1.0,"temperature":1.0,` +
  `"presence_penalty":0.0,"frequency_penalty":0.0,"system_fingerprint":"fp_0123456789","input_user":null,` +
  `"service_tier":"default","tools":null,"metadata":{"suite":"bench"},"choices":[{"index":0,"message":` +
  `{"content":"${"A fairly long answer. ".repeat(40)}","role":"assistant","tool_calls":null,` +
  `"function_call":null},"finish_reason":"stop","logprobs":null}],"response_format":null}`;

// A token bucket of one second, as rate limits are.
let tokens = perSecond;
let refilled = performance.now();
let answered = 0;
let refused = 0;

const server = createServer((request, response) => {
  if (request.url === "/counts") return void response.end(JSON.stringify({ answered, refused }));
  const now = performance.now();
  tokens = Math.min(perSecond, tokens + ((now - refilled) * perSecond) / 1000);
  refilled = now;
  const limited = tokens < 1;
  if (limited) refused += 1;
  else answered += 1;
  if (!limited && Number.isFinite(perSecond)) tokens -= 1;
  const id = decodeURIComponent(request.url?.split("/").at(-1) ?? "");
  const body = limited
    ? '{\n  "error": {\n    "message": "Rate limit reached",\n    "type": "requests",\n    "param": null,\n    "code": "rate_limit_exceeded"\n  }\n}'
    : completion(id);
  setTimeout(() => {
    response.writeHead(limited ? 429 : 200, {
      "content-type": "application/json",
      "content-length": Buffer.byteLength(body),
    });
    response.end(body);
  }, delay);
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  console.log(typeof address === "object" ? address?.port : "");
});
// The parent's end is this process's end.
process.stdin.on("end", () => process.exit(0)).resume();
