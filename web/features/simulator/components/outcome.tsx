import { Alert, Badge, Box, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { IconBellRinging, IconCamera, IconMessage, IconRotate, IconVideo, type Icon } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { SimulationAnswer } from "../../../../src/contract/foresight.ts";
import { said } from "../../../shared/said.ts";
import { useChannels, useFormat, useNotifiers, useOutputs } from "../../../shared/site-data.ts";
import { barOf, frameOf, type SimulatedAction } from "../model/ask.ts";
import classes from "./outcome.module.css";

const colours = { happens: "green", waits: "orange", suppressed: "gray", failed: "red" } as const;
const icons: Readonly<Record<SimulatedAction["target"]["kind"], Icon>> = {
  record: IconVideo,
  output: IconBellRinging,
  snapshot: IconCamera,
  notify: IconMessage,
  ptz: IconRotate,
};

/** What would happen, each action with its times as a bar, or with what holds it back. */
export function Outcome({ simulation }: { readonly simulation: SimulationAnswer }): ReactElement {
  const { t } = useTranslation("simulator");
  const format = useFormat();
  const { edge, alarm, actions, clock } = simulation;
  const when = format.dateTime(simulation.at);
  const says = edge === undefined ? "nothing" : alarm ? "alarm" : "event";
  return (
    <Paper withBorder p="md" component="section" aria-live="polite">
      <Title order={2} fz="md" mb={2}>
        {t(`outcome.${says}`, { when })}
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        {t(`outcome.${says}Says`)}
      </Text>
      <Stack gap="sm">
        {clock === "not-set" && <Alert color="orange">{t("outcome.clock")}</Alert>}
        {edge !== undefined && actions.length === 0 && <Text size="sm">{t("outcome.noActions")}</Text>}
        {actions.map((action, nth) => (
          <ActionLine
            key={`${nth} ${action.target.kind}${numberOf(action)}`}
            action={action}
            frame={frameOf(simulation)}
            at={simulation.at}
          />
        ))}
      </Stack>
    </Paper>
  );
}

const numberOf = ({ target }: SimulatedAction): number =>
  "channel" in target ? target.channel : target.kind === "output" ? target.output : target.notifier;

function useNameOf(): (action: SimulatedAction) => string {
  const channels = useChannels().data ?? [];
  const outputs = useOutputs().data ?? [];
  const notifiers = useNotifiers().data ?? [];
  return ({ target }) => {
    switch (target.kind) {
      case "record":
      case "snapshot":
      case "ptz":
        return channels.find((one) => one.channel === target.channel)?.name ?? String(target.channel);
      case "output":
        return outputs.find((one) => one.output === target.output)?.name ?? String(target.output);
      case "notify":
        return notifiers.find((one) => one.notifier === target.notifier)?.name ?? String(target.notifier);
    }
  };
}

interface LineProps {
  readonly action: SimulatedAction;
  readonly frame: { readonly from: number; readonly to: number };
  readonly at: number;
}

function ActionLine({ action, frame, at }: LineProps): ReactElement {
  const { t } = useTranslation("simulator");
  const name = useNameOf()(action);
  const format = useFormat();
  const { verdict, reason, spans, target } = action;
  const Sign = icons[target.kind];
  const times = spans.map(({ from, to }) =>
    to === undefined ? format.time(from) : `${format.time(from)} – ${format.time(to)}`,
  );
  return (
    <div>
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <Sign size={18} aria-hidden style={{ flex: "none", marginTop: 2 }} />
        <Group gap="xs" flex={1} miw={0} justify="space-between">
          <Text size="sm" fw={500}>
            {t(`target.${target.kind}`, { name })}
          </Text>
          <Badge color={colours[verdict]} variant="light" tt="none">
            {t(`verdict.${verdict}`)}
          </Badge>
        </Group>
      </Group>
      <Text size="sm" c="dimmed" pl={28}>
        {reason === undefined ? times.join(", ") : said(reason)}
      </Text>
      {spans.length > 0 && (
        <Box className={classes["track"] ?? ""} ml={28} mt={4} aria-hidden>
          {spans.map((span) => {
            const { left, width } = barOf(span, frame);
            return (
              <div
                key={span.from}
                className={classes["bar"]}
                data-kind={target.kind}
                style={{ left: `${left * 100}%`, width: `${width * 100}%` }}
              />
            );
          })}
          <div
            className={classes["edge"]}
            style={{ left: `${((at - frame.from) / (frame.to - frame.from)) * 100}%` }}
          />
        </Box>
      )}
    </div>
  );
}
