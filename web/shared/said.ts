/** What the server says in English, in the reader's language. */
import i18next from "i18next";
import { ApiError } from "./api-client.ts";
import type { Language } from "./format.ts";

type Reader = (text: string) => string | undefined;
const asItIs: Reader = () => undefined;
let read: Reader = asItIs;
/** Of the fields of a request. */
let readRefusal: Reader = asItIs;
let readName: (name: string) => string = (name) => name;

/** The list of sentences is loaded by those only who read another language than the server's. */
export async function loadSaid(language: Language): Promise<void> {
  if (language === "de") {
    const { inGerman, nameInGerman, refusalInGerman } = await import("../../src/contract/sentences/german.ts");
    [read, readRefusal, readName] = [inGerman, refusalInGerman, nameInGerman];
  } else [read, readRefusal, readName] = [asItIs, asItIs, (name) => name];
}

/** A reason, trouble or other sentence of the server; one that nobody translated (an old journal's) as it stands. */
export const said = (text: string): string => read(text) ?? text;

/** The name of what was raised, `Yard: a person moves`: what somebody called it stays, what was seen is said. */
export const saidName = (name: string): string => readName(name);

/** Why a request failed: the server's sentence, or in another language what its code means, the sentence behind it. */
export function saidOf(error: Error): string {
  const known = read(error.message) ?? (isRefusal(error) ? readRefusal(error.message) : undefined);
  if (known !== undefined || read === asItIs || !(error instanceof ApiError)) return known ?? error.message;
  const meaning = i18next.t(`common:errors.${error.code}` as "common:errors.invalid");
  return `${meaning} (${error.message})`;
}

const isRefusal = (error: Error): boolean => error instanceof ApiError && error.code === "invalid";
