import { SimpleGrid, Switch, TextInput } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { aroundTheClock } from "../../../../src/domain/input-kind.ts";
import type { Draft } from "../../../shared/draft.ts";
import { KindField } from "../../../shared/io/kind-field.tsx";
import { KindIcon } from "../../../shared/io/kind-icon.tsx";
import { useInputKinds } from "../../../shared/io/kinds.ts";
import { withKind, type InputSettings } from "../model/settings.ts";
import { Section } from "../../../shared/ui/section.tsx";

/** On or off, name and kind; another kind brings its usual wiring and debounce. */
export function NameSection({ draft }: { readonly draft: Draft<InputSettings> }): ReactElement {
  const { t } = useTranslation("alarm-in");
  const { name, kind, enabled } = draft.value;
  const kinds = useInputKinds(kind);
  return (
    <Section title={t("section.what")}>
      <Switch
        label={t("field.enabled")}
        checked={enabled}
        onChange={(event) => draft.set({ enabled: event.currentTarget.checked })}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput
          label={t("field.name")}
          value={name}
          maxLength={100}
          onChange={(event) => draft.set({ name: event.currentTarget.value })}
        />
        <KindField
          label={t("field.kind")}
          description={aroundTheClock(kind) ? t("help.aroundTheClock") : undefined}
          inputWrapperOrder={["label", "input", "description"]}
          kinds={kinds}
          kind={kind}
          leftSection={<KindIcon kind={kind} />}
          onKind={(chosen) => draft.set(withKind(chosen))}
        />
      </SimpleGrid>
    </Section>
  );
}
