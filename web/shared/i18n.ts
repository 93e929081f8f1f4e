/** Texts: one JSON file a language and feature in `web/messages`, loaded when a page first needs it. */
import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { languages, type Language } from "./format.ts";
import { loadSaid } from "./said.ts";

const files = import.meta.glob<{ default: Record<string, unknown> }>("../messages/*/*.json");
const storageKey = "reed-language";

const isLanguage = (text: string | null | undefined): text is Language => languages.some((one) => one === text);

function wished(): Language {
  const chosen = localStorage.getItem(storageKey);
  if (isLanguage(chosen)) return chosen;
  const browser = navigator.languages.map((one) => one.slice(0, 2)).find(isLanguage);
  return browser ?? "en";
}

/** i18next's backend: the file as a chunk of its own. */
const backend = {
  type: "backend" as const,
  init: () => undefined,
  read: (language: string, namespace: string, done: (error: Error | null, data?: Record<string, unknown>) => void) => {
    const load = files[`../messages/${language}/${namespace}.json`];
    if (load === undefined) done(new Error(`no messages ${language}/${namespace}`));
    else
      load().then(
        ({ default: messages }) => {
          done(null, messages);
        },
        (error: unknown) => {
          done(error instanceof Error ? error : new Error(String(error)));
        },
      );
  },
};

export async function startMessages(): Promise<void> {
  await loadSaid(wished());
  await i18next
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: wished(),
      fallbackLng: "en",
      supportedLngs: [...languages],
      ns: ["common", "shell", "arming"],
      defaultNS: "common",
      interpolation: { escapeValue: false },
      react: { useSuspense: true },
    });
  document.documentElement.lang = i18next.language;
}

/** Whether somebody chose on this browser, here or by what they chose elsewhere. */
export const hasChosenLanguage = (): boolean => isLanguage(localStorage.getItem(storageKey));

export const currentLanguage = (): Language => (isLanguage(i18next.language) ? i18next.language : "en");

export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(storageKey, language);
  await loadSaid(language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}
