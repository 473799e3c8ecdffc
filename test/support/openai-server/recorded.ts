import type { IncomingHttpHeaders } from "node:http";

/** A request that the server has seen. */
export interface RecordedRequest {
  readonly method: string;
  /** As sent, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** Names and values in turn, as sent. */
  readonly rawHeaders: readonly string[];
  body: string;
  /** The body as it came. Both are empty of one that is larger than 8 MiB: there may be many. */
  bytes: Buffer;
  /** The API key that it carried. */
  readonly key: string | undefined;
  /** When it came, in milliseconds of real time since 1970. */
  readonly at: number;
  /** The status that was decided on; undefined until then, and where the connection was reset first. */
  status: number | undefined;
  /**
   * Whether the connection closed before the answer had gone out whole. Of no meaning where a fault
   * has the answer written to the socket by hand (reset, cutAfter, contentLength, endless, garbage).
   */
  abandoned: boolean;
}
