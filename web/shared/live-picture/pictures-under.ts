import { createContext } from "react";
import type { ShownPictures } from "./shown-pictures.ts";

/** The pictures that lie under what is drawn over them; undefined where none is played. */
export const PicturesUnder = createContext<ShownPictures | undefined>(undefined);
