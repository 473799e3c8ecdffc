// Reads .proto files with proto-loader and lays out their messages, enums and services flat, with
// full names, so that the printer has nothing to resolve.
import { loadSync } from "@grpc/proto-loader";

/**
 * @typedef {object} Field
 * @property {string} name
 * @property {number} number
 * @property {"one" | "optional" | "repeated" | "map"} rule `one`: a scalar without presence, or a message
 * @property {string} type a scalar type, "enum" or "message"; of a map, that of its values
 * @property {string} [reference] the full name of the enum or message
 * @property {string} [key] the scalar type of a map's keys
 * @property {string} [oneof] the oneof that it is a member of
 *
 * @typedef {{ name: string, fields: Field[] }} Message
 * @typedef {{ name: string, values: { name: string, number: number }[] }} Enum
 * @typedef {{ name: string, path: string, request: string, response: string,
 *   requestStream: boolean, responseStream: boolean }} Method
 * @typedef {{ name: string, methods: Method[] }} Service
 * @typedef {{ name: string, messages: Message[], enums: Enum[], services: Service[] }} Package
 */

/**
 * The parts of a google.protobuf.FileDescriptorProto that are read here. proto-loader hands its
 * type names on as they stand in the source: "Step", "google.protobuf.Timestamp".
 * @typedef {{ name: string, number: number, label: string, type: string, typeName?: string,
 *   oneofIndex?: number }} FieldProto
 * @typedef {{ name: string, value: { name: string, number: number }[] }} EnumProto
 * @typedef {{ name: string, field?: FieldProto[], nestedType?: MessageProto[], enumType?: EnumProto[],
 *   oneofDecl?: { name: string }[], options?: { mapEntry?: boolean } }} MessageProto
 * @typedef {{ name: string, method: { name: string, inputType: string, outputType: string,
 *   clientStreaming?: boolean, serverStreaming?: boolean }[] }} ServiceProto
 * @typedef {{ package: string, messageType?: MessageProto[], enumType?: EnumProto[],
 *   service?: ServiceProto[] }} FileProto
 */

/**
 * @param {string} directory the folder of the .proto files
 * @param {string[]} files their names in it
 * @returns {Package[]} their packages, and google.protobuf as far as they import it
 */
export function readPackages(directory, files) {
  const protos = loadDescriptors(directory, files);
  /** @type {Map<string, MessageProto>} */
  const messages = new Map();
  /** @type {Map<string, EnumProto>} */
  const enums = new Map();
  for (const file of protos) collect(file.package, file.messageType, file.enumType, messages, enums);
  const known = new Set([...messages.keys(), ...enums.keys()]);
  return protos.map((file) => ({
    name: file.package,
    messages: within(file.package, messages)
      .filter(([, proto]) => !isEntry(proto) && !isNamespace(proto))
      .map(([name, proto]) => ({ name, fields: readFields(name, proto, messages, known) })),
    enums: within(file.package, enums).map(([name, proto]) => ({ name, values: proto.value })),
    services: (file.service ?? []).map((service) => readService(file.package, service)),
  }));
}

/**
 * @param {string} directory
 * @param {string[]} files
 * @returns {FileProto[]} one for each package
 */
function loadDescriptors(directory, files) {
  // proto-loader's own JSON form of a descriptor does not distinguish oneof number 0 from no oneof, so the
  // encoded form is read, with the descriptor types that proto-loader brings along.
  const descriptor = loadSync("google/protobuf/descriptor.proto", { keepCase: true, enums: String });
  const fileType = descriptor["google.protobuf.FileDescriptorProto"];
  const loaded = loadSync(files, { keepCase: true, includeDirs: [directory] });
  const type = Object.values(loaded).find((definition) => "fileDescriptorProtos" in definition);
  if (!isMessageDefinition(fileType) || !isMessageDefinition(type)) throw new Error("no message found");
  // Every definition carries the files of all.
  return type.fileDescriptorProtos.map((bytes) => /** @type {FileProto} */ (fileType.deserialize(bytes)));
}

/**
 * @param {import("@grpc/proto-loader").AnyDefinition | undefined} definition
 * @returns {definition is import("@grpc/proto-loader").MessageTypeDefinition<object, object>}
 */
