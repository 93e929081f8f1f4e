import { ActionIcon, Anchor, Button, Group, MultiSelect, Stack, Text } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { linkageRanges, mostEscalations } from "../../../src/domain/linkage-settings.ts";
import { useNotifiers } from "../site-data.ts";
import { nextStep, type LinkageDraft } from "./linkage-value.ts";
import { RangeField } from "../ui/range-field.tsx";

/** Who is told at once, and who when nobody acknowledges. */
export function MessageFields({ draft }: { readonly draft: LinkageDraft }): ReactElement {
  const { t } = useTranslation("linkage");
  const notifiers = (useNotifiers().data ?? []).filter(({ kind }) => kind !== "heartbeat");
  const { notifiers: chosen, snapshots } = draft.value;
  const pictured = notifiers.filter((one) => chosen.includes(one.notifier) && one.snapshot);
  const says = pictured.length === 0 ? "pictureNone" : snapshots === undefined ? "pictureFirst" : "pictureThose";
  return (
    <div>
      <MultiSelect
        label={t("notifiers")}
        placeholder={chosen.length === 0 ? t("choose") : ""}
        data={notifiers.map((one) => ({ value: String(one.notifier), label: one.name }))}
        value={chosen.map(String)}
        onChange={(values) => draft.set({ notifiers: values.map(Number) })}
        clearable
      />
      {notifiers.length === 0 && (
        <Text size="sm" c="dimmed" mt={4}>
          {t("noNotifiers")}{" "}
          <Anchor component={Link} to="/system/notifications" size="sm" underline="always">
            {t("toNotifications")}
          </Anchor>
        </Text>
      )}
      {chosen.length > 0 && (
        <Text size="sm" c="dimmed" mt={4}>
          {t(says, { names: pictured.map((one) => one.name).join(", ") })}
        </Text>
      )}
      {notifiers.length > 0 && <Escalation draft={draft} />}
    </div>
  );
}

function Escalation({ draft }: { readonly draft: LinkageDraft }): ReactElement {
  const { t } = useTranslation("linkage");
  const notifiers = (useNotifiers().data ?? []).filter(({ kind }) => kind !== "heartbeat");
  const steps = draft.value.escalation ?? [];
  const change = (at: number, part: Partial<(typeof steps)[number]>) =>
    draft.set({ escalation: steps.map((step, i) => (i === at ? { ...step, ...part } : step)) });
  return (
    <Stack gap="xs" mt="sm" role="group" aria-label={t("escalation")}>
      {steps.length > 0 && (
        <Text size="sm" fw={500}>
          {t("escalation")}
        </Text>
      )}
      {steps.map((step, i) => (
        <Group key={i} gap="xs" align="flex-end" wrap="wrap">
          <RangeField
            label={t("after")}
            w={110}
            suffix=" min"
            range={linkageRanges.escalateMin}
            allowDecimal={false}
            value={step.afterMin}
            onChange={(value) => change(i, { afterMin: value })}
          />
          <MultiSelect
            label={t("thenTell")}
            style={{ flex: "1 1 180px" }}
            data={notifiers.map((one) => ({ value: String(one.notifier), label: one.name }))}
            value={step.notifiers.map(String)}
            onChange={(values) => change(i, { notifiers: values.map(Number) })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t("removeStep", { minutes: step.afterMin })}
            onClick={() => draft.set({ escalation: steps.filter((_, at) => at !== i) })}
          >
            <IconX size={16} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
      {steps.length < mostEscalations && (
        <Button
          variant="subtle"
          size="compact-sm"
          style={{ alignSelf: "flex-start" }}
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => draft.set({ escalation: [...steps, nextStep(steps)] })}
        >
          {t("addStep")}
        </Button>
      )}
    </Stack>
  );
}
