import { randomUUID } from "node:crypto";
import type { ProviderServer } from "../framework/server/index.ts";
import type { RawCall } from "./raw-service.ts";
import type { Call } from "./rpc.ts";

/** A call that has begun. */
export interface BegunCall {
  readonly context: Call;
  /** Says that it is answered. */
  end(): void;
}

/** Begins a call: with a signal that the client and StopProvider abort, and a log line at both ends. */
export function beginCall(
  { path }: { readonly path: string },
  logFields: () => { readonly [key: string]: string },
  call: Pick<RawCall, "cancelled" | "on">,
  server: ProviderServer,
): BegunCall {
  const aborted = server.begin();
  let finished = false;
  // grpc-js emits 'cancelled' after completed calls too.
  call.on("cancelled", () => {
    if (!finished) aborted.abort();
  });
  // While what answers it was loaded.
  if (call.cancelled) aborted.abort();
  const started = process.hrtime();
  const log = server.log.with(() => ({
    tf_rpc: path.slice(path.lastIndexOf("/") + 1),
    tf_req_id: randomUUID(),
    tf_proto_version: protocolVersion,
    ...logFields(),
  }));
  log.log("trace", "Received request");
  return {
    context: { server, signal: aborted.signal, log },
    end() {
      finished = true;
      server.end(aborted);
      log.log("debug", "Served request", () => ({ tf_req_duration_ms: millisecondsSince(started) }));
    },
  };
}

/** By hrtime: the first use of `performance` loads a part of Node. */
function millisecondsSince(started: [number, number]): number {
  const [seconds, nanoseconds] = process.hrtime(started);
  return Math.round(seconds * 1_000 + nanoseconds / 1e6);
}

/** The newest minor version of the protocol that this provider's messages describe. */
const protocolVersion = "6.11";
