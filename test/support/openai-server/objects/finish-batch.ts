import file from "../../samples/file.json";
import type { ObjectKind } from "./object-kind.ts";
import type { StoredObject, StoredObjects } from "./stored-objects.ts";

/**
 * Ends a batch as the API does: each request of its input is answered, into a file of results or one of errors. A
 * request whose model is `fail` fails; an input that is no JSONL fails the batch as a whole.
 */
export function finishBatch(batch: StoredObject, objects: StoredObjects, files: ObjectKind): void {
  const { body, id } = batch;
  const input = objects.peek("files", String(body.input_file_id));
  const requests = requestsOf(String(input?.content ?? ""));
  const ended = Number(body.created_at) + 60;
  if (requests === undefined) {
    const error = {
      code: "invalid_json_line",
      message: "This line is not parseable as valid JSON.",
      param: null,
      line: 1,
    };
    Object.assign(body, { status: "failed", failed_at: ended, errors: { object: "list", data: [error] } });
    return;
  }
  const failing = requests.filter(({ model }) => model === "fail");
  const answered = requests.filter(({ model }) => model !== "fail");
  const write = (suffix: string, lines: string[]) => {
    if (lines.length === 0) return null;
    const content = Buffer.from(lines.map((line) => `${line}\n`).join(""));
    const fileId = `file-${suffix}-${id}`;
    const common = { parents: {}, owner: batch.owner, createdAt: 0, progresses: false };
    const described = {
      ...file,
      id: fileId,
      purpose: "batch_output",
      filename: `${id}_${suffix}.jsonl`,
      bytes: content.length,
    };
    objects.add({ ...common, kind: files, id: fileId, content, body: described });
    return fileId;
  };
  Object.assign(body, {
    in_progress_at: Number(body.created_at) + 1,
    finalizing_at: ended - 1,
    completed_at: ended,
    output_file_id: write(
      "output",
      answered.map((each) => answerLine(each.customId, body.endpoint)),
    ),
    error_file_id: write(
      "error",
      failing.map((each) => errorLine(each.customId)),
    ),
    request_counts: { total: requests.length, completed: answered.length, failed: failing.length },
  });
}

interface Asked {
  readonly customId: string;
  readonly model: unknown;
}

function requestsOf(text: string): Asked[] | undefined {
  try {
    return text
      .split("\n")
      .filter((line) => line.trim() !== "")
      .map((line) => JSON.parse(line))
      .map(({ custom_id: customId, body }) => ({ customId, model: body?.model }));
  } catch {
    return undefined;
  }
}

/** With a number that a double cannot hold. */
function answerLine(customId: string, endpoint: unknown): string {
  const text = JSON.stringify(`Answer to ${customId}`);
  const body =
    endpoint === "/v1/chat/completions"
      ? `{"object":"chat.completion","seed":4944116822809979520,"choices":[{"index":0,"message":{"role":"assistant","content":${text},"refusal":null}}]}`
      : `{"object":"response","seed":4944116822809979520,"output":[{"type":"reasoning","summary":[]},{"type":"message","role":"assistant","content":[{"type":"output_text","text":${text},"annotations":[]}]}]}`;
  return `{"id":"batch_req_${customId}","custom_id":${JSON.stringify(customId)},"response":{"status_code":200,"request_id":"req_${customId}","body":${body}},"error":null}`;
}

function errorLine(customId: string): string {
  const error = {
    message: "The model 'fail' does not exist.",
    type: "invalid_request_error",
    param: null,
    code: "model_not_found",
  };
  const response = { status_code: 404, request_id: `req_${customId}`, body: { error } };
  return JSON.stringify({ id: `batch_req_${customId}`, custom_id: customId, response, error: null });
}
