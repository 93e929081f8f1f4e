/** Language and colours: chosen once, kept with the person, and put on again wherever they log in. */
import { useMantineColorScheme, type MantineColorScheme } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect } from "react";
import type { Preferences } from "../../src/messages/api.ts";
import { api } from "./api-client.ts";
import { chooseLanguage, currentLanguage, hasChosenLanguage } from "./i18n.ts";
import { useMe, useSite } from "./site-data.ts";
import type { Me } from "./types.ts";

/** Chooses for this browser at once, and for the person when somebody is logged in. */
export function useChoosePreferences(): (chosen: Preferences) => Promise<void> {
  const queries = useQueryClient();
  const { setColorScheme } = useMantineColorScheme();
  return useCallback(
    async (chosen) => {
      if (chosen.theme !== undefined) setColorScheme(chosen.theme);
      if (chosen.language !== undefined) await chooseLanguage(chosen.language);
      const me = queries.getQueryData<Me>(["me"]);
      if (me === undefined) return;
      const preferences = await api.patch<Preferences>("me/preferences", chosen);
      queries.setQueryData<Me>(["me"], { ...me, preferences });
    },
    [queries, setColorScheme],
  );
}

/** Puts on what the person chose elsewhere; who has chosen no language anywhere gets the site's. */
export function useOwnPreferences(): void {
  const preferences = useMe().data?.preferences;
  const siteLanguage = useSite().data?.language;
  const { setColorScheme } = useMantineColorScheme();
  const language = preferences?.language ?? (hasChosenLanguage() ? undefined : siteLanguage);
  const theme: MantineColorScheme | undefined = preferences?.theme;
  useEffect(() => {
    if (language !== undefined && language !== currentLanguage()) void chooseLanguage(language);
  }, [language]);
  useEffect(() => {
    if (theme !== undefined) setColorScheme(theme);
  }, [theme, setColorScheme]);
}
