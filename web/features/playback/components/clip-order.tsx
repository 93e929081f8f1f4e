import { Button, Group, Stack, Switch, Text, TextInput } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat, useMe } from "../../../shared/site-data.ts";
import type { Channel } from "../../../shared/types.ts";
import { ErrorNote } from "../../../shared/ui/error-note.tsx";
import { useStartClip } from "../api/exports.ts";
import type { Range } from "../model/line.ts";

interface ClipOrderProps {
  readonly channels: readonly Channel[];
  readonly range: Range;
}

/** What is made of the marked stretch: files that play, or an evidence pack, which asks why and for whom. */
export function ClipOrder({ channels, range }: ClipOrderProps): ReactElement {
  const { t } = useTranslation("playback");
  const format = useFormat();
  const me = useMe().data;
  const [copy, setCopy] = useState(false);
  const [wanted, setWanted] = useState(false);
  const [reason, setReason] = useState("");
  const [recipient, setRecipient] = useState("");
  const start = useStartClip();
  // it has rules and journal lines of all cameras
  const mayEvidence = me?.rights.live === "all" && me.rights.playback === "all";
  const evidence = wanted && mayEvidence;
  const why = evidence ? { reason, recipient } : { reason: t("clip.reason"), recipient: me?.name ?? "-" };
  const isReady = channels.length > 0 && why.reason.trim() !== "" && why.recipient.trim() !== "";
  const order = () =>
    start.mutate({ channels: channels.map(({ channel }) => channel), ...{ range, copy, evidence, ...why } });
  return (
    <Stack gap="sm">
      <Switch label={t("clip.copy")} checked={copy} onChange={(event) => setCopy(event.currentTarget.checked)} />
      {mayEvidence && (
        <Switch
          label={t("clip.evidence")}
          description={t("clip.evidenceSays")}
          checked={wanted}
          onChange={(event) => setWanted(event.currentTarget.checked)}
        />
      )}
      {evidence && (
        <Group gap="sm" align="end">
          <TextInput
            flex="1 1 14rem"
            label={t("clip.why")}
            description={t("clip.audited")}
            value={reason}
            maxLength={500}
            required
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <TextInput
            flex="1 1 14rem"
            label={t("clip.recipient")}
            value={recipient}
            maxLength={200}
            required
            onChange={(event) => setRecipient(event.currentTarget.value)}
          />
        </Group>
      )}
      <Group gap="sm">
        <Button loading={start.isPending} disabled={!isReady} onClick={order}>
          {t(evidence ? "clip.startEvidence" : "clip.start")}
        </Button>
        <Text size="sm">
          {channels.map(({ name }) => name).join(", ")}:{" "}
          {t("clip.range", {
            from: format.dateTime(range.from),
            to: format.time(range.to),
            length: format.duration(range.to - range.from),
          })}
        </Text>
      </Group>
      {start.error !== null && <ErrorNote error={start.error} />}
    </Stack>
  );
}
