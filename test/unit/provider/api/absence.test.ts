import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Decimal, PrivateState } from "../../../../src/framework/index.ts";
import { type Account, type ErrorKind, OpenAIError } from "../../../../src/openai/index.ts";
import { absenceOf, absenceWarning, canBeNamed } from "../../../../src/provider/api/absence.ts";
import {
  ageOf,
  isExpired,
  mayAppearFor,
  recordCreation,
  recordSeen,
} from "../../../../src/provider/api/answer-record.ts";
import type { Access } from "../../../../src/provider/openai-provider.ts";
import { accessOf, configured } from "../support.ts";

const day = 24 * 3_600_000;
/** When the completion of these tests was created, in milliseconds. */
const created = Date.UTC(2026, 5, 1);
const own: Account = { organization: "org-a", project: "proj_a" };
const nobody: Account = { organization: undefined, project: undefined };

function access(base_url = "https://api.example.com/v1"): Access {
  const found = accessOf(configured({ api_key: "sk-hunter22", base_url }));
  assert.ok(!Array.isArray(found));
  return found;
}

function stateOf(seconds: number | null) {
  return { id: "chatcmpl-x", created: seconds };
}

const context = { method: "GET", origin: "https://api", path: "/v1", attempts: 1, elapsedMs: 1 };

function answer(date: number | undefined, account = own) {
  const body = new Map();
  const nothing = { text: "", api: undefined, requestId: undefined };
  return { ...nothing, body, status: 200, date, account, display: String, context, throwIfStopped() {} };
}

function failure(kind: ErrorKind, date: number, account = own, status = 404): OpenAIError {
  return new OpenAIError({ kind, message: "it is not there", status, date, account }, context);
}

type History = "created" | "seen" | "nothing";

/** What is recorded of a completion that was created at `created`, by an API that says so or says `reported`. */
function recorded(history: History, reported: number | null = created / 1000, account = own): PrivateState {
  const kept = PrivateState.empty();
  if (history !== "nothing") recordCreation(kept, access(), answer(created, account), reported);
  if (history === "seen") recordSeen(kept, access(), answer(created + 9_000, account));
  return PrivateState.decode(kept.encode());
}

describe("what a 404 means", () => {
  for (const [history, age, account, base, absence] of [
    ["seen", day, own, undefined, "gone"],
    ["seen", 1_000, own, undefined, "gone"],
    ["seen", 30 * day, own, undefined, "expired"],
    ["seen", day, { ...own, project: "proj_b" }, undefined, "another_account"],
    ["seen", day, { ...own, organization: "org-b" }, undefined, "another_account"],
    ["seen", day, own, "https://eu.example.com/v1", "another_account"],
    ["seen", day, own, "https://api.example.com/other/v1", "another_account"],
    ["seen", day, own, "https://api.example.com/v1/", "gone"],
    ["seen", day, nobody, undefined, "unknown_account"],
    ["seen", day, { ...own, project: undefined }, undefined, "unknown_account"],
    // What has expired is gone, for every account.
    ["seen", 31 * day, { ...own, project: "proj_b" }, undefined, "expired"],
    ["created", 1_000, own, undefined, "not_visible_yet"],
    ["created", day, own, undefined, "never_seen"],
    ["created", day, nobody, undefined, "never_seen"],
    ["created", day, { ...own, project: "proj_b" }, undefined, "another_account"],
    ["created", day, own, "https://eu.example.com/v1", "another_account"],
    ["created", 1_000, { ...own, project: "proj_b" }, undefined, "not_visible_yet"],
    ["created", 30 * day, own, undefined, "expired"],
    ["nothing", day, own, undefined, "never_seen"],
    ["nothing", day, own, "https://eu.example.com/v1", "never_seen"],
    // A `created` that nobody has compared with the time of the creation does not buy anything.
    ["nothing", 60 * day, own, undefined, "never_seen"],
  ] as const) {
    test(`${history}, after ${age / day} days, for ${account.project} at ${base ?? "the same URL"}: ${absence}`, () => {
      const subject = {
        noun: "completion",
        state: stateOf(created / 1000),
        private: recorded(history),
        access: access(base ?? "https://api.example.com/v1"),
      };
      assert.equal(absenceOf(failure("not_found", created + age, account), subject), absence);
    });
  }

  for (const [account, absence] of [
    [own, "gone"],
    [nobody, "gone"],
    [{ ...own, project: "proj_b" }, "another_account"],
  ] as const) {
    test(`410 for ${account.project} after it was read: ${absence}`, () => {
      const subject = {
        noun: "completion",
        state: stateOf(created / 1000),
        private: recorded("seen"),
        access: access(),
      };
      assert.equal(absenceOf(failure("not_found", created + day, account, 410), subject), absence);
    });
  }

  test("where no answer ever named an account, is not distinguished", () => {
    const subject = {
      noun: "completion",
      state: stateOf(null),
      private: recorded("seen", null, nobody),
      access: access(),
    };
    assert.equal(absenceOf(failure("not_found", created + day, own), subject), "unknown_account");
    assert.equal(absenceOf(failure("not_found", created + day, nobody), subject), "unknown_account");
  });
});

