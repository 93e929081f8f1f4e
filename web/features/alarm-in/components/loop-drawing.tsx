import { Stack, Table, Text } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Level, SensorType } from "../../../../src/domain/level.ts";
import type { LoopSettings } from "../../../../src/domain/supervised-loop.ts";
import type { PointStatus } from "../../../../src/messages/api.ts";
import { ohmsText } from "../../../shared/io/ohms.ts";
import { useFormat } from "../../../shared/site-data.ts";
import { loopRows, suits } from "../model/loop-rows.ts";
import { LoopCircuit } from "./loop-circuit.tsx";

interface LoopDrawingProps {
  readonly loop: LoopSettings;
  readonly contact: PointStatus;
  readonly type: SensorType;
}

/** A supervised loop: pull-up, cable, resistors and contact as it is now, and what each resistance means. */
export function LoopDrawing({ loop, contact, type }: LoopDrawingProps): ReactElement {
  const { t } = useTranslation(["alarm-in", "io"]);
  const format = useFormat();
  const { point, level } = contact;
  const wiring = t(`loop.wiring.${loop.wiring}`);
  const wanted = suits(loop.wiring, type);
  return (
    <Stack gap="xs">
      <LoopCircuit loop={loop} level={shown(level)} label={t("loop.label", { point, wiring })} point={point} />
      {loop.wiring !== "none" && <Text size="sm">{t("loop.where")}</Text>}
      {wanted !== undefined && (
        <Text size="sm" c="orange">
          {t("loop.wrongType", { type: wanted })}
        </Text>
      )}
      <Table verticalSpacing={4} aria-label={t("loop.table")} maw={460}>
        <Table.Tbody>
          {loopRows(loop, type).map(({ ohms, means, state, tripped }) => {
            const now = contact.loop?.state === state;
            return (
              <Table.Tr key={state} data-now={now} fw={now ? 700 : undefined}>
                <Table.Td w={110}>
                  {ohms === undefined ? t("level.open", { ns: "io" }) : ohmsText(ohms, format)}
                </Table.Td>
                <Table.Td>
                  {t(`loop.st.${means}`)}
                  {tripped !== undefined && ` (${t(tripped ? "loop.active" : "loop.rest")})`}
                </Table.Td>
                <Table.Td w={60}>{now && t("loop.now")}</Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Stack>
  );
}

/** A loop that was tampered with is drawn as not known. */
const shown = (level: Level): Level => (level === "fault" ? "unknown" : level);
