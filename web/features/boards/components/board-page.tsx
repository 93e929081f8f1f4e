import { Alert, Anchor, Stack, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { inputPoints, outputPoints } from "../../../../src/domain/board-points.ts";
import { useLive } from "../../../shared/event-stream.ts";
import { driverOf, hasConnection } from "../../../shared/io/points.ts";
import { said } from "../../../shared/said.ts";
import { useBoards } from "../../../shared/site-data.ts";
import type { Board } from "../../../shared/types.ts";
import { OneRow } from "../../../shared/ui/one-row.tsx";
import { PageHeader } from "../../../shared/ui/page-header.tsx";
import { BoardHealth } from "./board-health.tsx";
import { BoardSettings } from "./board-settings.tsx";
import { BoardState } from "./board-state.tsx";
import { ContactsTable } from "./contacts-table.tsx";
import { RelaysTable } from "./relays-table.tsx";

/** One board: health, its contacts and relays live, its settings. */
export function BoardPage({ number }: { readonly number: number }): ReactElement {
  const boards = useBoards();
  return (
    <OneRow of={boards} find={({ board }) => board === number} loading={{ rows: 6 }}>
      {(board) => <Found board={board} />}
    </OneRow>
  );
}

function Found({ board }: { readonly board: Board }): ReactElement {
  const { t } = useTranslation("boards");
  const status = useLive((state) => state.boards.find((one) => one.board === board.board));
  const driver = driverOf(board);
  // what is not at the end of a line neither answers nor fails to
  const reached = hasConnection(driver);
  const away = status !== undefined && (status.state === "lost" || status.state === "unauthorized");
  return (
    <Stack gap="lg" pb={80}>
      <div>
        <Anchor component={Link} to="/boards" size="sm">
          {t("back")}
        </Anchor>
        <PageHeader title={board.name} says={<BoardState status={status} />} />
        {away && (
          <Alert color="red" role="alert" mb="md" title={t("away.title")}>
            {t("away.says", { reason: said(status.reason) })}
          </Alert>
        )}
        {status?.warnings.map((warning) => (
          <Alert key={warning} color="orange" mb="md">
            {said(warning)}
          </Alert>
        ))}
        {status !== undefined && reached && <BoardHealth status={status} />}
      </div>
      {inputPoints(driver).length > 0 && (
        <section>
          <Title order={2}>{t("contacts")}</Title>
          <Text size="sm" c="dimmed" mb="xs">
            {t(driver.kind === "virtual" ? "pressVirtual" : "press")}
          </Text>
          <ContactsTable board={board} />
        </section>
      )}
      {outputPoints(driver).length > 0 && (
        <section>
          <Title order={2} mb="xs">
            {t("relays")}
          </Title>
          <RelaysTable board={board} />
        </section>
      )}
      <BoardSettings board={board} />
    </Stack>
  );
}
