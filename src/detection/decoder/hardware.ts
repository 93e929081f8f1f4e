import { AV_HWDEVICE_TYPE_VAAPI, AV_PIX_FMT_VAAPI } from "node-av/constants";
import { FFmpegError, Frame, HardwareDeviceContext, type CodecContext } from "node-av/lib";

/** A device that decodes. Untried on a real one: there is none where this was written, so it is off unless asked for. */
export interface Hardware {
  readonly name: string;
  /** Before the decoder is opened. Throws when it can't be used for it. */
  prepare(context: CodecContext): void;
  /** The picture in the machine's memory: itself where the stream is none for the device. Throws. */
  fetch(picture: Frame): Frame;
}

/** VAAPI on a render node, `/dev/dri/renderD128`. Throws with FFmpeg's reason when there is none. */
export function openVaapi(node: string): Hardware {
  const device = new HardwareDeviceContext();
  const made = device.create(AV_HWDEVICE_TYPE_VAAPI, node);
  if (made < 0) {
    device[Symbol.dispose]();
    throw new FFmpegError(made);
  }
  const copy = new Frame();
  copy.alloc();
  return {
    name: `VAAPI on ${node}`,
    prepare(context) {
      context.hwDeviceCtx = device;
      context.setHardwarePixelFormat(AV_PIX_FMT_VAAPI);
    },
    fetch(picture) {
      if (!picture.isHwFrame()) return picture;
      copy.unref();
      FFmpegError.throwIfError(picture.hwframeTransferDataSync(copy), "fetch a picture from the device");
      copy.pts = picture.pts;
      return copy;
    },
  };
}
