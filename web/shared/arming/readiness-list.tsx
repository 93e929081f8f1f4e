import { Checkbox, List, Stack, Text } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { said } from "../said.ts";
import { StateDot } from "../ui/state-dot.tsx";
import type { Readiness } from "./arming-data.ts";

interface ReadinessListProps {
  readonly ready: Readiness;
  /** Inputs that are to be left out; absent: nothing can be chosen here. */
  readonly bypass?: readonly number[];
  readonly onBypass?: (inputs: readonly number[]) => void;
}

/** What is open, and what could not see or record an intruder; open inputs can be ticked to be left out. */
const inWords = <T extends { readonly reason: string }>(one: T): T => ({ ...one, reason: said(one.reason) });

export function ReadinessList({ ready, bypass = [], onBypass }: ReadinessListProps): ReactElement {
  const { t } = useTranslation("arming");
  const things = [
    ...ready.boards.map((one) => ({ key: `b${one.number}`, text: t("ready.board", inWords(one)) })),
    ...ready.cameras.map((one) => ({ key: `c${one.number}`, text: t("ready.camera", inWords(one)) })),
    ...ready.disks.map((one) => ({ key: `d${one.id}`, text: t("ready.disk", inWords(one)) })),
  ];
  if (ready.inputs.length === 0 && things.length === 0 && !ready.ready)
    return <StateDot color="orange" label={t("ready.hidden")} />;
  if (ready.inputs.length === 0 && things.length === 0) return <StateDot color="green" label={t("ready.all")} />;
  return (
    <Stack gap="sm">
      {ready.inputs.map((one) => {
        const says = t(`ready.${one.onTheWay && one.why === "open" ? "onTheWay" : one.why}`, { name: one.name });
        return onBypass === undefined ? (
          <StateDot key={one.input} color={one.onTheWay ? "blue" : "orange"} label={says} />
        ) : (
          <Checkbox
            key={one.input}
            label={says}
            description={t("ready.leaveOut")}
            checked={bypass.includes(one.input)}
            onChange={(event) =>
              onBypass(
                event.currentTarget.checked ? [...bypass, one.input] : bypass.filter((input) => input !== one.input),
              )
            }
          />
        );
      })}
      {things.length > 0 && (
        <div>
          <Text size="sm" fw={500}>
            {t("ready.also")}
          </Text>
          <List size="sm">
            {things.map(({ key, text }) => (
              <List.Item key={key}>{text}</List.Item>
            ))}
          </List>
        </div>
      )}
    </Stack>
  );
}
