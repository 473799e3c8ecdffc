import {
  bool,
  exactlyOneOf,
  integer,
  list,
  nested,
  notBlank,
  number,
  object,
  oneOf,
  string,
  types,
} from "../../framework/index.ts";
import { idArgument, objectType } from "../api/arguments.ts";
import { apiObject } from "../api/object.ts";
import { json, wired } from "../api/wire.ts";
import { between, eachNotBlank, notEmpty } from "../argument-validators.ts";
import { searchFilter } from "./search-filter.ts";

/** A search in a vector store, which creates nothing. */
export const vectorStoreSearch = apiObject({
  name: "openai_vector_store_search",
  noun: "vector store search",
  subcategory: "Vector stores",
  path: "vector_stores/{vector_store_id}/search",
  id: "vs_abc123",
  headers: { "openai-beta": "assistants=v2" },
  attributes: {
    vector_store_id: idArgument("The ID of the vector store, for example `vs_abc123`."),
    query: string({
      optional: true,
      validate: [notBlank()],
      description: "What to search for, in words. One of `query` and `queries` is set.",
    }),
    queries: wired(
      list(types.string, {
        optional: true,
        validate: [notEmpty(), eachNotBlank()],
        description: "Several queries of one search, in place of `query`.",
      }),
      { member: "query" },
    ),
    filters_json: json({
      optional: true,
      validate: [searchFilter()],
      description:
        "Which files are searched, by their attributes, as JSON text: a comparison, for example " +
        '`jsonencode({ type = "eq", key = "team", value = "docs" })`, or several joined by `and` or `or`, for example ' +
        '`jsonencode({ type = "and", filters = [ … ] })`. Comparisons are `eq`, `ne`, `gt`, `gte`, `lt`, `lte`, `in` and `nin`.',
    }),
    max_num_results: integer({
      optional: true,
      validate: [between(1, 50)],
      description: "The most results, from 1 to 50. Left out, the API returns 10.",
    }),
    ranking_options: object(
      nested({
        ranker: string({
          optional: true,
          validate: [oneOf("none", "auto", "default-2024-11-15")],
          description: "`auto`, `default-2024-11-15`, or `none`, which answers sooner.",
        }),
        score_threshold: number({
          optional: true,
          validate: [between(0, 1)],
          description: "The least score of a result, from 0 to 1.",
        }),
      }),
      { optional: true, description: "How results are ranked." },
    ),
    rewrite_query: bool({
      optional: true,
      description: "Whether the API rewrites the query for the search. Left out means `false`.",
    }),
    object: objectType("vector_store.search_results.page"),
    search_query: wired(
      list(types.string, { computed: true, description: "What was searched for, as the API rewrote it." }),
      {
        // A text with one query, and a list with several.
        read: (page) => {
          const member = page.get("search_query");
          if (member.isArray) return member.elements((each) => each.string());
          const text = member.string();
          return text === null ? null : [text];
        },
      },
    ),
    results: wired(
      list(
        nested({
          file_id: string({ computed: true, description: "The ID of the file." }),
          filename: string({ computed: true, description: "The name of the file." }),
          score: number({ computed: true, description: "How well the result fits, from 0 to 1." }),
          attributes_json: json({ computed: true, description: "The attributes of the file, as JSON text." }),
          content: list(
            nested({
              type: string({ computed: true, description: "The type of content, which is `text`." }),
              text: string({ computed: true, description: "The text of the chunk." }),
            }),
            { computed: true, description: "The chunks of the file that were found." },
          ),
        }),
        { computed: true, description: "What was found, the best first; an empty list where nothing was." },
      ),
      { member: "data" },
    ),
    has_more: bool({
      computed: true,
      description:
        "Whether the API has more results. It publishes no way to ask for them: raise `max_num_results`, or narrow the " +
        "search with `filters_json`.",
    }),
    next_page: string({
      computed: true,
      description: "The API's token for more results; null where it has none.",
    }),
  },
  query: {
    description: "Searches a vector store, each time that the data source is read. The results are in state.",
    about: "vector store",
    configValidators: [exactlyOneOf("query", "queries")],
  },
});
