/** How a network alarm that is to be made will reach Reed: at an address of its own, or on a topic of a broker. Pure. */
export interface TopicDraft {
  /** Number of the board that is the broker; undefined: a new one, reached as `url` says. */
  readonly broker: number | undefined;
  readonly url: string;
  readonly username: string;
  readonly password: string;
  readonly topic: string;
  /** Members of a JSON payload; empty: all of it is the title, and no message has an id. */
  readonly title: string;
  readonly id: string;
}

export const newTopic = (broker: number | undefined): TopicDraft => ({
  broker,
  url: "mqtt://",
  username: "",
  password: "",
  topic: "",
  title: "",
  id: "",
});

/** Can it be sent: a broker is known, and the topic is one exact name. */
export const isComplete = ({ broker, url, topic }: TopicDraft): boolean =>
  (broker !== undefined || /^mqtts?:\/\/[^\s@]+$/i.test(url.trim())) && topic.trim() !== "" && !/[+#]/.test(topic);

/** The point of the broker's board that the topic becomes. */
export function topicPoint(point: number, { topic, title, id }: TopicDraft) {
  const members = Object.entries({ title: title.trim(), id: id.trim() }).filter(([, member]) => member !== "");
  return { point, topic: topic.trim(), message: Object.fromEntries(members) };
}
