import {
  map,
  nested,
  normalizeString,
  number,
  object,
  type Pieces,
  quote,
  string,
} from "../../framework/index.ts";
import {
  isJsonArray,
  isJsonObject,
  type JsonArray,
  JsonNumber,
  type JsonValue,
  type ObjectResponse,
  OpenAIError,
  pathSegment,
  unexpectedShape,
} from "../../openai/index.ts";
import { apiKeyArgument, idArgument, operationTime, readTimeouts, timeoutsOf } from "../api/arguments.ts";
import { Body } from "../api/body.ts";
import { MemorySink } from "../api/content-sink.ts";
import { mappedInPieces } from "../api/mapped.ts";
import { Mismatches } from "../api/mismatches.ts";
import { onceNewIsVisible } from "../api/new-objects.ts";
import { topicOf } from "../api/object-names.ts";
import { type Call, explained, retrieve, subjectOf } from "../api/request.ts";
import type { Report } from "../api/shape-error.ts";
import { dataSource } from "../define.ts";
import { JsonLineError, jsonLines } from "../jsonl.ts";
import type { Access } from "../openai-provider.ts";
import { batch } from "./batch.ts";
import { file } from "./file.ts";

const { status, output_file_id, error_file_id, request_counts } = batch.definition.attributes;

const line = nested({
  id: string({ computed: true, description: "The API's ID of the request within the batch." }),
  status_code: number({ computed: true, description: "The HTTP status of the answer; null without one." }),
  request_id: string({ computed: true, description: "The request ID, for questions to OpenAI." }),
  body_json: string({
    computed: true,
    description: "The body of the answer as JSON text, as it was received.",
  }),
  text: string({
    computed: true,
    description:
      "The text that the model wrote, of an answer of `/v1/responses`, `/v1/chat/completions` or `/v1/completions`; null where " +
      "there is none.",
  }),
  error: object(
    nested({
      code: string({ computed: true, description: "The kind of error, for example `batch_expired`." }),
      message: string({ computed: true, description: "The API's words." }),
    }),
    { computed: true, description: "Why there is no answer; null where there is one." },
  ),
});

/** What came of a batch. */
export const batchResults = dataSource({
  name: "openai_batch_results",
  description:
    "Reads what came of a batch: the answer to each request, and each request that failed, by the custom ID. Both are empty " +
    "while the batch runs.",
  attributes: {
    batch_id: idArgument(`The ID of the batch, for example \`${batch.declaration.id}\`.`),
    api_key: apiKeyArgument(),
    timeouts: readTimeouts,
    id: string({ computed: true, description: "The ID of the batch." }),
    status,
    output_file_id,
    error_file_id,
    request_counts,
    results: map(line, { computed: true, description: "The answers, by the custom ID of the request." }),
    errors: map(line, {
      computed: true,
      description: "The requests that failed or were not carried out in time, by the custom ID.",
    }),
  },
  async read({ config, provider, diagnostics, signal, log }) {
    const access = provider.access(config.api_key, { diagnostics, log });
    if (access === undefined) return diagnostics;
    const timeLeft = operationTime(timeoutsOf(config), "read", access.openai);
    const reading: Reading = { access, timeLeft, call: { provider, diagnostics, signal, log } };
    const found = await batchOf(config.batch_id, reading);
    if (found === undefined) return diagnostics;
    const results = await linesOf(found.output_file_id, reading);
    const errors = results && (await linesOf(found.error_file_id, reading));
    if (results === undefined || errors === undefined) return diagnostics;
    return { ...config, ...found, id: config.batch_id, results, errors };
  },
});

interface Reading {
  readonly access: Access;
  /** Milliseconds. */
  readonly timeLeft: () => number;
  readonly call: Call;
}

async function batchOf(id: string, { access, timeLeft, call }: Reading) {
  const of = batch.declaration;
  const base = subjectOf(of, access, "read", { id });
  const topic = { ...base.topic, idArgument: "batch_id" };
  return explained(call, { ...base, topic, object: "data source" }, async () => {
    const response = await onceNewIsVisible(
      { path: ["batches", id] },
      { ...call, access, timeLeft },
      (left) => retrieve(of, access, { id }, left),
    );
    const mismatches = new Mismatches();
    const body = new Body(response.body, "", mismatches.of(response));
    const found = {
      status: body.get("status").string(),
      output_file_id: fileIdIn(response, body, "output_file_id"),
      error_file_id: fileIdIn(response, body, "error_file_id"),
      request_counts: body.get("request_counts").object((counts) => ({
        total: counts.get("total").number(),
        completed: counts.get("completed").number(),
        failed: counts.get("failed").number(),
      })),
    };
    mismatches.warn(call.diagnostics, () => `The answer for the batch ${JSON.stringify(id)}`);
    // A new batch that has just ended has written its files now, which may not be visible yet either.
    const { creations } = call.provider;
    if (creations.ageOf([id]) !== undefined)
      for (const file of [found.output_file_id, found.error_file_id])
        if (file !== null) creations.recordId(file);
    return found;
  });
}

/** A file that the batch names: some gateways have an empty text where there is none. */
function fileIdIn(response: ObjectResponse, body: Body, member: string): string | null {
  const id = body.get(member).string();
  if (id === null || id === "") return null;
  if (pathSegment(id).ok) return id;
  throw unexpectedShape(response, `${member} is no ID of a file: it cannot be part of a URL`);
}

type Line = NonNullable<ReturnType<typeof lineOf>>;

const expired = () => [
  "it has expired: output_expires_after of the batch says how long the files of results are kept. The results are gone then: " +
    "take this data source out of the configuration",
];

