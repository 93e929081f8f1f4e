import { useHotkeys } from "@mantine/hooks";

/** The line that has the focus, else the one that is open. */
function current(): HTMLElement | undefined {
  const focused = document.activeElement?.closest<HTMLElement>("[data-alarm]");
  const open = document.querySelector<HTMLElement>("[data-alarm][aria-current]");
  return focused ?? open ?? undefined;
}

function move(by: 1 | -1): void {
  const lines = [...document.querySelectorAll<HTMLElement>("[data-alarm]")];
  const at = current();
  const from = at === undefined ? -1 : lines.indexOf(at);
  lines[from < 0 ? 0 : Math.min(lines.length - 1, Math.max(0, from + by))]?.focus();
}

/** Up and down move between the lines, Enter opens (they are links), A acknowledges. */
export function useInboxKeys(acknowledge: (alarmId: string) => void): void {
  useHotkeys([
    ["ArrowDown", () => move(1)],
    ["ArrowUp", () => move(-1)],
    [
      "a",
      () => {
        const id = current()?.dataset["alarm"];
        if (id !== undefined) acknowledge(id);
      },
    ],
  ]);
}
