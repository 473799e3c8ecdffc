import {
  type Attributes,
  type Diagnostics,
  integer,
  notBlank,
  oneOf,
  Path,
  string,
} from "../../framework/index.ts";
import { atLeast } from "../argument-validators.ts";
import { dataSource } from "../define.ts";
import { idArgument, ownKeyArgument, readTimeouts } from "./arguments.ts";
import { parentArguments } from "./data-source.ts";
import type { ApiObject, ContentDeclaration } from "./declaration.ts";

type Values = { readonly [name: string]: unknown };

const mebibyte = 1024 * 1024;
/** What state has by default, and what it can have at most. */
export const usualInState = 10 * mebibyte;
export const mostInState = 32 * mebibyte;
/** The largest file of the API. */
export const usualOnDisk = 512 * mebibyte;

/** The data source that reads an object's content: `openai_file_content`. */
export function apiContent(of: ApiObject, declared: ContentDeclaration) {
  return dataSource({
    name: `${of.name}_content`,
    description: declared.description,
    attributes: contentAttributes(of, declared),
    validate: ({ config, diagnostics }) => checkLimit(config, diagnostics),
    async read(request) {
      const { readContent } = await import("./content-read.ts");
      return readContent(of, declared, request);
    },
  });
}

function contentAttributes(of: ApiObject, { idArgument: name }: ContentDeclaration): Attributes {
  return {
    ...parentArguments(of),
    [name]: idArgument(`The ID of the ${of.noun}, for example \`${of.id}\`.`),
    encoding: string({
      optional: true,
      validate: [oneOf("text", "base64")],
      description:
        "How state has the content: `text`, which needs content in UTF-8, or `base64`, for any. Left out means `text`.",
    }),
    output_path: string({
      optional: true,
      validate: [notBlank()],
      description:
        "The path of a file to write the content to, in place of keeping it in state. Its folders are created, and a " +
        "file that is there is replaced once the content is whole. It is written wherever the data source is read, also " +
        "in a plan.",
    }),
    max_bytes: integer({
      optional: true,
      validate: [atLeast(1)],
      description:
        "The most bytes to read; more is an error. Left out means 10 MiB, and 512 MiB with `output_path`. State can have " +
        "at most 32 MiB.",
    }),
    ...ownKeyArgument(of.key),
    timeouts: readTimeouts,
    id: string({ computed: true, description: `The ID of the ${of.noun}.` }),
    content: string({
      computed: true,
      description:
        "The content as text; null with another `encoding` and with `output_path`. Terraform normalizes text (Unicode " +
        "NFC), so that `content_sha256` may be another one than that of this attribute.",
    }),
    content_base64: string({
      computed: true,
      description: 'The content in Base64, byte by byte; null but with `encoding = "base64"`.',
    }),
    content_sha256: string({
      computed: true,
      description: "The SHA-256 of the content as it was received, in hexadecimal digits.",
    }),
    bytes: integer({ computed: true, description: "The size of the content in bytes." }),
  };
}

function checkLimit(config: Values, diagnostics: Diagnostics): void {
  const { max_bytes: most, output_path: path } = config;
  if (typeof most !== "number" || path !== null || most <= mostInState) return;
  diagnostics.addAttributeError(
    Path.root.atName("max_bytes"),
    "More than state can have",
    `State can have at most 32 MiB (${mostInState} bytes) of content, and max_bytes is ${most}.\n\n` +
      "Set output_path, which writes the content to a file.",
  );
}
