import { useElementSize } from "@mantine/hooks";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { ruleScale, type DetectionRule } from "../../../../src/domain/detection/rules.ts";
import type { DetectionLook } from "../../../../src/messages/detection.ts";
import { ObjectBoxes } from "../../../shared/detection/object-boxes.tsx";
import { LivePicture } from "../../../shared/live-picture/live-picture.tsx";
import type { Channel } from "../../../shared/types.ts";
import { shapeColors } from "../model/colors.ts";
import { shapeKindOf, shapeOf, withShape } from "../model/rules.ts";
import classes from "./canvas.module.css";
import { DrawSurface } from "./draw-surface.tsx";
import { Handles } from "./handles.tsx";
import { ShapeDrawing } from "./shape-drawing.tsx";
import { SizeBoxes } from "./size-boxes.tsx";

interface RuleCanvasProps {
  readonly channel: Channel;
  readonly rules: readonly DetectionRule[];
  /** The one that is changed. */
  readonly chosen: DetectionRule | undefined;
  /** Numbers of the rules that see something now. */
  readonly seeing: ReadonlySet<number>;
  /** What the detector sees now. */
  readonly look: DetectionLook | undefined;
  /** The shape of the chosen one is drawn anew. */
  readonly isDrawing: boolean;
  readonly onRule: (rule: DetectionRule) => void;
  readonly onDrawn: () => void;
}

/** The live picture with what the detector sees and the rules on it; the chosen one's points can be moved. */
export function RuleCanvas(props: RuleCanvasProps): ReactElement {
  const { channel, rules, chosen, seeing, look, isDrawing, onRule, onDrawn } = props;
  const { t } = useTranslation("ai-rules");
  const { ref, width, height } = useElementSize<HTMLDivElement>();
  const size = { width, height };
  const colorOf = ({ rule }: DetectionRule): string =>
    seeing.has(rule) ? shapeColors.seen : rule === chosen?.rule ? shapeColors.chosen : shapeColors.other;
  const drawn = isDrawing ? rules.filter(({ rule }) => rule !== chosen?.rule) : rules;
  return (
    <LivePicture channel={channel}>
      <ObjectBoxes look={look} />
      <div ref={ref} style={{ position: "absolute", inset: 0 }} data-picture-over>
        <svg className={classes["layer"]} aria-hidden>
          {drawn.map((rule) => (
            <g
              key={rule.rule}
              className={rule.rule === chosen?.rule ? undefined : classes["other"]}
              opacity={rule.enabled ? 1 : 0.45}
              data-rule={rule.rule}
              data-seeing={seeing.has(rule.rule) || undefined}
            >
              <ShapeDrawing rule={rule} size={size} color={colorOf(rule)} />
            </g>
          ))}
        </svg>
        {drawn.map((rule) => (
          <RuleName key={rule.rule} rule={rule} />
        ))}
        {chosen !== undefined && !isDrawing && (
          <>
            <Handles
              points={shapeOf(chosen)}
              kind={shapeKindOf(chosen)}
              onPoints={(points) => onRule(withShape(chosen, points))}
            />
            <SizeBoxes rule={chosen} size={size} onRule={onRule} />
          </>
        )}
        {chosen !== undefined && isDrawing && (
          <DrawSurface
            key={chosen.rule}
            kind={shapeKindOf(chosen)}
            size={size}
            label={t(`draw.${shapeKindOf(chosen)}`, { name: chosen.name })}
            color={shapeColors.chosen}
            points={shapeOf(chosen)}
            onPoints={(points) => onRule(withShape(chosen, points))}
            onEnd={onDrawn}
          />
        )}
      </div>
    </LivePicture>
  );
}

/** Beside its first point. */
function RuleName({ rule }: { readonly rule: DetectionRule }): ReactElement | null {
  const [first] = shapeOf(rule);
  if (first === undefined) return null;
  const [x, y] = [first.x / ruleScale, first.y / ruleScale];
  const style = {
    ...(x > 0.6 ? { right: `calc(${(1 - x) * 100}% + 12px)` } : { left: `calc(${x * 100}% + 12px)` }),
    ...(y > 0.9 ? { bottom: `${(1 - y) * 100}%` } : { top: `${y * 100}%` }),
  };
  return (
    <span className={classes["name"]} style={style} aria-hidden>
      {rule.name}
    </span>
  );
}
