/** The pictures that an element shows, as they are shown. */
export interface ShownPictures {
  /** Calls with when each was taken, ms since 1970; with undefined where that is not known. */
  watch(shown: (wall: number | undefined) => void): Disposable;
}

/**
 * Calls with the media time (seconds) of each picture that an element shows, as it is shown. Where the browser does not
 * tell (`requestVideoFrameCallback`), with the element's own time, for each picture of the screen.
 */
export function watchShown(video: HTMLVideoElement, shown: (mediaTime: number) => void): Disposable {
  const tells: boolean = "requestVideoFrameCallback" in HTMLVideoElement.prototype;
  let handle = 0;
  const ask = (): void => {
    handle = tells
      ? video.requestVideoFrameCallback((_, { mediaTime }) => tell(mediaTime))
      : requestAnimationFrame(() => tell(video.currentTime));
  };
  const tell = (mediaTime: number): void => {
    ask();
    shown(mediaTime);
  };
  ask();
  // who stands shows no other picture until it is moved
  if (video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) shown(video.currentTime);
  return {
    [Symbol.dispose]() {
      if (tells) video.cancelVideoFrameCallback(handle);
      else cancelAnimationFrame(handle);
    },
  };
}
