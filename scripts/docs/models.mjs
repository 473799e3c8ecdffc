/**
 * The models that pages and examples name, the first one wherever one will do. A test holds both to this list: when
 * OpenAI announces that one ends, this is the place to change, and then `make docs`.
 */
export const models = /** @type {const} */ (["gpt-6-luna", "gpt-6.1-sol", "gpt-5.6-sol"]);
