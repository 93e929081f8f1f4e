import { Button, SimpleGrid } from "@mantine/core";
import { IconPlus, IconServerCog } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { isBox } from "../../../shared/io/points.ts";
import { useBoards } from "../../../shared/site-data.ts";
import { EmptyState } from "../../../shared/ui/empty-state.tsx";
import { ErrorNote } from "../../../shared/ui/error-note.tsx";
import { LoadingRows } from "../../../shared/ui/loading-rows.tsx";
import { PageHeader } from "../../../shared/ui/page-header.tsx";
import { BoardCard } from "./board-card.tsx";

/** Every board with how it is. */
export function BoardList(): ReactElement {
  const { t } = useTranslation("boards");
  const boards = useBoards();
  const boxes = boards.data?.filter(({ driver }) => isBox(driver));
  const add = (
    <Button component={Link} to="/boards/new" leftSection={<IconPlus size={16} aria-hidden />}>
      {t("add")}
    </Button>
  );
  return (
    <>
      <PageHeader title={t("title")} says={t("says")}>
        {boxes !== undefined && boxes.length > 0 && add}
      </PageHeader>
      {boards.isPending && <LoadingRows rows={2} height={150} />}
      {boards.isError && <ErrorNote error={boards.error} onRetry={() => void boards.refetch()} />}
      {boxes?.length === 0 && (
        <EmptyState icon={IconServerCog} title={t("empty.title")} says={t("empty.says")}>
          {add}
        </EmptyState>
      )}
      <SimpleGrid cols={{ base: 1, md: 2, xl: 3 }}>
        {boxes?.map((board) => (
          <BoardCard key={board.board} board={board} />
        ))}
      </SimpleGrid>
    </>
  );
}
