// Runs the main job before your eyes: real Terraform, this provider, a stored completion.
// Without --live it talks to the local server, needs no account, and touches nothing of yours.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { buildInto } from "./build/build-into.mjs";
import { runCli, terraformPath } from "./demo/cli.mjs";
import { startLocalServer } from "./demo/local-server.mjs";

const live = process.argv.includes("--live");
const completionId = live ? (process.argv[process.argv.indexOf("--live") + 1] ?? "") : "chatcmpl-abc123";

if (live && completionId === "") stop("Name a stored completion: make demo-live COMPLETION_ID=chatcmpl-…");
if (live && (process.env.OPENAI_API_KEY ?? "").trim() === "")
  stop("Set OPENAI_API_KEY: this asks the real API.");

// Terraform itself writes colours wherever its output goes.
const plain = process.stdout.isTTY && !process.env.NO_COLOR ? [] : ["-no-color"];

const cli = terraformPath() ?? stop("Neither terraform nor tofu is on the PATH: install Terraform first.");
const folder = mkdtempSync(join(tmpdir(), "openai-demo-"));
const server = live ? undefined : await startLocalServer();
try {
  await buildInto("dist");
  cpSync("terraform-examples/chat-completion", folder, { recursive: true });
  const main = join(folder, "main.tf");
  writeFileSync(main, readFileSync(main, "utf8").replace("chatcmpl-abc123", completionId));
  console.log(server === undefined ? "Asking OpenAI.\n" : `The local server listens at ${server.url}\n`);
  console.log(readFileSync(main, "utf8"));

  const env = {
    ...environment(),
    HOME: folder,
    TF_CLI_CONFIG_FILE: resolve("dist/dev.tfrc"),
    CHECKPOINT_DISABLE: "1",
    ...(server === undefined ? {} : { OPENAI_BASE_URL: server.url, OPENAI_API_KEY: "sk-local" }),
  };
  for (const args of [["init"], ["plan"], ["apply", "-auto-approve"]]) {
    console.log(`$ terraform ${args.join(" ")}`);
    const code = await runCli(cli, [...args, ...plain], folder, env);
    if (code !== 0) process.exitCode = 1;
    if (code !== 0) break;
  }
} finally {
  server?.close();
  rmSync(folder, { recursive: true, force: true });
}

/** The environment without what would change the demo: Terraform's and, for the local server, OpenAI's. */
function environment() {
  const own = /^TF_/;
  const account = live ? /^$/ : /^(OPENAI_|HTTPS?_PROXY$)/i;
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !own.test(name) && !account.test(name)),
  );
}

/** @param {string} message @returns {never} */
function stop(message) {
  console.error(message);
  process.exit(1);
}
