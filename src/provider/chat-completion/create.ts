import { type CreateRequest, type Diagnostic, type Diagnostics, Path } from "../../framework/index.ts";
import { type JsonValue, type ObjectResponse, OpenAIError, unexpectedShape } from "../../openai/index.ts";
import { describe } from "../api/body.ts";
import { diagnosticOf } from "../explain/explain.ts";
import type { Subject } from "../explain/subject.ts";
import type { Access, OpenAIProvider } from "../openai-provider.ts";
import { canBeNamed } from "./absence.ts";
import { recordCreation } from "./completion-record.ts";
import { explainCreate } from "./explain-create.ts";
import { paramPath } from "./param-path.ts";
import { completionIn } from "./read.ts";
import { untilReadable } from "./readable.ts";
import { requestBody } from "./request-body.ts";
import { textsOf } from "./request-messages.ts";
import type { ResourceAttributes, ResourceState } from "./resource-attributes.ts";
import { operationTime } from "./resource-time.ts";
import { answerOf, storedOf } from "./stored.ts";
import { completionTopic } from "./topic.ts";

type Request = CreateRequest<ResourceAttributes, OpenAIProvider>;

/** How long a new completion is waited for at most: ten times what the slowest recorded one took. */
const longestWaitMs = 60_000;

/**
 * Creates a completion: one POST, whose answer is saved before anything else can fail, and then the wait
 * until it can be read.
 */
export async function createCompletion(request: Request): Promise<ResourceState | Diagnostics> {
  const { provider, diagnostics, log, signal, private: kept } = request;
  const access = hidingPrompt(
    provider.access(null, { diagnostics, log, object: "resource" }),
    request.config,
  );
  if (access === undefined) return diagnostics;
  const timeLeft = operationTime(request.plan.timeouts, "create");
  const response = await post(access, request, timeLeft());
  if (response === undefined) return diagnostics;
  const state = answeredState(access, request, response);
  if (state === undefined) return diagnostics;
  recordCreation(kept, access, response, state.created);
  request.save(state);
  if (!canBeNamed(state)) {
    addUnnamable(state, diagnostics);
    return state;
  }
  // An answer that failed is not waited for: most likely nothing was stored.
  if (response.api !== undefined) return state;
  const left = timeLeft();
  const wait = { timeoutMs: left, waitMs: Math.min(left, longestWaitMs), signal, log };
  return untilReadable(access, state, wait, { diagnostics, kept });
}

/** What is write-only stays out of errors and logs too, even where the API quotes the request. */
function hidingPrompt(access: Access | undefined, config: Request["config"]): Access | undefined {
  if (access === undefined || config.messages_wo === null) return access;
  return { ...access, openai: access.openai.withHidden(textsOf(config.messages_wo)) };
}

async function post(
  access: Access,
  request: Request,
  timeoutMs: number,
): Promise<ObjectResponse | undefined> {
  const { config, signal, diagnostics } = request;
  try {
    return await access.openai.chatCompletions.create(requestBody(config), { signal, timeoutMs });
  } catch (thrown) {
    if (!(thrown instanceof OpenAIError)) throw thrown;
    diagnostics.add(explainCreate(thrown, subjectOf(access), (param) => paramPath(param, config)));
    return undefined;
  }
}

/** The state of a create answer. Undefined, with an error added, where it has no ID to keep it by. */
function answeredState(
  access: Access,
  request: Request,
  response: ObjectResponse,
): ResourceState | undefined {
  const { plan, diagnostics } = request;
  const id = response.body.get("id");
  if (typeof id !== "string" || id === "") {
    diagnostics.add(withoutId(access, unexpectedShape(response, `it has no ID: ${describeId(id)}`)));
    return undefined;
  }
  const completion = completionIn(response, id, diagnostics);
  const answer = answerOf(completion);
  return {
    ...plan,
    id,
    ...answer,
    // The ID of the request that created it, which the stored completion repeats.
    request_id: answer.request_id ?? response.requestId ?? null,
    stored: storedOf(completion),
  };
}

function describeId(id: JsonValue | undefined): string {
  return `"id" should be a string, but ${id === undefined ? "is missing" : id === "" ? "is empty" : `is ${describe(id)}`}`;
}

/** Nothing can be kept without an ID: the one failure of an answer that every later apply would meet, and pay for. */
function withoutId(access: Access, error: OpenAIError): Diagnostic {
  return diagnosticOf(error, {
    summary: "Unexpected answer from the API",
    paragraphs: [
      `${access.baseUrl} answered the request to create a completion, but ${error.message}. Without an ID a completion can ` +
        "be neither kept in state nor read, updated or deleted.",
      "This API cannot be used with the resource openai_chat_completion: the answer may have been paid for and is not " +
        "kept, and each apply would create, and cost, another one. Is base_url right? Otherwise remove the resource, or " +
        "use an API that gives its completions IDs.",
    ],
  });
}

/** A gateway's ID that no URL can have: the completion cannot be asked for. */
function addUnnamable({ id }: ResourceState, diagnostics: Diagnostics): void {
  diagnostics.addAttributeWarning(
    Path.root,
    "Chat completion cannot be read",
    `The API gave the completion the ID ${JSON.stringify(id)}, which cannot be part of a URL. It is kept in state as it was ` +
      "answered.",
  );
}

function subjectOf(access: Access): Subject {
  return { access, topic: completionTopic, operation: "create", object: "resource" };
}
