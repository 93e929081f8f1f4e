/** May this row be put or removed? Cross references only: ranges and shapes are the API's schemas. */
import { err, ok, type Result } from "../kernel/result.ts";
import { armingOf } from "../domain/arming.ts";
import { inputPoints, loopTrouble, outputPoints } from "../domain/board-points.ts";
import type {
  AlarmInputSettings,
  AlarmOutputSettings,
  BoardSettings,
  ChannelSettings,
  SiteConfig,
  VolumeSettings,
} from "../domain/site-config.ts";
import { schedulesOf } from "../domain/recording-rule.ts";
import { whyOverloaded } from "../domain/relay-profile.ts";
import type { CommandError, ConfigChange, ConfigPart } from "../messages/api.ts";
import { channelsOf, checkExtras, inputsOf, notifiersOf } from "./config-check-linkage.ts";
import { hasRow } from "./config-book.ts";

type Checked = Result<undefined, CommandError>;
const fine: Checked = ok(undefined);
const invalid = (message: string): Checked => err({ code: "invalid", message });
const conflict = (message: string): Checked => err({ code: "conflict", message });

const firstTwice = <T>(values: readonly T[]): T | undefined =>
  values.find((value, index) => values.indexOf(value) !== index);

const quoted = (rows: readonly { readonly name: string }[]): string => rows.map((row) => `"${row.name}"`).join(", ");

/** Why a row can't be put, as the API's answer. */
export function checkChange(config: SiteConfig, change: ConfigChange): Checked {
  switch (change.part) {
    case "site":
      return checkSite(config, change.value);
    case "channel":
      return checkChannel(config, change.value);
    case "schedule":
    case "notifier":
    case "view":
    case "subscription":
      return fine;
    case "volume":
      return checkVolume(config, change.value);
    case "board":
      return checkBoard(config, change.value);
    case "input":
      return checkInput(config, change.value);
    case "output":
      return checkOutput(config, change.value);
  }
}

function checkSite(config: SiteConfig, { autoArm }: SiteConfig["site"]): Checked {
  if (autoArm === undefined) return fine;
  const { schedule, mode, notifiers } = autoArm;
  if (!hasRow(config, "schedule", schedule)) return invalid(`there is no schedule ${schedule} to arm by`);
  if (mode !== undefined && !armingOf(config).modes.some((one) => one.mode === mode))
    return invalid(`there is no mode "${mode}" to arm in`);
  const notifier = notifiers.find((wanted) => !hasRow(config, "notifier", wanted));
  return notifier === undefined ? fine : invalid(`there is no notifier ${notifier}`);
}

function checkChannel(config: SiteConfig, channel: ChannelSettings): Checked {
  const schedule = schedulesOf(channel).find((wanted) => !hasRow(config, "schedule", wanted));
  return schedule === undefined ? fine : invalid(`there is no schedule ${schedule}`);
}

function checkVolume(config: SiteConfig, volume: VolumeSettings): Checked {
  const other = config.volumes.find((row) => row.path === volume.path && row.id !== volume.id);
  if (other !== undefined) return conflict(`the folder ${volume.path} is a volume already`);
  const before = config.volumes.find((row) => row.id === volume.id);
  return before === undefined || (before.archive === undefined) === (volume.archive === undefined)
    ? fine
    : conflict("a volume can't become an archive, nor an archive a volume; remove it and add it again");
}

function checkBoard(config: SiteConfig, board: BoardSettings): Checked {
  const other = config.boards.find((row) => row.driver.kind === "camera-offline" && row.board !== board.board);
  if (board.driver.kind === "camera-offline" && other !== undefined)
    return conflict(`the site watches its cameras already ("${other.name}")`);
  const detection = checkDetection(config, board);
  if (!detection.ok) return detection;
  const twice = firstTwice(inputPoints(board.driver)) ?? firstTwice(outputPoints(board.driver));
  if (twice !== undefined) return invalid(`point ${twice} is named twice`);
  const loop = loopTrouble(board.driver);
  if (loop !== undefined) return invalid(loop);
  const inputs = config.inputs.filter(
    (row) => row.board === board.board && !inputPoints(board.driver).includes(row.point),
  );
  if (inputs.length > 0) return conflict(`the contact of ${quoted(inputs)} would be gone; move or remove it first`);
  const outputs = config.outputs.filter(
    (row) => row.board === board.board && !outputPoints(board.driver).includes(row.point),
  );
  if (outputs.length > 0) return conflict(`the relay of ${quoted(outputs)} would be gone; move or remove it first`);
  return fine;
}

/** One board a camera, and the camera is there. */
function checkDetection({ boards, channels }: SiteConfig, { board, driver }: BoardSettings): Checked {
  if (driver.kind !== "video-detection") return fine;
  const { channel } = driver;
  if (!channels.some((row) => row.channel === channel)) return invalid(`there is no channel ${channel}`);
  const other = boards.find(
    (row) => row.driver.kind === "video-detection" && row.driver.channel === channel && row.board !== board,
  );
  return other === undefined ? fine : conflict(`channel ${channel} is looked at already ("${other.name}")`);
}

