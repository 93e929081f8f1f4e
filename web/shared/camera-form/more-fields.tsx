import { Collapse, NumberInput, Select, SimpleGrid, UnstyledButton } from "@mantine/core";
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { variantsOf } from "../../../src/domain/camera-makes.ts";
import { previewOf } from "./camera-draft.ts";
import type { CameraFieldsProps } from "./camera-fields.tsx";

/** For recorders, encoders and older firmware. */
export function MoreFields({ draft, onChange }: Omit<CameraFieldsProps, "problem">): ReactElement {
  const { t } = useTranslation("camera-form");
  const [open, setOpen] = useState(false);
  const variants = variantsOf(draft.make);
  const Chevron = open ? IconChevronDown : IconChevronRight;
  return (
    <>
      <UnstyledButton onClick={() => setOpen(!open)} aria-expanded={open} fz="sm" c="dimmed">
        <Chevron size={14} aria-hidden style={{ verticalAlign: "-2px" }} /> {t("more")}
      </UnstyledButton>
      <Collapse expanded={open}>
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          <NumberInput
            label={t("field.input")}
            description={t("field.inputSays")}
            min={1}
            max={256}
            allowDecimal={false}
            value={draft.input}
            onChange={(input) => onChange({ input: Number(input) || 1 })}
          />
          {variants > 1 && (
            <Select
              label={t("field.variant")}
              description={previewOf(draft)}
              data={Array.from({ length: variants }, (_, at) => ({
                value: String(at),
                label: at === 0 ? t("variant.newest") : t("variant.older", { number: at }),
              }))}
              value={String(draft.variant)}
              onChange={(variant) => onChange({ variant: Number(variant) })}
              allowDeselect={false}
            />
          )}
        </SimpleGrid>
      </Collapse>
    </>
  );
}
