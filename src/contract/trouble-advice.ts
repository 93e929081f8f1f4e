import type { TroubleKind } from "../domain/trouble-kind.ts";

/** What to do next, for each kind of trouble. The pages have the same in their languages. */
export const troubleAdvice: Record<TroubleKind, string> = {
  "camera-down":
    "Look whether the camera has power and network, and whether its address is still the same. It is tried again by itself.",
  "camera-refused":
    "Check user and password, or free a connection on the camera. It is tried again after 5, 15 and 30 min, or at once with Retry.",
  "key-frame-interval": "Shorten the key frame interval (GOP) in the camera to 1–4 s, or give Reed more memory.",
  "board-lost": "Look whether the board has power and network. Its contacts are at fault until it answers again.",
  "contact-chatters": "Look at the contact and its wire for a loose end, or lengthen its debounce.",
  "loop-tampered":
    "Look at the cable and the contact: somebody may be at it, or a wire is loose. It ends 10 s after the loop is whole again.",
  "sensor-silent":
    "Open and shut it once, or walk past it: then it is fine. If nothing changes here, look at the contact, its magnet and its wire.",
  "sensor-unseen": "Look at its battery and whether it is still in reach of the radio.",
  "sensor-unconfirmed":
    "Look whether the contact, its magnet and its wire are as they were, and whether its camera shows the place. It ends with the next edge that something else sees, too.",
  "battery-low": "Replace its battery; it ends when the sensor tells of the new one.",
  "output-differs": "Look at the board: a relay may be stuck, or somebody switches it from elsewhere.",
  "output-forced": "It returns to auto by itself; set it back before if it is no longer needed.",
  "relay-worn": "Replace the relay or its board, then say so on the output's page: the count begins again.",
  "restarted-armed":
    "Look whether something happened meanwhile: footage before and after the gap, doors, power. Arming anew clears it.",
  "left-open": "Close it, or bypass it for this arming. Until then it can raise no alarm; the others can.",
  "shut-down": "Look why it alarms again and again: a loose magnet, a draught, an animal. Arming anew restores it.",
  "volume-full":
    "Nothing more may be deleted. Unlock footage, raise the cap, keep fewer days, or add a volume; until then nothing is recorded there.",
  "volume-group":
    "Bring one of the group's disks back, or add a volume to the group; its cameras go home by themselves with their next file.",
  "volume-missing":
    "Look whether the disk is plugged in and mounted at its folder. Recording moves to the next volume.",
  "volume-read-only": "The system mounted the disk read-only, often after an error. Check the disk and mount it again.",
  "volume-stalled": "The disk or its network does not answer. Check cable, power or the file server.",
  "volume-failing":
    "Writing fails. Check the disk's health (SMART) and replace it soon; recording moves to the next volume.",
  "recorder-down": "It is started again by itself. If this lasts, the log of the recorder says why.",
  "detection-down":
    "What is not looked at is neither quiet nor an alarm. Look at the camera's stream, or whether the machine has enough processor; it is tried again by itself. Recording and contacts go on.",
  "model-failing":
    "Look at Detection → Models: try it on a picture there, or use the one that comes with Reed. It is tried again by itself; until then people and vehicles are unknown, not absent.",
  "own-detection":
    "Look whether the camera is there, and whether its HTTP port, user and password are right. It is tried again by itself; what Reed may look for meanwhile, it does.",
  database:
    "Free space on the disk of the data folder. Footage and journals go on; `reed rebuild` fills in what is missing.",
  journal:
    "Free space on the disk of the data folder, or look whether it may be written. Alarms go on, but are not journalled.",
  heartbeat:
    "Look whether the address is right and whoever listens there is awake. People may be told that Reed is dead.",
  power: "Look at the mains, the fuse and the UPS. Reed stops in order before the battery is empty, where that is set.",
  messages: "System → Notifications shows what did not arrive and why. Send it again there, or remove it.",
  clock:
    "Give the machine a network with a time server, or set its clock. Until then schedules wait, and what they would hold back acts.",
  "walk-test": "Alarm → Walk test shows it and ends it. It ends by itself at its time, and when the site is armed.",
  other: "The log says more.",
};
