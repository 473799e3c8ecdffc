/**
 * go-plugin's server side: what starts and ends the process, shakes hands with the host and serves gRPC to
 * it. Knows nothing of Terraform's schemas and values. Start at `serve`.
 *
 * @module
 */

import { helpText, parseArguments } from "./args.ts";
import { hasMagicCookie, notExecutableText } from "./cookie.ts";
import { writeStderr } from "./log.ts";
import type { ServeOptions } from "./options.ts";
import { mark } from "./timeline.ts";

/** What Go's flag package exits with after arguments it does not know. */
const USAGE_EXIT_CODE = 2;

/**
 * Runs the program as its command line and environment ask: as a plugin of the host that started it,
 * in debug mode, or only to say what it is. Resolves once it serves, which goes on until the process
 * ends by itself, or with `process.exitCode` set when there is nothing to serve.
 */
export async function serve(options: ServeOptions): Promise<void> {
  mark("evaluated");
  const command = parseArguments(options.argv);
  switch (command.kind) {
    case "version":
      process.stdout.write(`${options.name} ${options.version}\n`);
      return;
    case "help":
      process.stdout.write(helpText(options));
      return;
    case "invalid":
      writeStderr(`${options.name}: ${command.problem}\n\n${helpText(options)}`);
      process.exitCode = USAGE_EXIT_CODE;
      return;
    case "debug": {
      const { serveDebug } = await import("./debug.ts");
      return serveDebug(options, command.address ?? options.address);
    }
    case "serve": {
      if (!hasMagicCookie(options.env)) {
        writeStderr(notExecutableText(options));
        process.exitCode = 1;
        return;
      }
      const { serveHost } = await import("./host.ts");
      return serveHost(options);
    }
  }
}
