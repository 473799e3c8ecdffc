// Starts scripts/bench/api.mjs, and asks it directly how quick it is: it must not be the bottleneck.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { Agent, request } from "node:http";

/** @param {{ delayMs?: number, perSecond?: number }} options */
export async function startApi({ delayMs = 0, perSecond = Number.POSITIVE_INFINITY } = {}) {
  const child = spawn(process.execPath, ["scripts/bench/api.mjs", String(delayMs), String(perSecond)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const [port] = await once(child.stdout, "data");
  const origin = `http://127.0.0.1:${Number(String(port))}`;
  return {
    url: `${origin}/v1`,
    /** @returns {Promise<{ answered: number, refused: number }>} */
    counts: async () => JSON.parse(await get(`${origin}/counts`)),
    close: () => child.stdin.end(),
  };
}

/** Milliseconds for `count` requests, ten at a time, by plain node:http. @param {string} url @param {number} count */
export async function directTime(url, count) {
  const agent = new Agent({ keepAlive: true, maxSockets: 10 });
  const started = performance.now();
  await Promise.all(
    Array.from({ length: count }, (_, index) => get(`${url}/chat/completions/chatcmpl-${index}`, agent)),
  );
  agent.destroy();
  return performance.now() - started;
}

/** @param {string} url @param {Agent} [agent] @returns {Promise<string>} */
function get(url, agent) {
  return new Promise((resolve, reject) => {
    const sent = request(url, agent === undefined ? {} : { agent }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part) => (text += part));
      response.on("end", () => resolve(text));
    });
    sent.on("error", reject);
    sent.end();
  });
}
