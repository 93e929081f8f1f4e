import { Group, NativeSelect, SegmentedControl, VisuallyHidden, useMantineColorScheme } from "@mantine/core";
import { IconDeviceDesktop, IconMoon, IconSun } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useChoosePreferences } from "../preferences.ts";
import { currentLanguage } from "../i18n.ts";

const themes = [
  { value: "light", icon: IconSun },
  { value: "dark", icon: IconMoon },
  { value: "auto", icon: IconDeviceDesktop },
] as const;

/** Language and colours, for pages that have no top bar and for one's own settings. */
export function LookMenu(): ReactElement {
  const { t } = useTranslation("shell");
  const { colorScheme } = useMantineColorScheme();
  const choose = useChoosePreferences();
  return (
    <Group gap="xs">
      <NativeSelect
        size="sm"
        w={120}
        aria-label={t("user.language")}
        value={currentLanguage()}
        data={[
          { value: "en", label: "English" },
          { value: "de", label: "Deutsch" },
        ]}
        onChange={(event) => void choose({ language: event.currentTarget.value === "de" ? "de" : "en" })}
      />
      <SegmentedControl
        size="sm"
        aria-label={t("user.colours")}
        value={colorScheme}
        onChange={(theme) => void choose({ theme })}
        data={themes.map(({ value, icon: Icon }) => ({
          value,
          label: (
            <>
              <Icon size={16} aria-hidden style={{ display: "block" }} />
              <VisuallyHidden>{t(`user.${value}`)}</VisuallyHidden>
            </>
          ),
        }))}
      />
    </Group>
  );
}
