import assert from "node:assert/strict";
import type { Message } from "./proto.ts";

/*
 * Messages of @grpc/proto-loader have no types that the compiler knows: these read their fields and
 * fail the test where one is something else.
 */

export function message(value: unknown): Message {
  return isMessage(value) ? value : assert.fail(`a message instead of ${String(value)}`);
}

export function messages(value: unknown): Message[] {
  return Array.isArray(value) ? value.map(message) : assert.fail(`a list instead of ${String(value)}`);
}

export function bytes(value: unknown): Buffer {
  // No text of it is made where it is right: it may be long.
  return Buffer.isBuffer(value) ? value : assert.fail(`bytes instead of ${String(value)}`);
}

export function text(value: unknown): string {
  return typeof value === "string" ? value : assert.fail(`text instead of ${String(value)}`);
}

function isMessage(value: unknown): value is Message {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The diagnostics of a response, one line each: "ERROR summary: detail". */
export function diagnosticsOf(response: Message): string[] {
  return messages(response.diagnostics).map(
    ({ severity, summary, detail }) => `${text(severity)} ${text(summary)}: ${text(detail)}`,
  );
}
