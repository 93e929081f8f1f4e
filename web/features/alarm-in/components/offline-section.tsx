import { Button, Group, List, MultiSelect, Text } from "@mantine/core";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { ranges } from "../../../../src/domain/site-config.ts";
import { useLive } from "../../../shared/event-stream.ts";
import { driverOf } from "../../../shared/io/points.ts";
import { said } from "../../../shared/said.ts";
import { useBoards, useChannels, useFormat } from "../../../shared/site-data.ts";
import { tellDone, tellFailure } from "../../../shared/tell.ts";
import type { Board, Input } from "../../../shared/types.ts";
import { useChangeWatch, type OfflineWatch } from "../api/sources.ts";
import { Section } from "../../../shared/ui/section.tsx";
import { RangeField } from "../../../shared/ui/range-field.tsx";

/** Which cameras are watched, how long they may be away, and which are away now. */
export function OfflineSection({ input }: { readonly input: Input }): ReactElement | null {
  const board = useBoards().data?.find((one) => one.board === input.board);
  const driver = board === undefined ? undefined : driverOf(board);
  if (board === undefined || driver?.kind !== "camera-offline") return null;
  const { graceS, except } = driver;
  return <Watch key={JSON.stringify([graceS, except])} board={board} saved={{ graceS, except }} />;
}

interface WatchProps {
  readonly board: Board;
  readonly saved: OfflineWatch;
}

function Watch({ board, saved }: WatchProps): ReactElement {
  const { t } = useTranslation(["alarm-in", "common"]);
  const channels = useChannels().data ?? [];
  const change = useChangeWatch(board);
  const [watch, setWatch] = useState(saved);
  const [least, most] = ranges.offlineGraceS;
  const fits = watch.graceS >= least && watch.graceS <= most;
  const changed = JSON.stringify(watch) !== JSON.stringify(saved);
  const apply = () =>
    change.mutate(watch, {
      onSuccess: () => tellDone(t("saved", { ns: "common" })),
      onError: (error) => tellFailure(t("notSaved"), error),
    });
  return (
    <Section title={t("section.offline")} says={t("offline.says")}>
      <Away except={saved.except} />
      <RangeField
        label={t("offline.grace")}
        description={t("offline.graceHelp")}
        error={fits ? undefined : t("offline.graceRange", { least, most })}
        suffix=" s"
        range={[least, most]}
        value={watch.graceS}
        onChange={(value) => setWatch({ ...watch, graceS: value })}
      />
      <MultiSelect
        label={t("offline.except")}
        placeholder={watch.except.length === 0 ? t("choose") : ""}
        data={channels.map((one) => ({ value: String(one.channel), label: one.name }))}
        value={watch.except.map(String)}
        onChange={(values) => setWatch({ ...watch, except: values.map(Number) })}
        searchable
        clearable
      />
      <Group>
        <Button onClick={apply} loading={change.isPending} disabled={!changed || !fits}>
          {t("offline.apply")}
        </Button>
      </Group>
    </Section>
  );
}

/** The live truth beside the settings: who is away now, since when and why. */
function Away({ except }: { readonly except: readonly number[] }): ReactElement {
  const { t } = useTranslation("alarm-in");
  const format = useFormat();
  const channels = useChannels().data ?? [];
  const live = useLive((state) => state.channels);
  const away = (live ?? []).filter(
    ({ channel, state }) => state !== "live" && state !== "off" && !except.includes(channel),
  );
  if (away.length === 0) return <Text size="sm">{t("offline.none")}</Text>;
  return (
    <List size="sm" spacing={4}>
      {away.map(({ channel, since, reason }) => (
        <List.Item key={channel}>
          {t("offline.away", {
            name: channels.find((one) => one.channel === channel)?.name ?? channel,
            at: format.dateTime(since),
          })}
          {reason !== "" && `: ${said(reason)}`}
        </List.Item>
      ))}
    </List>
  );
}
