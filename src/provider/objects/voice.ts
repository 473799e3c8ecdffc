import { exactlyOneOf, notBlank, requiredWith, string } from "../../framework/index.ts";
import { objectType, timestamp } from "../api/arguments.ts";
import { apiObject } from "../api/object.ts";
import { local, wired } from "../api/wire.ts";
import { pathSegmentValidator } from "../http-validators.ts";
import { audioOf, planAudio } from "./audio-upload.ts";

/** A voice of one's own. The API creates and deletes it, and has no way to read it. */
export const voice = apiObject({
  name: "openai_voice",
  noun: "voice",
  subcategory: "Voices",
  path: "audio/voices",
  id: "voice_abc123",
  topic: {
    lost:
      "The request was sent and may have been carried out, so it was not sent again. The API has no list of voices: look at " +
      "https://platform.openai.com for one of this name before the next apply, which creates another one.",
  },
  attributes: {
    name: string({ required: true, validate: [notBlank()], description: "The name of the voice." }),
    path: local(
      string({
        optional: true,
        validate: [notBlank()],
        description:
          "The path of a sample of the voice, of at most 10 MiB: MP3, WAV, OGG, AAC, FLAC, WebM or MP4. Needs `consent`. One of " +
          "`path` and `prompt` is set.",
      }),
    ),
    content_sha256: local(
      string({
        computed: true,
        description:
          "The SHA-256 of the sample, in hexadecimal digits; null without one. Another sample is another voice.",
      }),
    ),
    consent: wired(
      string({
        optional: true,
        validate: [notBlank(), pathSegmentValidator()],
        description: "The ID of the speaker's consent, for example `cons_abc123`.",
      }),
      { sentOnly: true },
    ),
    prompt: string({
      optional: true,
      validate: [notBlank()],
      description: "What the voice is like, in words. Such a voice works in Live alone.",
    }),
    model: wired(
      string({
        optional: true,
        validate: [notBlank()],
        description: "The model that makes a voice of `prompt`. Left out means `auto`.",
      }),
      { sentOnly: true },
    ),
    script_hint: wired(
      string({
        optional: true,
        validate: [notBlank()],
        description: "What the voice of `prompt` says while it is made.",
      }),
      { sentOnly: true },
    ),
    type: string({ computed: true, description: "How it was made: `audio_sample` or `prompt`." }),
    object: objectType("audio.voice"),
    created_at: timestamp("of its creation"),
  },
  leftOut: { audio_sample: "path says what it is" },
  resource: {
    description:
      "Makes a voice of a recording and its speaker's consent, or of a description. The API has no way to read a voice: the state " +
      "keeps what the creation answered, and a plan does not see that somebody else has deleted it. It cannot be imported. Each " +
      "change is another voice.",
    unreadable: true,
    update: ["path"],
    volatile: ["content_sha256"],
    configValidators: [
      exactlyOneOf("path", "prompt"),
      requiredWith("path", "consent"),
      requiredWith("consent", "path"),
      requiredWith("model", "prompt"),
      requiredWith("script_hint", "prompt"),
    ],
    async modifyPlan({ config: { path, prompt }, state, private: { imported }, diagnostics, signal }) {
      if (path !== null) return planAudio({ path, state, imported, diagnostics, signal });
      if (prompt === null) return {};
      const replaced = state !== null && state.content_sha256 !== null;
      return { plan: { content_sha256: null }, requiresReplace: replaced ? ["content_sha256"] : [] };
    },
    async form({ plan, planned, diagnostics, signal }) {
      const { path, name } = plan;
      const type = path === null ? "prompt" : "audio_sample";
      const sent =
        path === null
          ? undefined
          : await audioOf({ path, planned: planned.content_sha256, diagnostics, signal });
      if (path !== null && sent === undefined) return undefined;
      const { consent, prompt, model, script_hint } = plan;
      const texts = Object.entries({ consent, prompt, model, script_hint }).flatMap(
        ([member, value]): [string, string][] => (value === null ? [] : [[member, value]]),
      );
      return {
        fields: [
          ["type", type],
          ["name", name],
          ...texts,
          ...(sent === undefined ? [] : [["audio_sample", sent.file] as const]),
        ],
        state: sent?.state ?? { content_sha256: null },
      };
    },
  },
});
