import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isError } from "../../../support/provider-session.ts";
import { keptOf, place } from "../objects/support.ts";

/* What answers that are paid for have in common: nothing that is odd in one loses it, or buys another. */

const model = "gpt-5.6-sol";
const paid = [
  {
    type: "openai_response",
    prompt: "input",
    given: { model, input: "Hello" },
    hidden: { model, input_wo: "the magic word", input_wo_version: 1 },
  },
  {
    type: "openai_chat_completion",
    prompt: "messages",
    given: { model, messages: [{ role: "user", content: "Hello" }] },
    hidden: { model, messages_wo: [{ role: "user", content: "the magic word" }], messages_wo_version: 1 },
  },
] as const;

const body = (id: string) => ({
  id,
  object: "chat.completion",
  status: "completed",
  choices: [],
  output: [],
});

for (const { type, prompt, given, hidden } of paid) {
  describe(`the creation of one ${type}`, () => {
    it("with an ID that no URL can have keeps it, and asks for nothing by it", async (t) => {
      const { server, session } = await place(t);
      server.fault({ method: "POST", body: body("a/b") });
      const { titles, kept } = await session.create(type, given);
      assert.deepEqual([titles.length, titles.some(isError)], [1, false], titles.join());
      assert.match(titles[0] ?? "", /cannot be read$/);
      assert.ok(kept);
      assert.equal(kept.state.id, "a/b");
      assert.deepEqual((await session.refresh(type, kept)).kept?.state, kept.state);
      const gone = await session.delete(type, kept);
      assert.deepEqual([gone.titles.some(isError), gone.kept], [false, null]);
      assert.equal(server.requests.length, 1);
    });

    it("whose answer is more than can be read keeps it by its ID, with a warning", async (t) => {
      const { server, session } = await place(t);
      const many = Array(400_000).fill("{}").join(",");
      const text = `{"id":"id_long","object":"chat.completion","status":"completed","choices":[${many}],"output":[${many}]}`;
      server.fault({ method: "POST", body: text });
      server.fault({ method: "GET", error: "server_error" });
      const { titles, kept } = await session.create(type, given);
      assert.equal(titles[0], "warning: Answer too large");
      assert.ok(!titles.some(isError), titles.join());
      assert.equal(kept?.state.id, "id_long");
    });

    for (const [code, title] of [
      ["context_length_exceeded", "error: Prompt too long for the model"],
      ["invalid_prompt", "error: Prompt refused by the content policy"],
      ["model_not_found", "error: Unknown model"],
    ] as const) {
      it(`that is refused with ${code} says so where it is written, and that nothing was paid for`, async (t) => {
        const { server, session } = await place(t);
        server.fault({ method: "POST", status: 400, body: { error: { message: "no", param: null, code } } });
        const { titles, paths, details } = await session.create(type, given);
        assert.deepEqual([titles, paths], [[title], [code === "model_not_found" ? "model" : prompt]]);
        assert.match(details[0] ?? "", /Nothing was created or paid for/);
      });
    }

    it("hides what is write-only where the API quotes it, and points at it", async (t) => {
      const { server, session } = await place(t);
      const error = { message: "no: the magic word", type: "x", param: prompt, code: null };
      server.fault({ method: "POST", status: 400, body: { error } });
      const { paths, details } = await session.create(type, hidden);
      assert.deepEqual(paths, [`${prompt}_wo`]);
      assert.doesNotMatch(details.join(), /magic/);
    });

    it("whose state was read once, and has no ID that can be asked for since, is an error that says so", async (t) => {
      const { server, session } = await place(t);
      const kept = keptOf(await session.create(type, given));
      server.control.clearRequests();
      const edited = { ...kept, state: { ...kept.state, id: "a/b" } };
      assert.deepEqual((await session.refresh(type, edited)).titles, ["error: Invalid ID in state"]);
      assert.equal(server.requests.length, 0);
    });
  });
}
