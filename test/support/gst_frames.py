"""Decodes each file with GStreamer and prints how many pictures came out of it; warnings and errors go to stderr."""

import sys

import gi

gi.require_version("Gst", "1.0")
from gi.repository import Gst

Gst.init(None)
if not all(Gst.ElementFactory.find(name) for name in ("qtdemux", "h264parse", "decodebin")):
    sys.exit("an element is missing")

for path in sys.argv[1:]:
    pipeline = Gst.parse_launch(
        "filesrc name=file ! qtdemux name=demux demux.video_0 ! queue ! decodebin ! fakesink name=sink sync=false"
    )
    pipeline.get_by_name("file").set_property("location", path)
    count = 0

    def came(pad, info):
        global count
        count += 1
        return Gst.PadProbeReturn.OK

    pipeline.get_by_name("sink").get_static_pad("sink").add_probe(Gst.PadProbeType.BUFFER, came)
    pipeline.set_state(Gst.State.PLAYING)
    kinds = Gst.MessageType.EOS | Gst.MessageType.ERROR | Gst.MessageType.WARNING
    while True:
        message = pipeline.get_bus().timed_pop_filtered(30 * Gst.SECOND, kinds)
        if message is None:
            sys.exit(f"{path}: no end after 30 s")
        if message.type == Gst.MessageType.EOS:
            break
        parse = message.parse_error if message.type == Gst.MessageType.ERROR else message.parse_warning
        print(path, *parse(), file=sys.stderr)
        if message.type == Gst.MessageType.ERROR:
            break
    pipeline.set_state(Gst.State.NULL)
    print(count)