function checkInput(config: SiteConfig, input: AlarmInputSettings): Checked {
  const board = config.boards.find((row) => row.board === input.board);
  if (board === undefined) return invalid(`there is no board ${input.board}`);
  if (!inputPoints(board.driver).includes(input.point))
    return invalid(`board "${board.name}" has no input point ${input.point}`);
  const other = config.inputs.find(
    (row) => row.board === input.board && row.point === input.point && row.input !== input.input,
  );
  if (other !== undefined) return conflict(`this contact is input ${other.input} "${other.name}" already`);
  return checkLinkage(config, input);
}

function checkLinkage(config: SiteConfig, { linkage, input }: AlarmInputSettings): Checked {
  const outputs = linkage.outputs.map((link) => link.output);
  const extra = checkExtras(config, linkage, input);
  if (!extra.ok) return extra;
  const twice = firstTwice(linkage.recordChannels) ?? firstTwice(outputs) ?? firstTwice(linkage.notifiers);
  if (twice !== undefined) return invalid(`the linkage names ${twice} twice`);
  const channel = linkage.recordChannels.find((wanted) => !hasRow(config, "channel", wanted));
  if (channel !== undefined) return invalid(`there is no channel ${channel}`);
  const output = outputs.find((wanted) => !hasRow(config, "output", wanted));
  if (output !== undefined) return invalid(`there is no output ${output}`);
  const notifier = linkage.notifiers.find((wanted) => !hasRow(config, "notifier", wanted));
  if (notifier !== undefined) return invalid(`there is no notifier ${notifier}`);
  const { schedule } = linkage;
  if (schedule !== undefined && !hasRow(config, "schedule", schedule))
    return invalid(`there is no schedule ${schedule}`);
  return fine;
}

function checkOutput(config: SiteConfig, output: AlarmOutputSettings): Checked {
  const board = config.boards.find((row) => row.board === output.board);
  if (board === undefined) return invalid(`there is no board ${output.board}`);
  if (!outputPoints(board.driver).includes(output.point))
    return invalid(`board "${board.name}" has no output point ${output.point}`);
  const other = config.outputs.find(
    (row) => row.board === output.board && row.point === output.point && row.output !== output.output,
  );
  if (other !== undefined) return conflict(`this relay is output ${other.output} "${other.name}" already`);
  const overload = whyOverloaded(output);
  if (overload !== undefined) return conflict(overload);
  const { feedback } = output;
  if (feedback === undefined) return fine;
  const felt = config.boards.find((row) => row.board === feedback.board);
  if (felt === undefined) return invalid(`there is no board ${feedback.board} for the feedback contact`);
  return inputPoints(felt.driver).includes(feedback.point)
    ? fine
    : invalid(`board "${felt.name}" has no input point ${feedback.point} for the feedback contact`);
}

/** Why a row can't be removed: it is linked, or not there. */
export function checkRemoval(config: SiteConfig, part: Exclude<ConfigPart, "site">, id: number | string): Checked {
  if (!hasRow(config, part, id)) return err({ code: "not-found", message: `there is no ${part} ${id}` });
  if (part === "volume")
    return config.volumes.length > 1 ? fine : conflict("this is the only volume; add another one before removing it");
  const users = usersOf(config, part, id);
  return users.length === 0
    ? fine
    : conflict(`${part} ${id} is used by ${quoted(users)}; remove it from there before removing it`);
}

/** What the site lets go on while it is disarmed. */
const whileDisarmed = ({ site }: SiteConfig, of: "outputs" | "notifiers", id: number | string) =>
  site.arming?.whileDisarmed[of].some((one) => one === id) === true ? [{ name: "the disarm linkage" }] : [];

function usersOf(
  config: SiteConfig,
  part: Exclude<ConfigPart, "site" | "volume">,
  id: number | string,
): readonly { readonly name: string }[] {
  switch (part) {
    case "channel":
      return [
        ...config.inputs.filter((row) => channelsOf(row.linkage).some((channel) => channel === id)),
        ...config.boards.filter(({ driver }) => driver.kind === "video-detection" && driver.channel === id),
      ];
    case "board":
      return [...config.inputs, ...config.outputs].filter((row) => row.board === id);
    case "output":
      return [
        ...config.inputs.filter((row) => row.linkage.outputs.some((link) => link.output === id)),
        ...config.notifiers.filter((row) => row.kind === "mqtt" && row.outputs.some((output) => output === id)),
        ...whileDisarmed(config, "outputs", id),
      ];
    case "notifier":
      return [
        ...config.inputs.filter((row) => notifiersOf(row.linkage).some((notifier) => notifier === id)),
        ...(config.site.autoArm?.notifiers.some((notifier) => notifier === id) ? [{ name: "automatic arming" }] : []),
        ...whileDisarmed(config, "notifiers", id),
      ];
    case "schedule":
      return [
        ...config.inputs.filter((row) => row.linkage.schedule === id),
        ...config.channels.filter((row) => schedulesOf(row).some((schedule) => schedule === id)),
        ...(config.site.autoArm?.schedule === id ? [{ name: "automatic arming" }] : []),
      ];
    case "input":
      return config.inputs.filter((row) => inputsOf(row.linkage).some((input) => input === id));
    case "view":
    case "subscription":
      return [];
  }
}
