import {
  bool,
  exactlyOneOf,
  isUnknown,
  list,
  nested,
  number,
  object,
  oneOf,
  string,
  types,
} from "../../framework/index.ts";
import { metadata, objectType, timestamp } from "../api/arguments.ts";
import { sameMetadata } from "../api/metadata.ts";
import { apiObject } from "../api/object.ts";
import { local, wired } from "../api/wire.ts";
import { notEmpty } from "../argument-validators.ts";
import { pathSegmentValidator } from "../http-validators.ts";
import { sameJsonValue } from "../json-argument.ts";
import { checkRequests, uploadRequests } from "./batch-input.ts";
import { mostRequests } from "./batch-lines.ts";
import { fileExpiry } from "./expires-after.ts";

const endpoints = [
  "/v1/responses",
  "/v1/chat/completions",
  "/v1/embeddings",
  "/v1/completions",
  "/v1/moderations",
  "/v1/images/generations",
  "/v1/images/edits",
  "/v1/videos",
] as const;

const running = ["validating", "in_progress", "finalizing"] as const;

/** Whether lists of JSON texts say the same, one by one: another layout is no reason to pay again. */
function sameRequests(written: unknown, stored: unknown): boolean {
  return (
    Array.isArray(written) &&
    Array.isArray(stored) &&
    written.length === stored.length &&
    written.every((each: unknown, index) => sameJsonValue(each, stored[index]))
  );
}

const tokens = (of: string) => number({ computed: true, description: `Number of ${of}.` });

