import type { ErrorKind } from "./errors.ts";

const unknownAuthority = [
  "tls_unknown_authority",
  "the server's certificate comes from an unknown authority",
] as const;

const kinds: Readonly<Record<string, readonly [ErrorKind, string]>> = {
  CERT_HAS_EXPIRED: ["tls_expired", "the server's certificate has expired"],
  CERT_NOT_YET_VALID: ["tls_expired", "the server's certificate is not valid yet"],
  DEPTH_ZERO_SELF_SIGNED_CERT: ["tls_unknown_authority", "the server's certificate is self-signed"],
  SELF_SIGNED_CERT_IN_CHAIN: unknownAuthority,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownAuthority,
  ERR_TLS_CERT_ALTNAME_INVALID: ["tls_wrong_name", "the server's certificate is for another name"],
  HOSTNAME_MISMATCH: ["tls_wrong_name", "the server's certificate is for another name"],
  ERR_SSL_WRONG_VERSION_NUMBER: ["tls_not_spoken", "the server does not speak TLS"],
  ERR_SSL_HTTP_REQUEST: ["tls_not_spoken", "the server does not speak TLS"],
};

/**
 * Node's names for OpenSSL's other reasons to refuse a certificate (X509ErrorCode in Node's node_crypto_common.cc and
 * ncrypto.cc). UNSPECIFIED stands for all that Node has no name for: keys and signatures that are too weak among them.
 */
const verification =
  /^(?:UNSPECIFIED|OUT_OF_MEM|CERT_|CRL_|ERROR_IN_CE?RT?L?_|INVALID_CA|PATH_LENGTH_|INVALID_PURPOSE|UNABLE_TO_)/;

const handshake = /^(?:ERR_SSL_|ERR_TLS_|ERR_OSSL|EPROTO$)/;

/**
 * What a failure of TLS means, with OpenSSL's reason in words; undefined for other codes.
 *
 * @param message  Node's, which is OpenSSL's own text where a certificate was refused, and is used only then.
 */
export function tlsFailure(code: string, message: string): readonly [ErrorKind, string] | undefined {
  if (Object.hasOwn(kinds, code)) return kinds[code];
  if (verification.test(code))
    return withReason("the server's certificate was refused", opensslText(message));
  if (!handshake.test(code)) return undefined;
  return withReason("the TLS handshake failed", codeInWords(code));
}

function withReason(what: string, reason: string): readonly [ErrorKind, string] {
  const kind = /\btoo (?:weak|small)\b/i.test(reason) ? "tls_weak" : "tls_other";
  return [kind, reason === "" ? what : `${what}: ${reason}`];
}

/** OpenSSL's sentence for a certificate, without what Node 22 and later add to it. Anything else is not shown. */
function opensslText(message: string): string {
  const [text = ""] = message.split(";");
  return /^[A-Za-z0-9 ,.()'/-]{1,100}$/.test(text) ? text : "";
}

/** `ERR_SSL_DH_KEY_TOO_SMALL`: `dh key too small`. */
function codeInWords(code: string): string {
  if (!/^ERR_(?:SSL|TLS)_[A-Z0-9_/]{1,80}$/.test(code)) return "";
  return code
    .replace(/^ERR_(?:SSL|TLS)_/, "")
    .replaceAll("_", " ")
    .toLowerCase();
}