/** As much of one file as state can have. */
const mostBytes = 32 * 1024 * 1024;

/** The lines of a file of the batch, by custom ID; none without a file. Undefined, with an error added, where it cannot be read. */
async function linesOf(id: string | null, { access, timeLeft, call }: Reading) {
  if (id === null) return new Map<string, Line>();
  const of = file.declaration;
  // The ID is no argument of this data source.
  const topic = { ...topicOf(of), missing: expired };
  const subject = { ...subjectOf(of, access, "read", { id }), topic, object: "resource" } as const;
  try {
    return await explained(call, subject, async () => {
      const sink = new MemorySink(mostBytes);
      const request = { method: "GET", path: ["files", id, "content"] } as const;
      const response = await onceNewIsVisible(request, { ...call, access, timeLeft }, (left) =>
        access.openai.download(request, sink, left),
      ).catch((thrown: unknown) => {
        if (thrown instanceof OpenAIError && thrown.kind === "too_large") throw new TooLargeError();
        throw thrown;
      });
      const mismatches = new Mismatches();
      const text = sink.content.toString();
      const { lines, left } = await mappedInPieces(response, readLines(text, mismatches.of(response))).catch(
        (thrown: unknown) => {
          throw thrown instanceof JsonLineError ? unexpectedShape(response, thrown.message) : thrown;
        },
      );
      mismatches.warn(call.diagnostics, () => `The content of the file ${JSON.stringify(id)}`);
      if (left.length > 0) warnOfLeft(id, left, call);
      return lines;
    });
  } catch (thrown) {
    if (!(thrown instanceof TooLargeError)) throw thrown;
    addTooLarge(id, call);
    return undefined;
  }
}

class TooLargeError extends Error {}

function addTooLarge(id: string, { diagnostics }: Call): void {
  diagnostics.addError(
    "Content too large",
    `The file ${JSON.stringify(id)} of the batch is larger than 32 MiB, and state can have no more of it.\n\n` +
      `Read it to the disk with the data source "openai_file_content": file_id = ${JSON.stringify(id)}, and output_path.`,
  );
}

interface Lines {
  readonly lines: Map<string, Line>;
  /** Why a line is not among them: `line 3 has the custom_id "a" of line 1`. */
  readonly left: readonly string[];
}

function* readLines(text: string, report: Report): Pieces<Lines> {
  const lines = new Map<string, Line>();
  const left: string[] = [];
  /** The lines of the keys, which Terraform takes for the same where they are so after normalization. */
  const numbers = new Map<string, number>();
  for (const { number, value } of jsonLines(text)) {
    const body = new Body(value, `line ${number}`, report);
    const id = body.get("custom_id").string();
    const key = id === null ? undefined : normalizeString(id);
    const before = key === undefined ? undefined : numbers.get(key);
    if (key === undefined) left.push(`line ${number} has no custom_id`);
    else if (before !== undefined)
      left.push(`line ${number} has the custom_id ${quote(key)} of line ${before}`);
    else {
      numbers.set(key, number);
      lines.set(key, lineOf(body, value));
    }
    yield;
  }
  return { lines, left };
}

/** How many lines a warning names. */
const mostNamed = 10;

function warnOfLeft(id: string, left: readonly string[], { diagnostics }: Call): void {
  const named = left.slice(0, mostNamed).map((each) => `  - ${each}`);
  if (left.length > named.length) named.push(`  - and ${left.length - named.length} more`);
  diagnostics.addWarning(
    "Results left out",
    `The file ${JSON.stringify(id)} has lines that no custom ID of their own names, and they are left out:\n\n${named.join("\n")}\n\n` +
      `The data source "openai_file_content" reads all of them: file_id = ${JSON.stringify(id)}.`,
  );
}

function lineOf(body: Body, value: JsonValue) {
  const answer = memberOf(memberOf(value, "response"), "body");
  const response = body.get("response");
  const error = body.get("error");
  return {
    id: body.get("id").string(),
    status_code: response.get("status_code").number(),
    request_id: response.get("request_id").string(),
    body_json: response.get("body").json(),
    text: textOf(answer),
    error: error.isNull
      ? errorOf(memberOf(answer, "error"))
      : { code: wordOf(memberOf(memberOf(value, "error"), "code")), message: error.get("message").string() },
  };
}

/** The error that an endpoint answered with. */
function errorOf(error: JsonValue) {
  if (!isJsonObject(error)) return null;
  return { code: wordOf(memberOf(error, "code")), message: stringOf(memberOf(error, "message")) };
}

/** A code, which some endpoints have as a number. */
function wordOf(code: JsonValue): string | null {
  return code instanceof JsonNumber ? code.text : stringOf(code);
}

/** The text of an answer; null for an answer of any other shape, of which there are many. */
function textOf(answer: JsonValue): string | null {
  const [choice] = listOf(memberOf(answer, "choices"));
  if (choice !== undefined)
    return stringOf(memberOf(memberOf(choice, "message"), "content")) ?? stringOf(memberOf(choice, "text"));
  const texts = listOf(memberOf(answer, "output"))
    .flatMap((item) => listOf(memberOf(item, "content")))
    .filter((part) => memberOf(part, "type") === "output_text")
    .flatMap((part) => stringOf(memberOf(part, "text")) ?? []);
  return texts.length === 0 ? null : texts.join("");
}

function memberOf(value: JsonValue, name: string): JsonValue {
  return isJsonObject(value) ? (value.get(name) ?? null) : null;
}

function listOf(value: JsonValue): JsonArray {
  return isJsonArray(value) ? value : [];
}

function stringOf(value: JsonValue): string | null {
  return typeof value === "string" ? value : null;
}
