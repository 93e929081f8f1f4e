/**
 * Sentences of the server by their English form, each with its German one. `{word}` stands for what differs: a number
 * or a name as it is; `{why}` for a sentence in turn; `{anyOf}` for names joined by "or", `{allOf}` by "and".
 */
export type Sentences = Readonly<Record<string, string>>;
