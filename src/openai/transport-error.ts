import { AttemptError, type ErrorKind, type Failure } from "./errors.ts";
import { FileChangedError } from "./multipart.ts";
import { tlsFailure } from "./tls-error.ts";

const kinds: Readonly<Record<string, readonly [ErrorKind, string]>> = {
  ECONNREFUSED: ["refused", "the connection was refused"],
  ENOTFOUND: ["name_not_found", "the name of the host was not found"],
  EAI_AGAIN: ["name_not_found", "the name of the host could not be looked up"],
  EHOSTUNREACH: ["unreachable", "the host cannot be reached"],
  ENETUNREACH: ["unreachable", "the network cannot be reached"],
  EHOSTDOWN: ["unreachable", "the host is down"],
  ENETDOWN: ["unreachable", "the network is down"],
  ETIMEDOUT: ["unreachable", "the host did not answer in time"],
  UND_ERR_CONNECT_TIMEOUT: ["unreachable", "the host did not answer in time"],
  ECONNRESET: ["reset", "the connection was closed before the answer began"],
  EPIPE: ["reset", "the connection was closed before the answer began"],
  UND_ERR_SOCKET: ["reset", "the connection was closed before the answer began"],
  UND_ERR_PRX_TLS: ["proxy", "the proxy's certificate is not valid"],
  UND_ERR_HEADERS_OVERFLOW: ["invalid_http", "the answer's headers are too large"],
};

/** Failures that come before a byte of the request was sent, by code alone. */
const beforeSending = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT"]);

/** Translates what Node or undici threw before there was an answer. Of its message only OpenSSL's words are used: it may hold anything. */
export function transportError(error: unknown, proxy: string | undefined): AttemptError {
  // Half a form is no form: the API cannot have carried it out.
  if (error instanceof FileChangedError)
    return new AttemptError({ kind: "file_changed", message: error.message }, { sent: false });
  const inner = firstOf(error);
  // undici leaves the code of some of its parser's errors out.
  const systemCode =
    textOf(inner, "code") ?? (textOf(inner, "name") === "HTTPParserError" ? "HPE_INVALID" : undefined);
  const tunnel = /^Proxy response \((\d{3})\)/.exec(textOf(inner, "message") ?? "");
  if (tunnel !== null)
    return new AttemptError({ ...tunnelFailure(Number(tunnel[1])), proxy }, { sent: false });
  const [kind, message] = describe(systemCode ?? "", textOf(inner, "message") ?? "");
  const sent = !(
    beforeSending.has(systemCode ?? "") ||
    kind.startsWith("tls_") ||
    textOf(inner, "syscall") === "connect" ||
    textOf(inner, "syscall") === "getaddrinfo"
  );
  return new AttemptError({ kind, message, systemCode, proxy }, { sent });
}

function describe(code: string, text: string): readonly [ErrorKind, string] {
  const known = (Object.hasOwn(kinds, code) ? kinds[code] : undefined) ?? tlsFailure(code, text);
  if (known !== undefined) return known;
  if (code.startsWith("HPE_") || code.startsWith("UND_ERR_RES_"))
    return ["invalid_http", "the answer is not valid HTTP"];
  return ["connection_failed", "the connection failed"];
}

function tunnelFailure(status: number): Failure {
  const message =
    status === 407 ? "the proxy asks for a user name and password" : "the proxy refused to connect";
  return { kind: "proxy", message, status };
}

/** Several addresses of a host were tried: the first failure speaks for all. */
function firstOf(error: unknown): unknown {
  return error instanceof AggregateError && error.errors.length > 0 ? error.errors[0] : error;
}

function textOf(error: unknown, property: string): string | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  const value: unknown = Reflect.get(error, property);
  return typeof value === "string" ? value : undefined;
}
