/**
 * Home Assistant's MQTT discovery: one retained document an entity below `<prefix>/<component>/<node>/<object>/config`
 * (https://www.home-assistant.io/integrations/mqtt/#mqtt-discovery). Pure.
 */
import type { MqttNotifierSettings } from "../../../domain/notifier-settings.ts";
import type { InputKind, SiteConfig } from "../../../domain/site-config.ts";
import * as at from "./topics.ts";

type Settings = Pick<MqttNotifierSettings, "topic" | "discovery" | "discoveryPrefix" | "outputs" | "arming">;

/** What an input of a kind is called there; without a class it is a plain on and off. */
const deviceClasses: Readonly<Partial<Record<InputKind, string>>> = {
  door: "door",
  window: "window",
  pir: "motion",
  glass: "vibration",
  smoke: "smoke",
  water: "moisture",
  panic: "safety",
  tamper: "tamper",
  "video-motion": "motion",
  "video-tamper": "tamper",
  "video-loss": "problem",
  audio: "sound",
  "video-rule": "motion",
};

/** The name that all entities of this Reed share. */
export const nodeOf = (topic: string): string => topic.replace(/[^A-Za-z0-9_-]+/g, "_");

/** Where retained documents of this node may lie, also those of rows that are gone. */
export const discoveryFilter = ({ discoveryPrefix, topic }: Settings): string =>
  `${discoveryPrefix}/+/${nodeOf(topic)}/+/config`;

/** Every entity's document by its topic; none where discovery is off. */
export function discoveryTopics(config: SiteConfig, settings: Settings): at.Topics {
  if (!settings.discovery) return new Map();
  const node = nodeOf(settings.topic);
  const device = { identifiers: [node], name: config.site.name, manufacturer: "Reed", model: "Reed NVR" };
  const common = { availability_topic: at.availabilityTopic(settings.topic), device };
  return new Map(
    entities(config, settings).map(({ component, object, ...document }): [string, string] => [
      `${settings.discoveryPrefix}/${component}/${node}/${object}/config`,
      JSON.stringify({ unique_id: `${node}_${object}`, ...common, ...document }),
    ]),
  );
}

interface Entity {
  readonly component: string;
  readonly object: string;
  readonly name: string;
  readonly [field: string]: unknown;
}

function entities(config: SiteConfig, settings: Settings): Entity[] {
  const { topic } = settings;
  const inputs = config.inputs
    .filter(({ enabled }) => enabled)
    .map(({ input, name, kind }): Entity => {
      const deviceClass = deviceClasses[kind];
      return {
        ...{ component: "binary_sensor", object: `input_${input}`, name, state_topic: at.inputTopic(topic, input) },
        ...(deviceClass === undefined ? {} : { device_class: deviceClass }),
      };
    });
  const cameras = config.channels
    .filter(({ enabled }) => enabled)
    .map(({ channel, name }): Entity => ({
      ...{ component: "binary_sensor", object: `camera_${channel}`, name, device_class: "connectivity" },
      ...{ state_topic: at.channelTopic(topic, channel), entity_category: "diagnostic" },
    }));
  return [...inputs, ...outputEntities(config, settings), ...cameras, ...siteEntities(settings)];
}

/** A relay that may be switched from there is a switch, another one only says how it is. */
function outputEntities(config: SiteConfig, { topic, outputs }: Settings): Entity[] {
  return config.outputs.map(({ output, name }) => {
    const said = { object: `output_${output}`, name, state_topic: at.outputTopic(topic, output) };
    return outputs.includes(output)
      ? { component: "switch", ...said, command_topic: at.outputSetTopic(topic, output) }
      : { component: "binary_sensor", ...said, device_class: "running" };
  });
}

function siteEntities({ topic, arming }: Settings): Entity[] {
  const panel = arming === "none" ? [] : ["arm_home", "arm_night", "arm_away"];
  return [
    {
      ...{ component: "alarm_control_panel", object: "alarm", name: "Alarm", state_topic: at.alarmTopic(topic) },
      // it has to be there; what may not be asked for is refused
      ...{ command_topic: at.alarmSetTopic(topic), supported_features: panel },
      ...{ code_arm_required: false, code_disarm_required: false },
    },
    {
      ...{ component: "binary_sensor", object: "trouble", name: "Trouble", device_class: "problem" },
      ...{ state_topic: at.troubleTopic(topic), json_attributes_topic: at.troubleListTopic(topic) },
      entity_category: "diagnostic",
    },
    {
      ...{ component: "sensor", object: "troubles", name: "Troubles", state_topic: at.troubleListTopic(topic) },
      ...{ value_template: "{{ value_json.count }}", state_class: "measurement", entity_category: "diagnostic" },
    },
    {
      ...{ component: "sensor", object: "alarms", name: "Unacknowledged alarms", state_class: "measurement" },
      state_topic: at.alarmCountTopic(topic),
    },
    { component: "image", object: "picture", name: "Last alarm picture", image_topic: at.pictureTopic(topic) },
  ];
}
