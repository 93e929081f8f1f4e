/** A decoded picture as JPEG, by node-av. */
import { AV_PIX_FMT_YUV420P, SWS_AREA } from "node-av/constants";
import { FFmpegError, Frame, Rational, SoftwareScaleContext } from "node-av/lib";
import { Scaler } from "node-av/api";

export interface JpegSize {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** 1–100. */
  readonly quality: number;
}

/**
 * Scales the picture and encodes it. Black is 0 and white 255 in a JPEG (JFIF 1.02, "conversion to and from RGB"), where
 * video has 16 and 235: node-av's own `toJpeg` only writes that it were so, and whites come out grey. Throws when FFmpeg
 * can't.
 */
export function jpegOf(frame: Frame, { width, height, quality }: JpegSize): Uint8Array {
  using context = new SoftwareScaleContext();
  context.allocContext();
  // a decoder says by its format that a stream has full range (the yuvj ones), which the scaler knows of itself
  const options = { srcw: frame.width, srch: frame.height, src_format: frame.format, dstw: width, dsth: height };
  const range = { dst_format: AV_PIX_FMT_YUV420P, dst_range: 1, sws_flags: SWS_AREA };
  for (const [name, value] of Object.entries({ ...options, ...range }))
    FFmpegError.throwIfError(context.setOption(name, value), `set ${name}`);
  FFmpegError.throwIfError(context.initContext(), "a picture of full range");
  using full = new Frame();
  full.alloc();
  Object.assign(full, { width, height, format: AV_PIX_FMT_YUV420P });
  FFmpegError.throwIfError(full.allocBuffer(), "a picture of full range");
  FFmpegError.throwIfError(context.scaleFrameSync(full, frame), "scale a picture");
  // a frame without a time base is refused by the filter behind the scaler
  full.timeBase = new Rational(1, 90_000);
  using scaler = new Scaler();
  return scaler.toJpegSync(full, { quality });
}
