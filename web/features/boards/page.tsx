import { useParams } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { AddBoard } from "./components/add-board.tsx";
import { BoardList } from "./components/board-list.tsx";
import { BoardPage } from "./components/board-page.tsx";

/** Devices → I/O boards: all of them, a new one, or one with its live contacts and relays. */
export default function Page(): ReactElement {
  const { board } = useParams({ strict: false });
  if (board === undefined) return <BoardList />;
  if (board === "new") return <AddBoard />;
  return <BoardPage key={board} number={Number(board)} />;
}
