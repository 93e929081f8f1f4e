/** What devices and bridges do differently. One row an oddity, with the source of what it claims. */
export interface AvailabilityQuirk {
  readonly who: string;
  readonly source: string;
  /** Where the word stands when the payload is JSON although settings expect plain text. */
  readonly path: string;
}

export const availabilityQuirks: readonly AvailabilityQuirk[] = [
  {
    who: "Zigbee2MQTT since 2.0",
    source: 'github.com/Koenkk/zigbee2mqtt issue 25978: availability is {"state":"online"}, no longer online',
    path: "state",
  },
];
