import assert from "node:assert/strict";
import type { Message } from "./proto.ts";

/*
 * Messages of @grpc/proto-loader have no types that the compiler knows: these read their fields and
 * fail the test where one is something else.
 */

export function message(value: unknown): Message {
  assert.ok(isMessage(value), `a message instead of ${String(value)}`);
  return value;
}

export function messages(value: unknown): Message[] {
  assert.ok(Array.isArray(value), `a list instead of ${String(value)}`);
  return value.map(message);
}

export function bytes(value: unknown): Buffer {
  assert.ok(Buffer.isBuffer(value), `bytes instead of ${String(value)}`);
  return value;
}

export function text(value: unknown): string {
  assert.ok(typeof value === "string", `text instead of ${String(value)}`);
  return value;
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
