import { AttemptError, type ErrorKind } from "./errors.ts";
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
  ECONNRESET: ["reset", "the connection was closed before the answer began"],
  EPIPE: ["reset", "the connection was closed before the answer began"],
  UND_ERR_SOCKET: ["reset", "the connection was closed before the answer began"],
  UND_ERR_HEADERS_OVERFLOW: ["invalid_http", "the answer's headers are too large"],
};

/**
 * Translates what Node or undici threw before there was an answer. Of its message only OpenSSL's words are used: it may
 * hold anything.
 *
 * @param sent Whether anything of the request may have reached the API.
 */
export function transportError(error: unknown, proxy: string | undefined, sent = false): AttemptError {
  // Half a form is no form: the API cannot have carried it out.
  if (error instanceof FileChangedError)
    return new AttemptError({ kind: "file_changed", message: error.message }, { sent: false });
  // undici leaves the code of some of its parser's errors out.
  const systemCode =
    textOf(error, "code") ?? (textOf(error, "name") === "HTTPParserError" ? "HPE_INVALID" : undefined);
  const [kind, message] = kindOf(systemCode ?? "", textOf(error, "message") ?? "");
  return new AttemptError({ kind, message, systemCode, proxy }, { sent });
}

function kindOf(code: string, text: string): readonly [ErrorKind, string] {
  const known = (Object.hasOwn(kinds, code) ? kinds[code] : undefined) ?? tlsFailure(code, text);
  if (known !== undefined) return known;
  if (code.startsWith("HPE_") || code.startsWith("UND_ERR_RES_"))
    return ["invalid_http", "the answer is not valid HTTP"];
  return ["connection_failed", "the connection failed"];
}

function textOf(error: unknown, property: string): string | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  const value: unknown = Reflect.get(error, property);
  return typeof value === "string" ? value : undefined;
}
