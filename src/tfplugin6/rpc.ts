import type { Diagnostic } from "../framework/index.ts";
import type { CallContext, ProviderServer } from "../framework/server/index.ts";
import type { Input } from "../protobuf/input.ts";

/** What an RPC's handler is called with, besides its request. */
export interface Call extends CallContext {
  readonly server: ProviderServer;
}

/** A unary RPC as `unary` serves it. */
export interface ServedRpc<Request, Response> {
  /** Fields for the log: the object type that the request is about, `{ tf_data_source_type: "…" }`. */
  logFields?(request: Request): { readonly [key: string]: string };
  handle(request: Request, call: Call): Input<Response> | Promise<Input<Response>>;
  /**
   * The response that carries a diagnostic, and nothing else: for exceptions. Left out where the response has
   * `diagnostics`, which `unary` then fills.
   */
  failed?(diagnostic: Diagnostic): Input<Response>;
}

/** One unary RPC of the service: each file of this folder that is named for an RPC exports one. */
export type Rpc<Request, Response> = ServedRpc<Request, Response> &
  (Response extends { readonly diagnostics: readonly unknown[] }
    ? unknown
    : { failed(diagnostic: Diagnostic): Input<Response> });