/** Requests that the API carries out within a day, at half the price. */
export const batch = apiObject({
  name: "openai_batch",
  noun: "batch",
  pluralEnding: "es",
  subcategory: "Batches",
  path: "batches",
  id: "batch_abc123",
  attributes: {
    input_file_id: string({
      optional: true,
      computed: true,
      validate: [pathSegmentValidator()],
      description:
        "The ID of an uploaded file with the requests: an `openai_file` of the purpose `batch`. Of `requests`, the file that " +
        "was made of them. One of `input_file_id` and `requests` is set.",
    }),
    requests: local(
      list(types.string, {
        optional: true,
        validate: [notEmpty(mostRequests)],
        equivalent: sameRequests,
        description:
          "The requests as JSON texts, as `batch_request` returns them: each has another `custom_id`, and `endpoint` as its " +
          "`url`. They are uploaded as a file, which is deleted with the batch. State holds them. Blanks and the order of " +
          "keys make no other batch. The first plan after an import compares them with the batch's input.",
      }),
    ),
    endpoint: string({
      required: true,
      validate: [oneOf(...endpoints)],
      description: `Where all requests go: ${endpoints.map((each) => `\`${each}\``).join(", ")}.`,
    }),
    completion_window: string({
      optional: true,
      computed: true,
      validate: [oneOf("24h")],
      default: "24h",
      description: "The time within which the API carries out the batch. `24h` is the only one.",
    }),
    output_expires_after: wired(
      object(fileExpiry("files"), {
        optional: true,
        description: "When the API deletes the files of results and of errors.",
      }),
      { sentOnly: true },
    ),
    metadata: metadata(),
    wait: local(
      bool({
        optional: true,
        description:
          "Whether the creation waits until the batch has ended, up to `timeouts.create`: `24h` where that is left out, and not `10m`. " +
          "Left out, it does not: the next plan or refresh reads how far it is.",
      }),
    ),
    object: objectType("batch"),
    model: string({ computed: true, description: "The model, where the API reports one." }),
    status: string({
      computed: true,
      description:
        "`validating`, `failed` (an input that cannot be read), `in_progress`, `finalizing`, `completed`, `expired`, " +
        "`cancelling` or `cancelled`. Of a completed batch, single requests may have failed.",
    }),
    output_file_id: string({
      computed: true,
      description: "The ID of the file with the results; null where there are none yet.",
    }),
    error_file_id: string({
      computed: true,
      description: "The ID of the file with the requests that failed; null where there are none.",
    }),
    errors: object(
      nested({
        object: objectType("list"),
        data: list(
          nested({
            code: string({ computed: true, description: "The kind of error." }),
            line: number({ computed: true, description: "The line of the input, from 1; null for no line." }),
            message: string({ computed: true, description: "The API's words." }),
            param: string({
              computed: true,
              description: "The parameter that is to blame, if there is one.",
            }),
          }),
          { computed: true, description: "What is wrong with the input." },
        ),
      }),
      { computed: true, description: "Why the input was refused as a whole; null where it was not." },
    ),
    request_counts: object(
      nested({
        total: tokens("requests in all"),
        completed: tokens("requests that were carried out"),
        failed: tokens("requests that failed"),
      }),
      { computed: true, description: "How many requests there are, by what became of them." },
    ),
    usage: object(
      nested({
        input_tokens: tokens("tokens of the inputs"),
        input_tokens_details: object(nested({ cached_tokens: tokens("tokens that came from the cache") }), {
          computed: true,
          description: "Of the inputs.",
        }),
        output_tokens: tokens("tokens of the outputs"),
        output_tokens_details: object(nested({ reasoning_tokens: tokens("tokens of reasoning") }), {
          computed: true,
          description: "Of the outputs.",
        }),
        total_tokens: tokens("tokens in all"),
      }),
      { computed: true, description: "What was used; null where the API does not say." },
    ),
    created_at: timestamp("of its creation"),
    in_progress_at: timestamp("of when the API began with it"),
    finalizing_at: timestamp("of when the API began to write its files"),
    completed_at: timestamp("of its completion"),
    expires_at: timestamp("at which it expires if it has not ended"),
    expired_at: timestamp("of when it expired"),
    failed_at: timestamp("of when its input was refused"),
    cancelling_at: timestamp("of when its end was asked for"),
    cancelled_at: timestamp("of when it was cancelled"),
  },
  resource: {
    description:
      "Has the API carry out many requests within a day, at half the price. The data source `openai_batch_results` reads what " +
      "came of them. Destroying it cancels it while it runs; the files of results stay.",
    paid: "the requests that the batch carries out",
    update: ["wait"],
    volatile: [
      "model",
      "status",
      "output_file_id",
      "error_file_id",
      "errors",
      "request_counts",
      "usage",
      "in_progress_at",
      "finalizing_at",
      "completed_at",
      "expires_at",
      "expired_at",
      "failed_at",
      "cancelling_at",
      "cancelled_at",
    ],
    ready: {
      attribute: "status",
      pending: [...running, "cancelling"],
      failed: ["failed"],
      ended: ["expired", "cancelled"],
      reason: "errors",
      when: "wait",
      within: "24h",
    },
    gone: { post: "cancel", while: { attribute: "status", values: running } },
    configValidators: [exactlyOneOf("input_file_id", "requests")],
    validate({ config: { requests, endpoint }, diagnostics }) {
      if (requests !== null && !isUnknown(requests)) checkRequests(requests, endpoint, diagnostics);
    },
    async modifyPlan(request) {
      const { state, config, private: kept } = request;
      if (!kept.imported || state === null) return {};
      const { requests } = config;
      if (state.requests === null && requests !== null) {
        const { importedRequestsDiffer } = await import("./batch-import.ts");
        const batch = { id: String(Reflect.get(state, "id")), input_file_id: state.input_file_id };
        if (await importedRequestsDiffer(requests, batch, request)) return { requiresReplace: ["requests"] };
      }
      const { warnOfNoEffect } = await import("./no-effect.ts");
      const instead = "The files of its results end when the API says.";
      warnOfNoEffect("batch", ["output_expires_after"], request, instead);
      return {};
    },
    async prepare({ plan: { requests }, ...request }) {
      if (requests === null) return {};
      const id = await uploadRequests(requests, request);
      return id === undefined ? undefined : { input_file_id: id };
    },
    // Only what was made of the requests is this resource's to delete.
    prepared: ({ requests, input_file_id: id }) => (requests && id ? [["files", id]] : []),
    made: (listed, sent) =>
      listed.input_file_id === sent.input_file_id &&
      listed.endpoint === sent.endpoint &&
      sameMetadata(listed.metadata, sent.metadata ?? null),
  },
  dataSource: { description: "Reads how far a batch is, and where its results are." },
  list: { description: "Reads all batches of the project.", order: false },
});
