/** What the server says in English, in the reader's language. */
import i18next from "i18next";
import { ApiError } from "./api-client.ts";
import type { Language } from "./format.ts";

type Reader = (text: string) => string | undefined;
const asItIs: Reader = () => undefined;
let read: Reader = asItIs;

/** The list of sentences is loaded by those only who read another language than the server's. */
export async function loadSaid(language: Language): Promise<void> {
  read = language === "de" ? (await import("../../src/contract/sentences/index.ts")).inGerman : asItIs;
}

/** A reason, trouble or other sentence of the server; one that nobody translated (an old journal's) as it stands. */
export const said = (text: string): string => read(text) ?? text;

/** Why a request failed: the server's sentence, or in another language what its code means, the sentence behind it. */
export function saidOf(error: Error): string {
  const known = read(error.message);
  if (known !== undefined || read === asItIs || !(error instanceof ApiError)) return known ?? error.message;
  const meaning = i18next.t(`common:errors.${error.code}` as "common:errors.invalid");
  return `${meaning} (${error.message})`;
}
