import { X509Certificate } from "node:crypto";
import {
  Client,
  type ClientDuplexStream,
  type ClientReadableStream,
  type ClientUnaryCall,
  credentials,
} from "@grpc/grpc-js";
import { type Certificate, createCertificate } from "../../../src/plugin/certificate.ts";
import { MAGIC_COOKIE_KEY, MAGIC_COOKIE_VALUE } from "../../../src/plugin/cookie.ts";
import { type Exit, PluginProcess } from "./plugin-process.ts";
import { type Message, method } from "./proto.ts";

export interface PluginClientOptions {
  /** The program and its arguments. */
  readonly command: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** Whether to announce a client certificate, as Terraform does unless TF_DISABLE_PLUGIN_TLS is set. */
  readonly tls?: boolean;
  /** The certificate to announce; go-plugin's curve by default. */
  readonly certificate?: Certificate;
  readonly protocolVersions?: string;
}

/** The fields of a handshake line. */
export interface HandshakeFields {
  readonly core: string;
  readonly app: string;
  readonly network: string;
  readonly address: string;
  readonly protocol: string;
  readonly certificate: string;
  readonly rest: readonly string[];
}

/**
 * A plugin host in Node, which does what go-plugin's client does: starts the program with the
 * cookie and a certificate of its own, reads the handshake line, and trusts the certificate of that
 * line alone, under the name "localhost".
 */
export class PluginClient {
  readonly process: PluginProcess;
  readonly handshake: HandshakeFields;
  readonly certificate: Certificate | undefined;
  readonly #connection: Client;
  readonly #streams: (ClientReadableStream<Message> | ClientDuplexStream<Message, Message>)[] = [];

  private constructor(
    plugin: PluginProcess,
    handshake: HandshakeFields,
    certificate: Certificate | undefined,
  ) {
    this.process = plugin;
    this.handshake = handshake;
    this.certificate = certificate;
    this.#connection = connect(handshake, certificate);
  }

  static async start(options: PluginClientOptions): Promise<PluginClient> {
    const { tls = true, protocolVersions = "5,6" } = options;
    const certificate = tls ? (options.certificate ?? createCertificate({ namedCurve: "P-521" })) : undefined;
    const plugin = new PluginProcess(options.command, {
      ...hostEnvironment(certificate, protocolVersions),
      ...options.env,
    });
    return new PluginClient(plugin, parseHandshake(await plugin.firstLine()), certificate);
  }

  get exit(): Promise<Exit> {
    return this.process.exit;
  }

  /**
   * Calls a unary method.
   *
   * @param name such as "tfplugin6.Provider/GetProviderSchema"
   * @returns the response: enums as names, 64-bit integers as strings, bytes as Buffer
   */
  async call(
    name: string,
    request: Message = {},
    started: (call: ClientUnaryCall) => void = () => {},
  ): Promise<Message> {
    return await unaryCall(this.#connection, name, request, started);
  }

  /** Opens the stream go-plugin opens right after connecting. */
  openStdio(): ClientReadableStream<Message> {
    return this.stream("plugin.GRPCStdio/StreamStdio");
  }

  /** The other stream go-plugin opens and never uses. */
  openBroker(): ClientDuplexStream<Message, Message> {
    const { path, requestSerialize, responseDeserialize } = method("plugin.GRPCBroker/StartStream");
    const stream = this.#connection.makeBidiStreamRequest(path, requestSerialize, responseDeserialize);
    this.#streams.push(stream);
    return stream;
  }

  /** Calls a method that answers with a stream. */
  stream(name: string, request: Message = {}): ClientReadableStream<Message> {
    const { path, requestSerialize, responseDeserialize } = method(name);
    const stream = this.#connection.makeServerStreamRequest(
      path,
      requestSerialize,
      responseDeserialize,
      request,
    );
    this.#streams.push(stream);
    return stream;
  }

  /** Calls a method that takes a stream. */
  async upload(name: string, requests: readonly Message[]): Promise<Message> {
    const { path, requestSerialize, responseDeserialize } = method(name);
    return await new Promise((resolve, reject) => {
      const call = this.#connection.makeClientStreamRequest(
        path,
        requestSerialize,
        responseDeserialize,
        (error, response) => (error === null ? resolve(response ?? {}) : reject(error)),
      );
      for (const request of requests) call.write(request);
      call.end();
    });
  }

  /** Disconnects without a word; as Go's client does it, at once, and not when the last stream has ended. */
  close(): void {
    for (const stream of this.#streams) stream.on("error", () => {}).cancel();
    this.#connection.close();
  }

  /** Ends the plugin as Terraform does, and returns how it ended. */
  async shutdown(): Promise<Exit> {
    await this.call("plugin.GRPCController/Shutdown").catch(() => {});
    this.close();
    return await this.exit;
  }

  /** For the end of a test, however it went: nothing stays behind. */
  async dispose(): Promise<void> {
    this.close();
    if (!this.process.ended) this.process.kill("SIGKILL");
    await this.exit;
  }
}

/** A connection to a plugin in debug mode, as TF_REATTACH_PROVIDERS describes it. */
export function reattach(network: string, address: string): Client {
  return connect({ network, address, certificate: "" }, undefined);
}

export async function unaryCall(
  connection: Client,
  name: string,
  request: Message = {},
  started: (call: ClientUnaryCall) => void = () => {},
): Promise<Message> {
  const { path, requestSerialize, responseDeserialize } = method(name);
  return await new Promise((resolve, reject) => {
    const done = (error: Error | null, response?: Message) =>
      error === null ? resolve(response ?? {}) : reject(error);
    started(connection.makeUnaryRequest(path, requestSerialize, responseDeserialize, request, done));
  });
}

/** What a host adds to its own environment for a plugin. */
export function hostEnvironment(
  certificate: Certificate | undefined,
  protocolVersions: string,
): NodeJS.ProcessEnv {
  return {
    [MAGIC_COOKIE_KEY]: MAGIC_COOKIE_VALUE,
    PLUGIN_PROTOCOL_VERSIONS: protocolVersions,
    PLUGIN_MIN_PORT: "10000",
    PLUGIN_MAX_PORT: "25000",
    ...(certificate && { PLUGIN_CLIENT_CERT: certificate.pem }),
  };
}

export function parseHandshake(line: string): HandshakeFields {
  const [core = "", app = "", network = "", address = "", protocol = "", certificate = "", ...rest] =
    line.split("|");
  return { core, app, network, address, protocol, certificate, rest };
}

/** 256 MiB, as Terraform's own limit is far above grpc-js's 4 MiB. */
const MAX_MESSAGE_BYTES = 256 * 1024 * 1024;

function connect(
  to: Pick<HandshakeFields, "network" | "address" | "certificate">,
  own: Certificate | undefined,
): Client {
  const target = to.network === "unix" ? `unix:${to.address}` : to.address;
  return new Client(target, channelCredentials(to.certificate, own), {
    "grpc.ssl_target_name_override": "localhost",
    "grpc.default_authority": "localhost",
    "grpc.max_receive_message_length": MAX_MESSAGE_BYTES,
    "grpc.max_send_message_length": MAX_MESSAGE_BYTES,
    "grpc.use_local_subchannel_pool": 1,
  });
}

function channelCredentials(encoded: string, own: Certificate | undefined) {
  if (own === undefined) return credentials.createInsecure();
  const server = new X509Certificate(Buffer.from(encoded, "base64")).toString();
  return credentials.createSsl(Buffer.from(server), Buffer.from(own.keyPem), Buffer.from(own.pem));
}
