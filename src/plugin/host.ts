import type { Socket } from "node:net";
import { createCertificate, parseClientCertificate } from "./certificate.ts";
import { failHostStart, makeStop } from "./exit.ts";
import { GracefulShutdown } from "./graceful-shutdown.ts";
import { printHandshake } from "./handshake.ts";
import { listen } from "./listener.ts";
import { stderrLog } from "./log.ts";
import { negotiateVersion } from "./negotiation.ts";
import { ownVersions, type ServeOptions } from "./options.ts";
import { OrphanWatch } from "./orphan.ts";
import { panicOnUncaughtErrors } from "./panic.ts";
import { ignoreInterrupt } from "./signals.ts";
import { keepStdoutSilent } from "./stdout.ts";
import { mark, markFirst } from "./timeline.ts";

/**
 * Serves the host that started this process (go-plugin/server.go, Serve). The handshake line goes
 * out as soon as connections are accepted; HTTP/2, TLS, gRPC and the provider are loaded while the
 * host reads it and dials.
 */
export async function serveHost(options: ServeOptions): Promise<void> {
  const { env, log = stderrLog } = options;
  keepStdoutSilent(log);
  panicOnUncaughtErrors(options.redact);
  const stop = makeStop(options.onStop);
  ignoreInterrupt(stop);
  // Without TLS other hosts may reattach: one that leaves is not the last (reattach.ts).
  const shared = (env.PLUGIN_CLIENT_CERT ?? "") === "";
  const orphans = new OrphanWatch({ shared }, (why) => {
    log("warn", `${why}: exiting`);
    stop();
  });

  const { version, invalid } = negotiateVersion(env.PLUGIN_PROTOCOL_VERSIONS, ownVersions(options));
  for (const item of invalid)
    log("warn", `the host offers ${JSON.stringify(item)}, which is no protocol version`);
  const { listener, secrets } = await open(env).catch(failHostStart);
  printHandshake({
    protocolVersion: version,
    network: listener.network,
    address: listener.address,
    certificate: secrets?.certificate.der,
    multiplexAsked: env.PLUGIN_MULTIPLEX_GRPC !== undefined,
  });
  mark("handshake");

  const { createPluginServer } = await import("./server.ts");
  const shutdown = new GracefulShutdown(stop);
  const register = options.protocolVersions[version];
  const inject = await createPluginServer({ register, shutdown: () => shutdown.begin() });
  mark("server ready");
  const accepted = (connection: Socket) => {
    listener.prove(connection);
    markFirst("client accepted");
    orphans.clientConnected(connection);
    shutdown.clientConnected(connection);
    inject(connection);
  };
  if (secrets === undefined) return listener.deliver(accepted);
  const { mutualTls } = await import("./tls.ts");
  const refused = (why: string) => log("warn", `refused a connection: ${why}`);
  listener.deliver(mutualTls({ ...secrets, accepted, refused }));
}

/** Listens, and makes what TLS needs if the host announced its certificate; else serves plaintext. */
async function open(env: NodeJS.ProcessEnv) {
  const announced = env.PLUGIN_CLIENT_CERT ?? "";
  const clientCertificate = announced === "" ? undefined : parseClientCertificate(announced);
  const listening = listen(env);
  // Made while the system opens the socket.
  const secrets = clientCertificate && { clientCertificate, certificate: createCertificate() };
  mark("certificate");
  const listener = await listening;
  process.on("exit", () => listener.remove());
  mark("listening");
  return { listener, secrets };
}
