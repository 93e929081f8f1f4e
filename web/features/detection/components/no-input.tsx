import { Button, Group } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Section } from "../../../shared/ui/section.tsx";

/** What is watched and drives nothing. */
export function NoInput({ onMake }: { readonly onMake: () => void }): ReactElement {
  const { t } = useTranslation("detection");
  return (
    <Section title={t("noInput.title")} says={t("noInput.says")}>
      <Group>
        <Button variant="default" onClick={onMake}>
          {t("noInput.make")}
        </Button>
      </Group>
    </Section>
  );
}
