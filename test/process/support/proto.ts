import { loadSync, type ServiceDefinition } from "@grpc/proto-loader";

/** A message of any type, as @grpc/proto-loader writes it. */
export type Message = Readonly<Record<string, unknown>>;

const files = [
  "tfplugin6.proto",
  "grpc_controller.proto",
  "grpc_stdio.proto",
  "grpc_broker.proto",
  "health.proto",
];

/** What a client needs to know of a method. */
export interface ClientMethod {
  readonly path: string;
  readonly requestSerialize: (request: Message) => Buffer;
  readonly responseDeserialize: (bytes: Buffer) => Message;
}

let definitions: ReturnType<typeof loadSync> | undefined;

/**
 * A method as the .proto files describe it, read by another library than the one under test.
 *
 * @param name such as "tfplugin6.Provider/GetProviderSchema"
 */
export function method(name: string): ClientMethod {
  const [service = "", rpc = ""] = name.split("/");
  const found = serviceOf(service)[rpc];
  if (found === undefined) throw new Error(`${service} has no method ${rpc}`);
  const { path, requestSerialize, responseDeserialize } = found;
  return { path, requestSerialize, responseDeserialize: (bytes) => ({ ...responseDeserialize(bytes) }) };
}

/** A service's methods, and on which side each streams. */
export function methods(service: string) {
  return Object.entries(serviceOf(service)).map(([name, { requestStream, responseStream }]) => ({
    name,
    requestStream,
    responseStream,
  }));
}

function serviceOf(name: string): ServiceDefinition {
  definitions ??= loadSync(files, {
    includeDirs: ["proto"],
    keepCase: true,
    longs: String,
    enums: String,
    defaults: true,
    oneofs: true,
  });
  const definition = definitions[name];
  if (definition === undefined || !isService(definition)) throw new Error(`proto/ has no service ${name}`);
  return definition;
}

function isService(definition: object): definition is ServiceDefinition {
  return !("format" in definition);
}
