import { Button, Card, Group, Select, Switch, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconDownload, IconSearch } from "@tabler/icons-react";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { saveText } from "../../../shared/save-file.ts";
import { useFormat } from "../../../shared/site-data.ts";
import { ErrorNote } from "../../../shared/ui/error-note.tsx";
import { LoadingRows } from "../../../shared/ui/loading-rows.tsx";
import { useLogs, type LogLine } from "../api/system.ts";
import classes from "./logs.module.css";

const levels = ["debug", "info", "warn", "error"] as const;
const steps = [200, 1000, 2000] as const;

/** System → Logs: the newest lines of all processes, followed while one likes. */
export function Logs(): ReactElement {
  const { t } = useTranslation("system");
  const [process, setProcess] = useState<string | undefined>();
  const [level, setLevel] = useState<LogLine["level"]>("info");
  const [typed, setTyped] = useState("");
  const [limit, setLimit] = useState<number>(steps[0]);
  const [follow, setFollow] = useState(true);
  const [text] = useDebouncedValue(typed.trim(), 250);
  const logs = useLogs({ process, level, text, limit }, follow);
  const lines = logs.data?.lines ?? [];
  const further = steps.find((step) => step > limit);
  return (
    <>
      <Group gap="sm" mb="sm" align="flex-end">
        <Select
          label={t("logs.process")}
          data={[{ value: "", label: t("logs.all") }, ...(logs.data?.processes ?? [])]}
          value={process ?? ""}
          allowDeselect={false}
          onChange={(value) => setProcess(value === null || value === "" ? undefined : value)}
          w={150}
        />
        <Select
          label={t("logs.level")}
          data={levels.map((value) => ({ value, label: t(`logs.levels.${value}`) }))}
          value={level}
          allowDeselect={false}
          onChange={(value) => setLevel(levels.find((one) => one === value) ?? "info")}
          w={190}
        />
        <TextInput
          label={t("logs.text")}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          flex="1 1 160px"
        />
        <Switch
          label={t("logs.follow")}
          checked={follow}
          onChange={(event) => setFollow(event.currentTarget.checked)}
          mb={8}
        />
        <Button
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
          onClick={() =>
            saveText("reed-log.jsonl", "application/jsonl", lines.map((line) => JSON.stringify(line)).join("\n"))
          }
        >
          {t("logs.download")}
        </Button>
      </Group>
      {logs.error !== null && <ErrorNote error={logs.error} onRetry={() => void logs.refetch()} />}
      {logs.isPending && <LoadingRows rows={8} height={24} />}
      {logs.data !== undefined && (
        <Card withBorder p={0}>
          <div className={classes["lines"]} tabIndex={0} role="log" aria-live="off" aria-label={t("logs.title")}>
            {lines.map((line) => (
              <Line key={line.id} line={line} />
            ))}
            {lines.length === 0 && <Text p="md">{t("logs.nothing")}</Text>}
          </div>
        </Card>
      )}
      {logs.data?.more === true && further !== undefined && (
        <Button variant="subtle" mt="xs" onClick={() => setLimit(further)} loading={logs.isPlaceholderData}>
          {t("logs.more")}
        </Button>
      )}
    </>
  );
}

function Line({ line }: { readonly line: LogLine }): ReactElement {
  const format = useFormat();
  const head = (
    <>
      <time className={classes["meta"]} dateTime={new Date(line.at).toISOString()} title={format.dateTime(line.at)}>
        {format.timeMs(line.at)}
      </time>
      <span className={classes["meta"]}>
        {line.process} {line.level}
      </span>
      {line.text}
    </>
  );
  const has = Object.keys(line.details).length > 0;
  return (
    <div className={classes["line"]} data-level={line.level}>
      {has ? (
        <details>
          <summary>{head}</summary>
          <pre className={classes["details"]}>{JSON.stringify(line.details, undefined, 2)}</pre>
        </details>
      ) : (
        head
      )}
    </div>
  );
}
