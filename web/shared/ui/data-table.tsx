import { ActionIcon, Checkbox, Group, Menu, Table, Text, TextInput, UnstyledButton } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconColumns, IconDownload, IconSearch } from "@tabler/icons-react";
import { useState, type ReactElement, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { saveText } from "../save-file.ts";
import { tableCsv, tableRows, type Column, type Sorting } from "../table-model.ts";

export interface TableColumn<T> extends Column<T> {
  /** Drawn instead of the value. */
  readonly draw?: (row: T) => ReactNode;
}

interface DataTableProps<T> {
  /** Says what the table is, to screen readers and as the CSV's file name. */
  readonly label: string;
  readonly rows: readonly T[];
  readonly columns: readonly TableColumn<T>[];
  readonly keyOf: (row: T) => string | number;
  readonly nameOf: (row: T) => string;
  readonly onOpen?: (row: T) => void;
  /** Given: rows have check boxes. */
  readonly selected?: ReadonlySet<string | number>;
  readonly onSelect?: (keys: ReadonlySet<string | number>) => void;
  /** Shown beside the filter, e.g. bulk actions. */
  readonly children?: ReactNode;
}

/** A table with filter, sorting, choice of columns and CSV. Scrolls sideways inside itself on small screens. */
export function DataTable<T>(props: DataTableProps<T>): ReactElement {
  const { label, rows, columns, keyOf, children } = props;
  const { t } = useTranslation("common");
  const [filter, setFilter] = useState("");
  const [sorting, setSorting] = useState<Sorting>();
  const [hidden, setHidden] = useState(
    () => new Set(columns.filter((one) => one.hidden === true).map(({ key }) => key)),
  );
  const shown = columns.filter(({ key }) => !hidden.has(key));
  const found = tableRows(rows, columns, filter, sorting);
  const toggle = (key: string) =>
    setHidden((before) => new Set(before.has(key) ? [...before].filter((one) => one !== key) : [...before, key]));
  const sort = (key: string) =>
    setSorting((before) =>
      before?.key !== key ? { key, down: false } : before.down ? undefined : { key, down: true },
    );
  return (
    <>
      <Group gap="xs" mb="xs" justify="space-between">
        <TextInput
          size="sm"
          leftSection={<IconSearch size={16} aria-hidden />}
          placeholder={t("table.filter")}
          aria-label={t("table.filter")}
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value)}
        />
        <Group gap="xs">
          {children}
          <ColumnMenu columns={columns} hidden={hidden} onToggle={toggle} />
          <ActionIcon
            variant="default"
            size="lg"
            aria-label={t("table.csv")}
            onClick={() => saveText(`${label}.csv`, "text/csv", tableCsv(found, shown))}
          >
            <IconDownload size={16} aria-hidden />
          </ActionIcon>
        </Group>
      </Group>
      <Table.ScrollContainer minWidth={Math.min(640, 130 * shown.length)}>
        <Table highlightOnHover aria-label={label} verticalSpacing="xs">
          <Head {...props} shown={shown} found={found} sorting={sorting} onSort={sort} />
          <Table.Tbody>
            {found.map((row) => (
              <Row key={keyOf(row)} {...props} shown={shown} row={row} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {found.length === 0 && rows.length > 0 && (
        <Text c="dimmed" size="sm" p="sm">
          {t("table.nothing")}
        </Text>
      )}
    </>
  );
}

interface ColumnMenuProps<T> {
  readonly columns: readonly Column<T>[];
  readonly hidden: ReadonlySet<string>;
  readonly onToggle: (key: string) => void;
}

function ColumnMenu<T>({ columns, hidden, onToggle }: ColumnMenuProps<T>): ReactElement {
  const { t } = useTranslation("common");
  return (
    <Menu closeOnItemClick={false} position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="default" size="lg" aria-label={t("table.columns")}>
          <IconColumns size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {columns.map(({ key, title }) => (
          <Menu.Item key={key} role="menuitemcheckbox" aria-checked={!hidden.has(key)} onClick={() => onToggle(key)}>
            {hidden.has(key) ? "" : "✓ "}
            {title}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

interface HeadProps<T> extends DataTableProps<T> {
  readonly shown: readonly TableColumn<T>[];
  readonly found: readonly T[];
  readonly sorting: Sorting | undefined;
  readonly onSort: (key: string) => void;
}

function Head<T>({ shown, found, sorting, onSort, selected, onSelect, keyOf }: HeadProps<T>): ReactElement {
  const { t } = useTranslation("common");
  const all = found.length > 0 && found.every((row) => selected?.has(keyOf(row)));
  return (
    <Table.Thead>
      <Table.Tr>
        {selected !== undefined && (
          <Table.Th w={40}>
            <Checkbox
              aria-label={t("table.selectAll")}
              checked={all}
              indeterminate={!all && selected.size > 0}
              onChange={() => onSelect?.(new Set(all ? [] : found.map(keyOf)))}
            />
          </Table.Th>
        )}
        {shown.map(({ key, title }) => (
          <Table.Th
            key={key}
            aria-sort={sorting?.key !== key ? "none" : sorting.down ? "descending" : "ascending"}
            style={{ whiteSpace: "nowrap" }}
          >
            <UnstyledButton onClick={() => onSort(key)} aria-label={t("table.sort", { name: title })} fw={600} fz="sm">
              {title} {sorting?.key === key && (sorting.down ? <IconArrowDown size={12} /> : <IconArrowUp size={12} />)}
            </UnstyledButton>
          </Table.Th>
        ))}
      </Table.Tr>
    </Table.Thead>
  );
}

interface RowProps<T> extends DataTableProps<T> {
  readonly shown: readonly TableColumn<T>[];
  readonly row: T;
}

function Row<T>({ row, shown, keyOf, nameOf, onOpen, selected, onSelect }: RowProps<T>): ReactElement {
  const { t } = useTranslation("common");
  const key = keyOf(row);
  const flip = () => {
    const next = new Set(selected);
    if (!next.delete(key)) next.add(key);
    onSelect?.(next);
  };
  const cell = (column: TableColumn<T>) => column.draw?.(row) ?? column.value(row);
  return (
    <Table.Tr onClick={onOpen === undefined ? undefined : () => onOpen(row)} style={onOpen && { cursor: "pointer" }}>
      {selected !== undefined && (
        <Table.Td onClick={(event) => event.stopPropagation()}>
          <Checkbox aria-label={t("table.select", { name: nameOf(row) })} checked={selected.has(key)} onChange={flip} />
        </Table.Td>
      )}
      {shown.map((column, at) => (
        <Table.Td key={column.key}>
          {at === 0 && onOpen !== undefined ? (
            <UnstyledButton
              fw={500}
              fz="sm"
              onClick={(event) => {
                event.stopPropagation();
                onOpen(row);
              }}
            >
              {cell(column)}
            </UnstyledButton>
          ) : (
            cell(column)
          )}
        </Table.Td>
      ))}
    </Table.Tr>
  );
}
