import { isJsonArray, isJsonObject, JsonNumber, type JsonObject, type JsonValue } from "./json.ts";

/** An error in the body of a 2xx. */
export interface InnerError {
  /** What has the error: the body, or one of its choices. */
  readonly holder: JsonObject;
  /** The status that it names. */
  readonly status: number | undefined;
  /** Whether there is a result beside it. */
  readonly besideResult: boolean;
}

/**
 * Finds the error in a body that came with a status of success, as gateways send it where a provider behind them
 * failed: `{"error":{…}}`, also in a list, `{"detail":"…"}`, `{"object":"error",…}`, `{"success":false,…}`, and choices
 * that ended with an error.
 */
export function innerError(answer: JsonValue): InnerError | undefined {
  const body = isJsonArray(answer) ? answer[0] : answer;
  if (body === undefined || !isJsonObject(body)) return undefined;
  const holder = saysError(body) ? body : failedChoice(body);
  if (holder === undefined) return undefined;
  return { holder, status: statusIn(holder) ?? statusIn(body), besideResult: hasResult(body) };
}

function saysError(body: JsonObject): boolean {
  if (isFilled(body.get("error"))) return true;
  if (body.get("object") === "error" || body.get("success") === false) return true;
  // Words that a result may have too, but not alone.
  const alone = !["id", "object", "choices", "data"].some((name) => body.has(name));
  return alone && ["detail", "message", "errors"].some((name) => isFilled(body.get(name)));
}

function failedChoice(body: JsonObject): JsonObject | undefined {
  const choices = body.get("choices");
  return isJsonArray(choices)
    ? choices
        .filter(isJsonObject)
        .find((choice) => isFilled(choice.get("error")) || choice.get("finish_reason") === "error")
    : undefined;
}

function isFilled(value: JsonValue | undefined): boolean {
  if (typeof value === "string") return value.trim() !== "";
  if (isJsonArray(value)) return value.length > 0;
  return value === true || (isJsonObject(value) && value.size > 0);
}

function hasResult(body: JsonObject): boolean {
  const data = body.get("data");
  if (body.get("deleted") === true || (isJsonArray(data) && data.length > 0)) return true;
  const [id, object] = [body.get("id"), body.get("object")];
  // Objects that failed (a response, a batch) say why in a member of theirs.
  const isObject = isJsonArray(body.get("choices")) || (typeof object === "string" && object !== "error");
  return typeof id === "string" && id !== "" && isObject;
}

/** A number from 400 to 599, or its digits, in one of the places where APIs put it. */
function statusIn(holder: JsonObject): number | undefined {
  const error = holder.get("error");
  const errors = holder.get("errors");
  const inside = isJsonArray(errors) ? errors[0] : error;
  for (const object of [isJsonObject(inside) ? inside : undefined, holder]) {
    for (const name of ["code", "status", "status_code", "statusCode"]) {
      const value = object?.get(name);
      const text = value instanceof JsonNumber ? value.text : value;
      if (typeof text === "string" && /^[45]\d\d$/.test(text)) return Number(text);
    }
  }
  return undefined;
}
