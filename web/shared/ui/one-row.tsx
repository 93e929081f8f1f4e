import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ErrorNote } from "./error-note.tsx";
import { LoadingRows } from "./loading-rows.tsx";
import { NotFound } from "./not-found.tsx";

interface OneRowProps<Row> {
  readonly of: UseQueryResult<readonly Row[]>;
  readonly find: (row: Row) => boolean;
  readonly loading: { readonly rows: number; readonly height?: number };
  readonly children: (row: Row, all: readonly Row[]) => ReactNode;
}

/** The page of one row of a list: while the list is on its way, when it does not come, and when the row is not in it. */
export function OneRow<Row>({ of, find, loading, children }: OneRowProps<Row>): ReactNode {
  if (of.isPending) return <LoadingRows {...loading} />;
  if (of.isError) return <ErrorNote error={of.error} onRetry={() => void of.refetch()} />;
  const row = of.data.find(find);
  return row === undefined ? <NotFound /> : children(row, of.data);
}