describe("an error of another kind", () => {
  for (const [kind, ofUnseen] of [
    ["wrong_url", "never_seen"],
    ["bad_request", "never_seen"],
    ["permission", "never_seen"],
    ["unexpected_shape", "never_seen"],
    ["not_json", "never_seen"],
    ["redirect", "never_seen"],
    ["authentication", undefined],
    ["missing_scopes", undefined],
    ["mismatched_project", undefined],
    ["rate_limit", undefined],
    ["quota", undefined],
    ["server_error", undefined],
    ["refused", undefined],
    ["aborted", undefined],
    ["operation_timeout", undefined],
  ] as const) {
    test(`${kind} is ${ofUnseen ?? "an error"} where it was never seen, and an error where it was`, () => {
      const subject = (history: History) => ({
        noun: "completion",
        state: stateOf(created / 1000),
        private: recorded(history),
        access: access(),
      });
      const error = failure(kind, created + day);
      assert.equal(absenceOf(error, subject("created")), ofUnseen);
      assert.equal(absenceOf(error, subject("nothing")), ofUnseen);
      assert.equal(absenceOf(error, subject("seen")), undefined);
    });
  }
});

describe("a completion's age", () => {
  for (const [what, reported] of [
    ["0", 0],
    ["milliseconds", created],
    ["the same for all", 1_677_652_288],
    ["two days early", created / 1000 - 2 * 86_400],
    ["negative", -1],
    ["null", null],
  ] as const) {
    test(`counts from the creation where \`created\` is ${what}`, () => {
      const kept = recorded("created", reported);
      assert.deepEqual(ageOf(kept, reported, created + day), { ms: day, certain: true });
      assert.equal(isExpired(ageOf(kept, reported, created + 30 * day - 1)), false);
      assert.equal(isExpired(ageOf(kept, reported, created + 30 * day)), true);
    });
  }

  test("counts from `created` where that is near the creation", () => {
    const kept = recorded("created", created / 1000 - 3_600);
    assert.equal(ageOf(kept, created / 1000 - 3_600, created)?.ms, 3_600_000);
    assert.equal(mayAppearFor(ageOf(kept, 0, created), kept), 0);
  });

  test("of a state from elsewhere is what `created` says, if that can be, and uncertain unless it was read", () => {
    const [nothing, seen] = [PrivateState.empty(), PrivateState.empty()];
    seen.set("visibility", "seen");
    const seconds = new Decimal("1780272000.00000000000000000001");
    assert.deepEqual(ageOf(nothing, seconds, created + day), { ms: day, certain: false });
    assert.deepEqual(ageOf(seen, seconds, created + day), { ms: day, certain: true });
    for (const reported of [null, 0, -5, created, created / 1000 + 3 * 86_400])
      assert.equal(ageOf(seen, reported, created + day), undefined, String(reported));
  });

  test("leaves room for a completion to become visible, until it is", () => {
    const kept = recorded("created");
    assert.equal(mayAppearFor(ageOf(kept, null, created + 1_000), kept), 14_000);
    assert.equal(mayAppearFor(ageOf(kept, null, created - 500), kept), 15_000, "clocks of whole seconds");
    assert.equal(mayAppearFor(ageOf(kept, null, created + 60_000), kept), 0);
    assert.equal(mayAppearFor(ageOf(recorded("seen"), null, created + 1_000), recorded("seen")), 0);
    assert.equal(mayAppearFor(undefined, PrivateState.empty()), 0);
  });
});

test("the record holds no base URL and no key", () => {
  const kept = PrivateState.empty();
  recordSeen(kept, access("https://gateway.example.com/t0ken-in-the-path/v1"), answer(created));
  const text = kept.encode().toString();
  assert.match(text, /org-a.*proj_a/);
  assert.doesNotMatch(text, /t0ken|gateway|hunter22/);
});

test("an ID that no URL can have is no reason to lose what was paid for", () => {
  for (const id of ["..", ""]) assert.equal(canBeNamed({ ...stateOf(null), id }), false);
  const subject = {
    noun: "completion",
    state: { ...stateOf(null), id: ".." },
    private: recorded("created"),
    access: access(),
  };
  const words = { summary: "S", kept: "It is kept.", remedy: "R." };
  const warning = absenceWarning("never_seen", undefined, subject, words);
  assert.equal(warning.severity, "warning");
  assert.match(warning.detail, /^The completion "\.\." has an ID that cannot .* It is kept\.\n\nR\.$/);
});

test("a warning names both accounts, or says that they cannot be distinguished", () => {
  const subject = { noun: "completion", state: stateOf(null), private: recorded("seen"), access: access() };
  const words = { summary: "S", kept: "It is kept.", remedy: "R." };
  const other = failure("not_found", created + day, { organization: "org-b", project: "proj_b" });
  const { detail, severity } = absenceWarning("another_account", other, subject, words);
  assert.equal(severity, "warning");
  assert.match(
    detail,
    /asked: project proj_b of organization org-b\. .* project proj_a of organization org-a;/,
  );
  const untold = absenceWarning("unknown_account", failure("not_found", 0, nobody), subject, words);
  assert.match(untold.detail, /deleted outside of Terraform, or the key, organization, project or base_url/);
});