function isMessageDefinition(definition) {
  return definition !== undefined && "fileDescriptorProtos" in definition;
}

/**
 * Enters types and those nested in them by their full names, in the order of the source.
 * @param {string} scope
 * @param {MessageProto[] | undefined} messageTypes
 * @param {EnumProto[] | undefined} enumTypes
 * @param {Map<string, MessageProto>} messages
 * @param {Map<string, EnumProto>} enums
 */
function collect(scope, messageTypes, enumTypes, messages, enums) {
  for (const proto of enumTypes ?? []) enums.set(`${scope}.${proto.name}`, proto);
  for (const proto of messageTypes ?? []) {
    const name = `${scope}.${proto.name}`;
    messages.set(name, proto);
    collect(name, proto.nestedType, proto.enumType, messages, enums);
  }
}

/**
 * @template T
 * @param {string} scope
 * @param {Map<string, T>} types
 */
function within(scope, types) {
  return [...types].filter(([name]) => name.startsWith(`${scope}.`));
}

/** @param {MessageProto} proto */
function isEntry(proto) {
  return proto.options?.mapEntry === true;
}

/**
 * Whether a message only serves to hold others, as tfplugin6's GetMetadata does.
 * @param {MessageProto} proto
 */
function isNamespace(proto) {
  return proto.field === undefined && (proto.nestedType !== undefined || proto.enumType !== undefined);
}

/**
 * @param {string} scope the message's full name
 * @param {MessageProto} proto
 * @param {Map<string, MessageProto>} messages
 * @param {Set<string>} known
 * @returns {Field[]} in the order of the source
 */
function readFields(scope, proto, messages, known) {
  return (proto.field ?? []).map((field) => {
    const { name, number } = field;
    const type = typeOf(scope, field, known);
    const entry = type.reference === undefined ? undefined : messages.get(type.reference);
    if (entry !== undefined && type.reference !== undefined && isEntry(entry)) {
      const [key, value] = entry.field ?? [];
      if (key === undefined || value === undefined) throw new Error(`${scope}.${name} has no entry type`);
      return {
        name,
        number,
        rule: "map",
        key: typeOf(scope, key, known).type,
        ...typeOf(type.reference, value, known),
      };
    }
    if (field.label === "LABEL_REPEATED") return { name, number, rule: "repeated", ...type };
    const oneof = field.oneofIndex === undefined ? undefined : proto.oneofDecl?.[field.oneofIndex]?.name;
    // The compiler makes a oneof of its own, with this name, for `optional`.
    if (oneof === `_${name}`) return { name, number, rule: "optional", ...type };
    return { name, number, rule: "one", ...type, ...(oneof === undefined ? {} : { oneof }) };
  });
}

/**
 * @param {string} scope where the field stands
 * @param {FieldProto} field
 * @param {Set<string>} known
 */
function typeOf(scope, field, known) {
  const type = field.type.replace("TYPE_", "").toLowerCase();
  return field.typeName === undefined ? { type } : { type, reference: resolve(scope, field.typeName, known) };
}

/**
 * Finds a type as protobuf's scoping rules do: in the innermost scope that has it.
 * @param {string} scope
 * @param {string} name
 * @param {Set<string>} known
 * @returns {string}
 */
function resolve(scope, name, known) {
  for (let outer = scope; outer !== ""; outer = outer.slice(0, Math.max(outer.lastIndexOf("."), 0))) {
    if (known.has(`${outer}.${name}`)) return `${outer}.${name}`;
  }
  const full = name.replace(/^\./, "");
  if (!known.has(full)) throw new Error(`${name} in ${scope} is not defined`);
  return full;
}

/**
 * @param {string} scope
 * @param {ServiceProto} proto
 * @returns {Service}
 */
function readService(scope, proto) {
  const methods = proto.method.map((method) => ({
    name: method.name,
    path: `/${scope}.${proto.name}/${method.name}`,
    request: method.inputType.replace(/^\./, ""),
    response: method.outputType.replace(/^\./, ""),
    requestStream: method.clientStreaming ?? false,
    responseStream: method.serverStreaming ?? false,
  }));
  return { name: proto.name, methods };
}
