import { parseArgs } from "node:util";
import { ownCompletions } from "./completions.ts";
import type { Mode, ServerOptions } from "./options.ts";
import { organizationInWords, seedOrganization } from "./seed-organization.ts";
import { type OpenAIServer, startOpenAIServer } from "./server.ts";

const USAGE = `A local server that answers like OpenAI's API: stored completions, models, files, vector stores, batches and more.

  node scripts/server.mjs [--port N] [--delay [MS]] [--mode openai|azure|azure_legacy] [--empty] [--log]

  --port N    the port; unset means 8086, or the first free one after it
  --delay MS  a new completion becomes readable after so long, as with the real API (3000)
  --mode M    the API that is played
  --empty     start without completions, and with an organization that has a project alone
  --log       print a line for every request
`;

/** Where the search for a free port begins, and how many are tried. */
const FIRST_PORT = 8086;
const TRIES = 100;

/** The delay of the real API, measured: 1 to 6 seconds, mostly 3. */
const REAL_DELAY_MS = 3000;

/** Starts the server by hand; ends with Ctrl-C. Returns the exit code where it does not start. */
export async function main(args: readonly string[]): Promise<number | undefined> {
  const options = readOptions(args);
  if (typeof options === "string") {
    process.stdout.write(options);
    return options === USAGE ? 0 : 2;
  }
  const server = await start(options);
  if (options.completions === undefined) seedOrganization(server.control);
  process.stdout.write(describe(server));
  const stop = () => {
    void server.close().then(() => process.exit(0));
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  return undefined;
}

function readOptions(args: readonly string[]): ServerOptions | string {
  // A bare --delay means the real API's.
  const spelled = args.map((arg, at) =>
    arg === "--delay" && !/^\d/.test(args[at + 1] ?? "") ? `--delay=${REAL_DELAY_MS}` : arg,
  );
  let values: ReturnType<typeof parse>;
  try {
    values = parse(spelled);
  } catch (error) {
    return `${error instanceof Error ? error.message : error}\n\n${USAGE}`;
  }
  if (values.help === true) return USAGE;
  const mode = modeOf(values.mode);
  const port = values.port === undefined ? undefined : Number(values.port);
  const delay = Number(values.delay ?? 0);
  if (mode === undefined) return `--mode is openai, azure or azure_legacy.\n\n${USAGE}`;
  if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port <= 65535)) {
    return `--port is a number from 0 to 65535.\n\n${USAGE}`;
  }
  if (!Number.isFinite(delay))
    return `--delay is a number of milliseconds, such as ${REAL_DELAY_MS}.\n\n${USAGE}`;
  return {
    mode,
    visibleAfterMs: delay,
    ...(port === undefined ? {} : { port }),
    ...(values.empty === true ? { completions: [] } : {}),
    ...(values.log === true ? { log: (line: string) => process.stderr.write(`${line}\n`) } : {}),
  };
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    options: {
      port: { type: "string" },
      delay: { type: "string" },
      mode: { type: "string" },
      empty: { type: "boolean" },
      log: { type: "boolean" },
      help: { type: "boolean" },
    },
  }).values;
}

function modeOf(text: string | undefined): Mode | undefined {
  const modes: readonly Mode[] = ["openai", "azure", "azure_legacy"];
  return text === undefined ? "openai" : modes.find((mode) => mode === text);
}

async function start(options: ServerOptions): Promise<OpenAIServer> {
  if (options.port !== undefined) return startOpenAIServer(options);
  for (let port = FIRST_PORT; port < FIRST_PORT + TRIES; port += 1) {
    try {
      return await startOpenAIServer({ ...options, port });
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EADDRINUSE")) throw error;
    }
  }
  return startOpenAIServer({ ...options, port: 0 });
}

function describe(server: OpenAIServer): string {
  const ids = server.control.ids();
  const lines = ids.length === 0 ? "  (none)" : ids.map((id) => `  ${id}`).join("\n");
  const example = ids[0] ?? ownCompletions()[0]?.id ?? "";
  return `A local server that plays OpenAI's API listens at ${server.url}

It has stored completions and models from the start, and keeps files, vector stores, batches, containers and more.
A search of a vector store answers with the same texts whatever is asked.

Its completions:
${lines}

Its organization has ${ids.length === 0 ? "the project proj_default alone" : organizationInWords}.

Point the provider at it; any key will do:
  export OPENAI_BASE_URL=${server.url}
  export OPENAI_API_KEY=sk-local
  export OPENAI_ADMIN_KEY=sk-admin-local

Ask it by hand:
  curl -H 'Authorization: Bearer sk-local' ${server.url}/chat/completions/${example}

Make the next request fail, or move its time (see test/support/openai-server/control-http.ts):
  curl ${server.controlURL}/faults -d '{"error":"rate_limit","headers":{"retry-after":"1"}}'
  curl ${server.controlURL}/clock -d '{"advance_ms":3000}'
  curl ${server.controlURL}/state

Ctrl-C ends it; it keeps nothing.
`;
}
