import { type CreateRequest, type Diagnostic, type Diagnostics, Path } from "../../framework/index.ts";
import { type JsonValue, type ObjectResponse, OpenAIError, unexpectedShape } from "../../openai/index.ts";
import { canBeNamed } from "../api/absence.ts";
import { recordCreation, recordSeen } from "../api/answer-record.ts";
import { operationTime } from "../api/arguments.ts";
import { Body } from "../api/body.ts";
import { findNamed } from "../api/lost.ts";
import { addUnreadable } from "../api/missing-answer.ts";
import { pathOf } from "../api/object-names.ts";
import { readAnswer, retrieve, subjectOf } from "../api/request.ts";
import { valueInWords } from "../api/value-in-words.ts";
import { untilVisible, type Wait } from "../api/visibility.ts";
import { readAttributes } from "../api/wire.ts";
import { diagnosticOf, explain, mayBeCarriedOut, type Texts } from "../explain/explain.ts";
import type { Subject } from "../explain/subject.ts";
import type { Access, OpenAIProvider } from "../openai-provider.ts";
import { aboutCompletion, completion } from "./completion.ts";
import { mergedAnswer } from "./read.ts";
import {
  answerAttributes,
  paramPath,
  type ResourceAttributes,
  type ResourceState,
  requestBody,
  textsOf,
} from "./resource-attributes.ts";

type Request = CreateRequest<ResourceAttributes, OpenAIProvider>;

const of = completion.declaration;

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
  const response = await post(access, request, timeLeft);
  if (response === undefined) return diagnostics;
  const state = await answeredState(access, request, response);
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
  return untilReadable(access, state, wait, request);
}

/** What is write-only stays out of errors and logs too, even where the API quotes the request. */
function hidingPrompt(access: Access | undefined, config: Request["config"]): Access | undefined {
  if (access === undefined || config.messages_wo === null) return access;
  return { ...access, openai: access.openai.withHidden(textsOf(config.messages_wo)) };
}

async function post(
  access: Access,
  { config, signal, diagnostics }: Request,
  timeLeft: () => number,
): Promise<ObjectResponse | undefined> {
  try {
    const send = { method: "POST", path: pathOf(of, {}), body: requestBody(config), policy: "once" } as const;
    return await access.openai.send(send, { signal, timeoutMs: timeLeft() });
  } catch (thrown) {
    if (!(thrown instanceof OpenAIError)) throw thrown;
    const named = mayBeCarriedOut(thrown)
      ? await findNamed(of, {}, thrown, { access, timeLeft, signal, diagnostics })
      : undefined;
    if (named !== undefined) return named;
    const subject = subjectOf(of, access, "create", {});
    diagnostics.add(explainCreate(thrown, subject, (param) => paramPath(param, config)));
    return undefined;
  }
}

/** The state of a create answer. Undefined, with an error added, where it has no ID to keep it by. */
async function answeredState(
  access: Access,
  { plan, diagnostics }: Request,
  response: ObjectResponse,
): Promise<ResourceState | undefined> {
  const id = response.body.get("id");
  if (typeof id !== "string" || id === "") {
    diagnostics.add(withoutId(access, unexpectedShape(response, `it has no ID: ${idInWords(id)}`)));
    return undefined;
  }
  const answer = await readAnswer(of, answerAttributes, id, response, diagnostics).catch(
    (thrown: unknown) => {
      if (!(thrown instanceof OpenAIError)) throw thrown;
      // What was paid for is kept, if only by its ID.
      diagnostics.add({ ...explain(thrown, subjectOf(of, access, "read", { id })), severity: "warning" });
      return readAttributes(answerAttributes, new Body(null));
    },
  );
  // The ID of the request that created it, which the stored completion repeats.
  return { ...plan, id, ...answer, request_id: answer.request_id ?? response.requestId ?? null };
}

function idInWords(id: JsonValue | undefined): string {
  return `"id" should be a string, but ${id === undefined ? "is missing" : id === "" ? "is empty" : `is ${valueInWords(id)}`}`;
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

/**
 * Waits until a completion that was just created can be read, and adds what the read reports. Where it
 * cannot, that is a warning, whatever the reason: an error would taint what has been paid for.
 */
async function untilReadable(
  access: Access,
  state: ResourceState,
  wait: Wait,
  { diagnostics, private: kept }: Request,
): Promise<ResourceState> {
  try {
    const response = await untilVisible((options) => retrieve(of, access, state, options), wait);
    const answer = await readAnswer(of, answerAttributes, state.id, response, diagnostics);
    recordSeen(kept, access, response);
    return { ...state, ...mergedAnswer(state, answer) };
  } catch (thrown) {
    if (!(thrown instanceof OpenAIError)) throw thrown;
    const subject = aboutCompletion({ state, private: kept, access });
    addUnreadable(thrown, wait.waitMs, '"stored" has only what the answer says.', {
      of,
      subject,
      diagnostics,
    });
    return state;
  }
}

/** A failed creation in a practitioner's words: what the API has against it, and whether it may have been paid for. */
function explainCreate(error: OpenAIError, subject: Subject, argument: Subject["argument"]): Diagnostic {
  const texts = refusalTexts(error, argument);
  if (texts !== undefined) return diagnosticOf(error, texts);
  return explain(error, { ...subject, ...(argument === undefined ? {} : { argument }) });
}

/** Texts for what only a creation can be refused for. */
function refusalTexts(error: OpenAIError, argument: Subject["argument"]): Texts | undefined {
  const { api } = error;
  const at = (param: string): Pick<Texts, "path"> => {
    const path = argument?.(api?.param ?? param) ?? argument?.(param);
    return path === undefined ? {} : { path };
  };
  switch (api?.code) {
    case "context_length_exceeded":
    case "string_above_max_length":
      if (api.code === "string_above_max_length" && !api.param?.startsWith("messages")) return undefined;
      return {
        summary: "Prompt too long for the model",
        paragraphs: [
          "The messages have more tokens than fit into the model's context, together with the answer's. Nothing was created " +
            "or paid for.",
          "Shorten the messages, lower max_completion_tokens, or use a model with a larger context.",
        ],
        ...at("messages"),
      };
    case "invalid_prompt":
    case "content_policy_violation":
    case "content_filter":
      return {
        summary: "Prompt refused by the content policy",
        paragraphs: [
          "The API takes the messages for a breach of its usage policies, and does not answer them. Nothing was created or " +
            "paid for.",
          "Change the messages. Asking the same again can have consequences for the account.",
        ],
        ...at("messages"),
      };
    case "model_not_found":
      return {
        summary: "Unknown model",
        paragraphs: [
          "The API has no model of this name, or the key's project has no access to it. Nothing was created or paid for.",
          "Correct model, allow it in the project's settings, or use a key of a project that has access. Behind a gateway, " +
            "models have the gateway's names.",
        ],
        path: Path.root.atName("model"),
      };
    default:
      return undefined;
  }
}
