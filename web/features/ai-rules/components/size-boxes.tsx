import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { ruleScale, type DetectionRule, type RulePoint } from "../../../../src/domain/detection/rules.ts";
import { withSize, type FilterSize, type SizeFilter } from "../model/rules.ts";
import { percentOf } from "../model/shape.ts";
import classes from "./canvas.module.css";
import { Handle } from "./handles.tsx";
import { inPixels, type PictureSize } from "./shape-drawing.tsx";

interface SizeBoxesProps {
  readonly rule: DetectionRule;
  readonly size: PictureSize;
  readonly onRule: (rule: DetectionRule) => void;
}

const filters: readonly SizeFilter[] = ["leastSize", "mostSize"];
const dashes = { leastSize: "4 4", mostSize: "10 5" } as const;
const least = Math.round(ruleScale / 100);

/** The smallest and the largest object that counts, as rectangles in the middle of the picture. */
export function SizeBoxes({ rule, size, onRule }: SizeBoxesProps): ReactElement {
  const { t } = useTranslation("ai-rules");
  const there = filters.flatMap((which) => {
    const filter = rule[which];
    return filter === undefined ? [] : [{ which, filter, corner: cornerOf(filter) }];
  });
  return (
    <>
      <svg className={classes["layer"]} aria-hidden>
        {there.map(({ which, corner }) => {
          const end = inPixels(corner, size);
          const box = {
            ...{ x: size.width - end.x, y: size.height - end.y },
            ...{ width: 2 * end.x - size.width, height: 2 * end.y - size.height },
          };
          return (
            <g key={which} fill="none" data-filter={which}>
              <rect className={classes["under"]} {...box} />
              <rect {...box} stroke="#fff" strokeWidth={2} strokeDasharray={dashes[which]} />
              <text className={classes["side"]} x={size.width / 2} y={box.y - 10} style={{ fontSize: 12 }}>
                {t(`size.${which}`)}
              </text>
            </g>
          );
        })}
      </svg>
      {there.map(({ which, filter, corner }) => (
        <Handle
          key={which}
          corner
          at={corner}
          label={t("size.handle", {
            which: t(`size.${which}`),
            width: percentOf(filter.width),
            height: percentOf(filter.height),
          })}
          onMove={(to) => onRule(withSize(rule, which, sizeTo(to)))}
          onRemove={() => onRule(withSize(rule, which, undefined))}
        />
      ))}
    </>
  );
}

/** Its lower right corner; its middle is that of the picture. */
const cornerOf = ({ width, height }: FilterSize): RulePoint => ({
  x: (ruleScale + width) / 2,
  y: (ruleScale + height) / 2,
});

const sizeTo = ({ x, y }: RulePoint): FilterSize => ({
  width: Math.round(Math.max(least, Math.abs(2 * x - ruleScale))),
  height: Math.round(Math.max(least, Math.abs(2 * y - ruleScale))),
});
