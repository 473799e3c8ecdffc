import type { Diagnostic } from "../framework/index.ts";
import type { CallContext, ProviderServer } from "../framework/server/index.ts";
import type { Input } from "../protobuf/input.ts";

/** What an RPC's handler is called with, besides its request. */
export interface Call extends CallContext {
  readonly server: ProviderServer;
}

/** One unary RPC of the service: each file of this folder that is named for an RPC exports one. */
export interface Rpc<Request, Response> {
  /** The object type the request is about, for the log: `{ tf_data_source_type: "…" }`. */
  describe?(request: Request): { readonly [key: string]: string };
  handle(request: Request, call: Call): Input<Response> | Promise<Input<Response>>;
  /** The response that carries a diagnostic, and nothing else: for exceptions. */
  failed(diagnostic: Diagnostic): Input<Response>;
}
