import type { ProbeFailureKind } from "../../messages/probe.ts";

/** What to do next, by the reason why a camera could not be tested. */
export const advice: Readonly<Record<ProbeFailureKind, string>> = {
  "bad-address": "Correct the address; it looks like rtsp://192.0.2.10:554/stream1.",
  "name-not-found": "Check the spelling, or enter the camera's IP address: the router's list of devices shows it.",
  refused:
    "Something is there, but not RTSP on this port. Switch RTSP on in the camera's settings, or correct the port.",
  unreachable: "Check the camera's power and cable, and that this machine is in the same network.",
  "timed-out": "Check the camera's power and cable, and that the address is really the camera's.",
  unauthorized:
    "Check user and password; some makes want an account made for RTSP or ONVIF. If they are right, close other viewers: the camera may have no free connection.",
  barred:
    "Cameras lock callers out after some wrong passwords. Correct user and password, then have it tried once; or wait.",
  "no-connection-free": "Close other viewers and recorders of this camera, or allow more connections in its settings.",
  "no-such-stream":
    "Choose the right make, the paths of older firmware, or the right input; or enter the whole address.",
  "no-video": "Switch this stream on in the camera's settings (video, encoding), then test again.",
  "no-key-frame": "Set the key frame interval (I-frame interval, GOP) in the camera's settings to 1 to 4 seconds.",
  "codec-unsupported": "Set the video encoding in the camera's settings to H.264 or H.265.",
  "transport-refused": "Allow RTSP over TCP in the camera's settings.",
  "session-lost": "Test again; if it happens again, restart the camera.",
  "too-many-redirects": "Enter the address to which the camera leads.",
  "not-rtsp": "Something else answers on this port. Enter the RTSP port of the camera, mostly 554.",
  "camera-error": "Restart the camera and test again; if it stays so, look for newer firmware.",
  closed: "Test again; if it happens again, restart the camera or close other viewers.",
  stalled: "Test again; if it happens again, restart the camera and check its cable.",
  "recorder-away": "Try again in a few seconds.",
};
