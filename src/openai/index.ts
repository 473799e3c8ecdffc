/**
 * OpenAI over HTTP: what the provider may use. Knows nothing of Terraform.
 *
 * @module
 */
export type { ApiResponse } from "./api-response.ts";
export { capText, cleanText, firstLine } from "./clean-text.ts";
export { OpenAI, type OperationOptions, type SendRequest } from "./client.ts";
export { type Clock, monotonicNow } from "./clock.ts";
export { type ClientOptions, secretsOf } from "./connection.ts";
export { isCredential, isKeyHeader, isOpenAIHost, isQueryCredential } from "./credentials.ts";
export {
  type Account,
  type ApiErrorBody,
  type Envelope,
  type ErrorContext,
  type ErrorKind,
  type Failure,
  OpenAIError,
} from "./errors.ts";
export type { Sink } from "./exchange.ts";
export { checkHeader, checkHeaderValue, type HeaderReason } from "./headers.ts";
export {
  isJsonArray,
  isJsonObject,
  type JsonArray,
  JsonError,
  JsonNumber,
  type JsonObject,
  type JsonValue,
  jsonSource,
  parseJson,
} from "./json.ts";
export { stringifyJson } from "./json-text.ts";
export type { LogFields, LogLevel, RequestLog } from "./log.ts";
export { escapedName, FileChangedError, type FormField, type FormFile } from "./multipart.ts";
export { type ObjectResponse, type Page, tooLarge, unexpectedShape } from "./object-response.ts";
export { type Items, listLimit, pageSize, paginate, type Span } from "./pagination.ts";
export type { Plane } from "./plane.ts";
export { Redactor } from "./redact.ts";
export {
  type BaseUrlReason,
  type BaseUrlResult,
  defaultBaseUrl,
  isLoopback,
  parseBaseUrl,
  pathSegment,
  type SegmentReason,
  type SegmentResult,
  shownPath,
} from "./url.ts";
