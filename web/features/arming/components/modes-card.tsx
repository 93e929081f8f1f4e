import { ActionIcon, Button, Group, NumberInput, TextInput } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { armingRanges, entrySDefault, exitSDefault, type ModeSettings } from "../../../../src/domain/arming.ts";
import { useModeName } from "../../../shared/arming/mode-name.ts";
import type { Draft } from "../../../shared/draft.ts";
import { modeIdFor, type ArmingDraft } from "../model/arming-draft.ts";
import { Section } from "../../../shared/ui/section.tsx";

const most = 10;

/** The modes with their delays; disarmed is always there. */
export function ModesCard({ draft }: { readonly draft: Draft<ArmingDraft> }): ReactElement {
  const { t } = useTranslation("arming");
  const { modes } = draft.value;
  const add = () => {
    const name = t("modes.new");
    const id = modeIdFor(
      name,
      modes.map(({ mode }) => mode),
    );
    draft.set({ modes: [...modes, { mode: id, name, exitS: exitSDefault, entryS: entrySDefault }] });
  };
  const put = (changed: ModeSettings) =>
    draft.set({ modes: modes.map((one) => (one.mode === changed.mode ? changed : one)) });
  return (
    <Section fill title={t("card.modes")} says={t("modes.says")}>
      {modes.map((one, at) => (
        <Mode
          key={one.mode}
          value={one}
          first={at === 0}
          onChange={put}
          onRemove={modes.length === 1 ? undefined : () => draft.set({ modes: modes.filter((each) => each !== one) })}
        />
      ))}
      <Group>
        <Button
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={add}
          disabled={modes.length >= most}
        >
          {t("modes.add")}
        </Button>
      </Group>
    </Section>
  );
}

interface ModeProps {
  readonly value: ModeSettings;
  readonly first: boolean;
  readonly onChange: (changed: ModeSettings) => void;
  readonly onRemove: (() => void) | undefined;
}

function Mode({ value, first, onChange, onRemove }: ModeProps): ReactElement {
  const { t } = useTranslation("arming");
  const shown = useModeName()(value.mode);
  const narrow = useMediaQuery("(max-width: 36em)", false, { getInitialValueInEffect: false });
  const [min, max] = armingRanges.delayS;
  const seconds = (given: string | number) => (typeof given === "number" ? given : Number.NaN);
  const delay = (key: "exitS" | "entryS") => (
    <NumberInput
      {...(narrow ? { flex: 1 } : { w: 92 })}
      label={first || narrow ? t(`modes.${key}`) : undefined}
      aria-label={t(`modes.${key}Of`, { mode: value.name })}
      suffix=" s"
      {...{ min, max, hideControls: true }}
      value={value[key]}
      onChange={(given) => onChange({ ...value, [key]: seconds(given) })}
    />
  );
  const usual = value.name === "Home" || value.name === "Night" || value.name === "Away";
  return (
    <Group gap="xs" wrap={narrow ? "wrap" : "nowrap"} align="flex-end">
      <TextInput
        style={{ flex: narrow ? "1 1 100%" : 1, minWidth: 0 }}
        label={first ? t("modes.name") : undefined}
        aria-label={t("modes.nameOf", { mode: value.name })}
        maxLength={100}
        value={usual ? shown : value.name}
        onChange={(event) => onChange({ ...value, name: event.currentTarget.value })}
      />
      {delay("exitS")}
      {delay("entryS")}
      <ActionIcon
        size="lg"
        variant="subtle"
        color="gray"
        disabled={onRemove === undefined}
        aria-label={t("modes.remove", { mode: value.name })}
        onClick={onRemove}
      >
        <IconTrash size={18} aria-hidden />
      </ActionIcon>
    </Group>
  );
}
