import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { it, type TestContext } from "node:test";
import { type Arguments, read, through } from "../support/configurations.ts";
import { errorsByName, failingApply, type Shown } from "../support/diagnostics.ts";
import { selfSigned } from "../support/openai-server/certificate.ts";
import { startOpenAIServer } from "../support/openai-server/server.ts";
import { root } from "../support/root.ts";
import { Workspace } from "../support/terraform.ts";

const readme = readFileSync(join(root, "README.md"), "utf8");
const troubleshooting = section(readme, "Troubleshooting");

it("every message in the README's troubleshooting is what Terraform prints", async (test) => {
  const real = await messages(test);
  const quoted = [...troubleshooting.matchAll(/^Error: (.+)\n((?: {2}.+\n)+)/gm)];
  assert.deepEqual(
    quoted.map(([, title]) => title).sort(),
    [...real.keys()].sort(),
    "the README quotes each of them once",
  );
  for (const [, title = "", text = ""] of quoted) {
    await test.test(title, () => {
      const detail = flat(real.get(title) ?? "");
      let at = 0;
      // What stands for more text, or for other numbers, is "…".
      for (const piece of flat(text).split("…")) {
        const found = detail.indexOf(piece.trim(), at);
        assert.notEqual(found, -1, `${JSON.stringify(piece.trim())} is not, in this order, in:\n${detail}`);
        at = found + piece.trim().length;
      }
    });
  }
});

/** What the provider says in each case that the README shows, by title, with the README's names for places. */
async function messages(test: TestContext): Promise<Map<string, string>> {
  const server = await startOpenAIServer({ keys: { "sk-good": {}, "sk-limited": {} } });
  const stranger = await startOpenAIServer({ tls: selfSigned() });
  const gone = await startOpenAIServer();
  await gone.close();
  test.after(() => Promise.all([server.close(), stranger.close()]));
  server.fault({ id: "quota", error: "insufficient_quota" });
  server.fault({
    key: "sk-limited",
    error: "rate_limit",
    headers: { "retry-after": "50" },
    times: "always",
  });

  const good: Arguments = { api_key: "sk-good", base_url: server.url, max_retries: 0 };
  const missing = "chatcmpl-missing";
  const config = [
    through("no_key", { base_url: server.url }),
    through("refused", { ...good, api_key: "sk-wrong" }),
    through("missing", good, missing),
    through("wrong_url", { ...good, base_url: server.origin }),
    through("authority", { ...good, base_url: stranger.url }),
    // No machine is so slow that the wait would fit.
    through("limited", { ...good, api_key: "sk-limited" }, missing, { timeouts: { read: "45s" } }),
    through("quota", good, "quota"),
    through("unreachable", { ...good, base_url: gone.url }),
  ].join("");
  const work = new Workspace(test);
  const errors: Shown[] = [...(await failingApply(work, config)).values()];
  work.write("main.tf", through("http", { base_url: "http://gateway.example.com/v1" }) + read("x", "x"));
  errors.push(...errorsByName(await work.run(["validate", "-json"])).values());

  const named = (text: string) =>
    text
      .replaceAll(server.origin, "https://api.openai.com")
      .replaceAll(stranger.origin, "https://gateway.example.com")
      .replaceAll(gone.origin, "https://api.openai.com");
  return new Map(errors.map(({ summary, detail }) => [summary, named(detail)]));
}

function section(markdown: string, title: string): string {
  const [, text] = new RegExp(`^## ${title}\\n([\\s\\S]*?)(?=^## |(?![\\s\\S]))`, "m").exec(markdown) ?? [];
  assert.ok(text !== undefined, `there is no section ${title}`);
  return text;
}

function flat(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
