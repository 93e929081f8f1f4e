import { Button, Group, Input as MantineInput, SegmentedControl, SimpleGrid, Text } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { ranges } from "../../../../src/domain/site-config.ts";
import type { PointStatus } from "../../../../src/messages/api.ts";
import type { Draft } from "../../../shared/draft.ts";
import { useMoveContact } from "../../../shared/io/doing.ts";
import { LoopText } from "../../../shared/io/loop-text.tsx";
import { LevelBadge } from "../../../shared/io/level-badge.tsx";
import { driverOf, isWired, loopAt } from "../../../shared/io/points.ts";
import { said } from "../../../shared/said.ts";
import { useBoards } from "../../../shared/site-data.ts";
import { tellFailure } from "../../../shared/tell.ts";
import type { Input } from "../../../shared/types.ts";
import { logicalState, type InputSettings } from "../model/settings.ts";
import { AntiDitherField } from "./anti-dither-field.tsx";
import { ActiveBadge } from "./active-badge.tsx";
import { Section } from "../../../shared/ui/section.tsx";
import { openTeach } from "./teach-dialog.tsx";
import { LoopDrawing } from "./loop-drawing.tsx";
import { TripButton } from "./trip-button.tsx";
import { WiringDrawing } from "./wiring-drawing.tsx";
import { RangeField } from "../../../shared/ui/range-field.tsx";

interface ContactSectionProps {
  readonly input: Input;
  readonly draft: Draft<InputSettings>;
  readonly contact: PointStatus;
}

/** NC or NO with the contact as it is now, teaching, the wiring, and the two filters. */
export function ContactSection({ input, draft, contact }: ContactSectionProps): ReactElement {
  const { t } = useTranslation("alarm-in");
  const { type, board } = draft.value;
  const driver = useBoards().data?.find((one) => one.board === board);
  const loop = driver === undefined ? undefined : loopAt(driverOf(driver), contact.point);
  return (
    <Section title={t("section.contact")}>
      <MantineInput.Wrapper label={t("field.type")} labelElement="div">
        <SegmentedControl
          fullWidth
          mt={4}
          aria-label={t("field.type")}
          value={type}
          onChange={(value) => draft.set({ type: value === "NC" ? "NC" : "NO" })}
          data={[
            { value: "NC", label: t("type.NC") },
            { value: "NO", label: t("type.NO") },
          ]}
        />
      </MantineInput.Wrapper>
      <Group gap="md">
        <Group gap={6}>
          <Text size="sm" c="dimmed">
            {t("live.contact")}
          </Text>
          <LevelBadge level={contact.level} />
        </Group>
        <Group gap={6}>
          <Text size="sm" c="dimmed">
            {t("live.means")}
          </Text>
          <ActiveBadge state={logicalState(contact.level, type)} />
        </Group>
        <Button variant="light" ml="auto" disabled={draft.dirty} onClick={() => openTeach(t("teach.title"), input)}>
          {t("teach.open")}
        </Button>
      </Group>
      <LoopText contact={contact} />
      {contact.reason !== undefined && (
        <Text size="sm" c="red">
          {said(contact.reason)}
        </Text>
      )}
      {loop !== undefined && <LoopDrawing loop={loop} contact={contact} type={type} />}
      {driver !== undefined && loop === undefined && isWired(driverOf(driver)) && (
        <WiringDrawing level={contact.level} type={type} point={contact.point} />
      )}
      {driver?.driver.kind === "virtual" && <Simulate input={input} contact={contact} />}
      {driver?.driver.kind === "http-trigger" && <Trip input={input} />}
      <Filters draft={draft} />
    </Section>
  );
}

function Filters({ draft }: { readonly draft: Draft<InputSettings> }): ReactElement {
  const { t } = useTranslation("alarm-in");
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      <RangeField
        label={t("field.debounceMs")}
        description={t("help.debounceMs")}
        suffix=" ms"
        range={ranges.debounceMs}
        value={draft.value.debounceMs}
        onChange={(value) => draft.set({ debounceMs: value })}
      />
      <AntiDitherField draft={draft} />
    </SimpleGrid>
  );
}

/** An HTTP trigger is pulsed by hand. */
function Trip({ input }: { readonly input: Input }): ReactElement {
  const { t } = useTranslation("alarm-in");
  return (
    <Group gap="sm">
      <Text size="sm">{t("trip.says")}</Text>
      <TripButton input={input} />
    </Group>
  );
}

/** A virtual contact is moved by hand. */
function Simulate({ input, contact }: { readonly input: Input; readonly contact: PointStatus }): ReactElement {
  const { t } = useTranslation("alarm-in");
  const move = useMoveContact();
  const level = contact.level === "closed" ? "open" : "closed";
  const press = () =>
    move.mutate(
      { board: input.board, point: input.point, level },
      { onError: (error) => tellFailure(t("simulate.failed"), error) },
    );
  return (
    <Group gap="sm">
      <Text size="sm">{t("simulate.says")}</Text>
      <Button variant="default" onClick={press} loading={move.isPending}>
        {t(`simulate.${level}`)}
      </Button>
    </Group>
  );
}
