import { quote, type Validator } from "../../framework/index.ts";

/** The address of something that OpenAI's servers ask. */
export function httpsUrl(): Validator<string> {
  return {
    description: "must be a URL that begins with https://",
    validate(value) {
      if (value.startsWith("https://") && URL.canParse(value)) return undefined;
      return {
        detail: "The value must be a URL that begins with https://, since OpenAI asks it over TLS alone.",
        given: quote(value),
      };
    },
  };
}
