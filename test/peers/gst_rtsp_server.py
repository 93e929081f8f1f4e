"""A GStreamer RTSP server for the tests: plays one file to each client from its start.

Prints "port N" once it listens, and ends with its standard input. The file is MP4 or MOV as ffmpeg writes it.
"""
import argparse
import sys
import threading

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtsp, GstRtspServer  # noqa: E402

VIDEO = {
    "h264": "h264parse ! rtph264pay name=pay0 pt=96 config-interval=-1",
    "h265": "h265parse ! rtph265pay name=pay0 pt=96 config-interval=-1",
}
AUDIO = {
    "none": "",
    "aac": " d.audio_0 ! queue ! aacparse ! rtpmp4gpay name=pay1 pt=97",
    "pcma": " d.audio_0 ! queue ! rtppcmapay name=pay1 pt=8",
}


def protect(server, factory, user, password, method):
    """Lets in only this user, by Digest or Basic."""
    token = GstRtspServer.RTSPToken()
    token.set_string("media.factory.role", "viewer")
    permissions = GstRtspServer.RTSPPermissions()
    permissions.add_role("viewer")
    for name in ("media.factory.access", "media.factory.construct"):
        permissions.add_permission_for_role("viewer", name, True)
    factory.set_permissions(permissions)
    auth = GstRtspServer.RTSPAuth()
    if method == "digest":
        auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
        auth.add_digest(user, password, token)
    else:
        auth.add_basic(GstRtspServer.RTSPAuth.make_basic(user, password), token)
    server.set_auth(auth)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--file", required=True)
    parser.add_argument("--video", choices=VIDEO, required=True)
    parser.add_argument("--audio", choices=AUDIO, default="none")
    parser.add_argument("--auth", choices=("none", "digest", "basic"), default="none")
    parser.add_argument("--user", default="admin")
    parser.add_argument("--password", default="")
    options = parser.parse_args()

    Gst.init(None)
    loop = GLib.MainLoop()
    server = GstRtspServer.RTSPServer()
    server.set_address("127.0.0.1")
    server.set_service("0")
    factory = GstRtspServer.RTSPMediaFactory()
    factory.set_launch(
        f'( filesrc location="{options.file}" ! qtdemux name=d d.video_0 ! queue ! '
        f"{VIDEO[options.video]}{AUDIO[options.audio]} )"
    )
    server.get_mount_points().add_factory("/live", factory)
    if options.auth != "none":
        protect(server, factory, options.user, options.password, options.auth)
    server.attach(None)
    print(f"port {server.get_bound_port()}", flush=True)

    def wait_for_end():
        sys.stdin.read()
        GLib.idle_add(loop.quit)

    threading.Thread(target=wait_for_end, daemon=True).start()
    loop.run()


main()
