import {
  type Attributes,
  type Diagnostics,
  type Logger,
  nested,
  notBlank,
  object,
  Path,
  string,
} from "../../framework/index.ts";
import {
  capText,
  type ObjectResponse,
  OpenAIError,
  type OperationOptions,
  unexpectedShape,
} from "../../openai/index.ts";
import { operationTime, timeoutsOf } from "../api/arguments.ts";
import { Body } from "../api/body.ts";
import type { ApiObject } from "../api/declaration.ts";
import { mapped } from "../api/mapped.ts";
import { objectPath, titleOf } from "../api/object-names.ts";
import { retrieve, subjectOf } from "../api/request.ts";
import { sleep } from "../api/visibility.ts";
import { action } from "../define.ts";
import { positiveDuration } from "../duration.ts";
import { diagnosticOf, explain, type Subject } from "../explain/explain.ts";
import { pathSegmentValidator } from "../http-validators.ts";
import type { Access, OpenAIProvider } from "../openai-provider.ts";

/* An action that has OpenAI try whether what is registered with it works. */

export interface Validation {
  readonly name: string;
  readonly description: string;
  readonly of: ApiObject;
  /** The argument that names the object. */
  readonly argument: string;
  /** Statuses that are no result yet: the object is read again until it has another one. */
  readonly pending?: readonly string[];
  /** What a status says; undefined where nothing is known of it. */
  readonly isValid: (status: string) => boolean | undefined;
  /** What to check where the validation failed. */
  readonly remedy: string;
}

const usualTime = "5m";
const firstPauseMs = 500;
const longestPauseMs = 10_000;

const timeouts = object(
  nested({
    read: string({
      optional: true,
      validate: [positiveDuration("5m")],
      description: `Time for the validation, with the wait for its result. Left out means \`${usualTime}\`.`,
    }),
  }),
  { optional: true, description: "How long the action may take, with all attempts." },
);

/** An action that validates one object of the API: `POST …/{id}/validate`. A plan sends nothing. */
export function validation(what: Validation) {
  const { name, description, argument, of } = what;
  const attributes: Attributes = {
    [argument]: string({
      required: true,
      validate: [notBlank(), pathSegmentValidator()],
      description: `The ID of the ${of.noun}, for example \`${of.id}\`.`,
    }),
    timeouts,
  };
  return action({
    name,
    description,
    attributes,
    async plan({ provider, diagnostics, log }) {
      // A missing key is found before anything is applied.
      if (provider.isKnownFor("admin")) accessOf(provider, diagnostics, log);
    },
    async invoke({ config, provider, progress, diagnostics, signal, log }) {
      const access = accessOf(provider, diagnostics, log);
      const id = config[argument];
      if (access === undefined || typeof id !== "string") return;
      const timeLeft = operationTime(timeoutsOf(config), "read", access.openai, usualTime);
      try {
        progress(`OpenAI tries the ${of.noun} ${JSON.stringify(id)} …`);
        const status = await statusAfter(what, { access, id, timeLeft, signal });
        report(what, { id, status, progress, diagnostics });
      } catch (thrown) {
        if (!(thrown instanceof OpenAIError)) throw thrown;
        diagnostics.add(
          isRefusal(thrown) ? refusal(what, thrown, id) : explain(thrown, subject(what, access, id)),
        );
      }
    },
  });
}

function accessOf(provider: OpenAIProvider, diagnostics: Diagnostics, log: Logger): Access | undefined {
  return provider.access(null, { diagnostics, log, object: "resource", key: "admin" });
}

function subject({ of, argument }: Validation, access: Access, id: string): Subject {
  const { object: _, ...about } = subjectOf(of, access, "read", { id });
  return { ...about, topic: { ...about.topic, idArgument: argument } };
}

interface Run {
  readonly access: Access;
  readonly id: string;
  /** Milliseconds. */
  readonly timeLeft: () => number;
  readonly signal: AbortSignal;
}

/**
 * Validates, and waits until there is a result, or no time is left.
 *
 * @throws {OpenAIError}
 */
async function statusAfter(
  { of, pending = [] }: Validation,
  { access, id, timeLeft, signal }: Run,
): Promise<string> {
  const options = (): OperationOptions => ({ signal, timeoutMs: timeLeft(), fresh: true });
  // A second time validates again.
  const request = { method: "POST", path: objectPath(of, { id }, "validate"), policy: "repeatable" } as const;
  let status = statusIn(await access.openai.send(request, options()));
  for (let pause = firstPauseMs; pending.includes(status); pause = Math.min(pause * 1.5, longestPauseMs)) {
    if (timeLeft() <= pause) return status;
    await sleep(pause, signal);
    status = statusIn(await retrieve(of, access, { id }, options()));
  }
  return status;
}

/** @throws {OpenAIError} for an answer without a status. */
function statusIn(response: ObjectResponse): string {
  const status = mapped(response, () => new Body(response.body).get("status").string());
  if (status === null) throw unexpectedShape(response, "status: a string was expected, there is nothing");
  return capText(status, 100);
}

interface Result {
  readonly id: string;
  readonly status: string;
  readonly progress: (text: string) => void;
  readonly diagnostics: Diagnostics;
}

function report(what: Validation, { id, status, progress, diagnostics }: Result): void {
  const { of, argument, pending = [] } = what;
  const path = Path.root.atName(argument);
  const said = `OpenAI reports ${JSON.stringify(status)} for the ${of.noun} ${JSON.stringify(id)}`;
  if (pending.includes(status)) {
    diagnostics.addAttributeError(
      path,
      `${titleOf(of)} not validated yet`,
      `${said} at the end of the time for its validation.\n\n` +
        'Invoke the action again, or give it more time: timeouts = { read = "15m" }.',
    );
    return;
  }
  const isValid = what.isValid(status);
  if (isValid === true) progress(`${said}: it works.`);
  else if (isValid === false)
    diagnostics.addAttributeError(path, failedTitle(of), `${said}, and does not say why.\n\n${what.remedy}`);
  else
    diagnostics.addAttributeWarning(
      path,
      "Unknown result of the validation",
      `${said}. Its documentation does not say which statuses there are, and this one is not known here.\n\n${what.remedy}`,
    );
}

function failedTitle(of: ApiObject): string {
  return `${titleOf(of)} does not work`;
}

/** Whether an error is the result: the API's own words on what was validated, and not on the request. */
function isRefusal({ kind, failure }: OpenAIError): boolean {
  return kind === "bad_request" || kind === "conflict" || failure.outerStatus !== undefined;
}

function refusal({ of, argument, remedy }: Validation, error: OpenAIError, id: string) {
  return diagnosticOf(error, {
    summary: failedTitle(of),
    paragraphs: [`OpenAI has tried the ${of.noun} ${JSON.stringify(id)}, and it failed.`, remedy],
    path: Path.root.atName(argument),
  });
}
