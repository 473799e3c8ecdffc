import type { ApiErrorBody, ErrorKind } from "./errors.ts";

const quotaWords = new Set(["insufficient_quota", "credit_balance_exhausted"]);

/** Returns what a status and an error body mean. The more the body says, the less the status counts. */
export function classify(status: number, api: ApiErrorBody): ErrorKind {
  const message = api.message ?? "";
  if (quotaWords.has(api.code ?? "") || quotaWords.has(api.type ?? "") || status === 402) return "quota";
  if (status === 401 || status === 403) return classifyRefusal(status, api.code, message);
  if (status === 404 || status === 405) return classifyMissing(status, api, message);
  // Gone, in so many words; and not implemented, which no repetition changes.
  if (status === 410) return "not_found";
  if (status === 501) return "wrong_url";
  if (status === 409) return "conflict";
  if (status === 429) return "rate_limit";
  if (status === 408 || (status >= 500 && status <= 599)) return "server_error";
  if (status < 400 || status > 599) return "unexpected_status";
  if (api.code === "mismatched_organization") return "mismatched_organization";
  if (api.code === "mismatched_project") return "mismatched_project";
  return api.code === "model_not_found" ? "model_access" : "bad_request";
}

/** 401 and 403: OpenAI uses both for missing scopes, and says which in words where the code is null. */
function classifyRefusal(status: number, code: string | null, message: string): ErrorKind {
  if (/\bmissing scopes?:/i.test(message)) return "missing_scopes";
  if (code === "mismatched_organization" || /OpenAI-Organization header should match/i.test(message))
    return "mismatched_organization";
  if (code === "mismatched_project" || /OpenAI-Project header should match/i.test(message))
    return "mismatched_project";
  if (code === "unsupported_country_region_territory" || /country, region, or territory/i.test(message))
    return "region";
  if (code === "model_not_found" || /\bnot have access to (?:the )?model\b/i.test(message))
    return "model_access";
  if (code === "ip_not_authorized" || /\bIP\b.{0,60}\bnot (?:authorized|allowed)/i.test(message))
    return "ip_not_authorized";
  return status === 401 || code === "invalid_api_key" ? "authentication" : "permission";
}

/**
 * 404 and 405: what is missing, an object or the URL. The API's own error says that an object is missing unless it
 * says that it does not know the URL ("Invalid URL (GET /v1/v1/files)").
 */
function classifyMissing(status: number, api: ApiErrorBody, message: string): ErrorKind {
  if (api.code === "model_not_found" || noSuchModel.test(message)) return "model_access";
  if (status === 405 || api.envelope === "html" || unknownUrl.test(message)) return "wrong_url";
  const own = api.envelope === "error_object" && api.type === "invalid_request_error";
  return own || api.code === "not_found" ? "not_found" : "wrong_url";
}

const unknownUrl =
  /^(?:invalid|unknown|unrecognized|unsupported) (?:request )?(?:url|path|route|endpoint)\b/i;

/** What servers of models say of one that they do not have, in a 404 of another form than OpenAI's. */
const noSuchModel = /^(?:the )?model \S{1,200} (?:does not exist|(?:was |is )?not found)\b/i;

/** The status that an error in the body of a success stands for, by its words where it names none. */
export function statusByWords({ code, type }: ApiErrorBody): number {
  const words = `${code ?? ""} ${type ?? ""}`;
  if (/\bauthentication|invalid_api_key|unauthorized/i.test(words)) return 401;
  if (/\bpermission|forbidden/i.test(words)) return 403;
  if (/\brate_limit|too_many_requests|slow_down/i.test(words)) return 429;
  if (/\bnot_found/i.test(words)) return 404;
  return /\b(?:server|internal|api|service)_?error|internal_server|overloaded|unavailable|timeout/i.test(
    words,
  )
    ? 500
    : 400;
}
