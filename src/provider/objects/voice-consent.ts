import { notBlank, string } from "../../framework/index.ts";
import { objectType, timestamp } from "../api/arguments.ts";
import { apiObject } from "../api/object.ts";
import { local } from "../api/wire.ts";
import { audioOf, planAudio } from "./audio-upload.ts";

/** The recording in which somebody agrees that their voice is used. */
export const voiceConsent = apiObject({
  name: "openai_voice_consent",
  noun: "voice consent",
  subcategory: "Voices",
  path: "audio/voice_consents",
  id: "cons_abc123",
  attributes: {
    name: string({ required: true, validate: [notBlank()], description: "The name of the consent." }),
    language: string({
      required: true,
      validate: [notBlank()],
      description: "The language of the phrase that is spoken, as a BCP 47 tag, for example `en-US`.",
    }),
    path: local(
      string({
        optional: true,
        validate: [notBlank()],
        description:
          "The path of the recording, of at most 10 MiB: MP3, WAV, OGG, AAC, FLAC, WebM or MP4. May be left out after an import.",
      }),
    ),
    content_sha256: local(
      string({
        computed: true,
        description:
          "The SHA-256 of the recording, in hexadecimal digits. Another recording is another consent. Null after an import.",
      }),
    ),
    object: objectType("audio.voice_consent"),
    created_at: timestamp("of its upload"),
  },
  leftOut: { recording: "path says what it is" },
  resource: {
    description:
      "Uploads the recording in which somebody agrees that their voice is used. Another recording or language is another consent.",
    update: ["name", "path"],
    volatile: ["content_sha256"],
    async modifyPlan({ config: { path }, state, private: { imported }, diagnostics, signal }) {
      if (state === null && path === null) {
        diagnostics.addError("Missing argument", 'The argument "path" names the recording, and is not set.');
        return {};
      }
      return planAudio({ path, state, imported, diagnostics, signal });
    },
    async form({ plan: { name, language, path }, planned, diagnostics, signal }) {
      const sent = await audioOf({
        path: path ?? "",
        planned: planned.content_sha256,
        diagnostics,
        signal,
      });
      return (
        sent && {
          fields: [
            ["name", name],
            ["language", language],
            ["recording", sent.file],
          ],
          state: sent.state,
        }
      );
    },
    made: (listed, sent) => listed.name === sent.name && listed.language === sent.language,
  },
  dataSource: { description: "Reads what the API reports of a voice consent." },
  list: { displayName: "name", description: "Reads all voice consents of the project.", order: false },
});
