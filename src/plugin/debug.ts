import { failStart, makeStop } from "./exit.ts";
import { listen } from "./listener.ts";
import { ownVersions, type ServeOptions } from "./options.ts";
import { panicOnUncaughtErrors } from "./panic.ts";
import { reattachText } from "./reattach.ts";
import { stopOnInterrupt } from "./signals.ts";

/**
 * Serves every host that reattaches, until a signal (terraform-plugin-go/tfprotov6/tf6server/server.go, debug
 * mode): no cookie, no handshake line, no TLS, and no exit when a host goes away, since one process
 * serves every phase of every command.
 */
export async function serveDebug(options: ServeOptions, address: string): Promise<void> {
  panicOnUncaughtErrors(options.redact);
  stopOnInterrupt(makeStop(options.onStop));
  process.stdout.on("error", () => {});
  const listener = await listen(options.env).catch(failStart);
  process.on("exit", () => listener.remove());

  const protocolVersion = Math.max(...ownVersions(options));
  const { createPluginServer } = await import("./server.ts");
  const register = options.protocolVersions[protocolVersion];
  // The process belongs to a person: a host that sends Shutdown all the same is answered, no more.
  const serve = await createPluginServer({ register, shutdown() {} });
  listener.deliver((connection) => {
    listener.prove(connection);
    serve(connection);
  });
  const config = { source: address, protocolVersion, pid: process.pid, ...place(listener) };
  process.stdout.write(reattachText(config, process.platform));
}

function place({ network, address }: { network: "unix" | "tcp"; address: string }) {
  return { network, address };
}
