import type { Diagnostic } from "../framework/index.ts";
import { toDiagnostic } from "./to-diagnostic.ts";

/*
 * RPCs for kinds of objects that this provider does not have. Terraform calls none of them, because
 * the schema lists no such object. A call is answered with the protocol's own form of an error.
 */

/** The diagnostic for an object type that there is none of. */
export function noSuchType(what: string, typeName: string): Diagnostic {
  return {
    severity: "error",
    summary: `Unknown ${what} type`,
    detail: `This provider has no ${what} "${typeName}", nor any other.`,
  };
}

/** A unary RPC about an object type that there is none of. */
export function unserved(what: string) {
  return {
    handle: (request: { readonly type_name: string }) => ({
      diagnostics: [toDiagnostic(noSuchType(what, request.type_name))],
    }),
  };
}
