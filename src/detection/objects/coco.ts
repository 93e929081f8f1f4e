/** The 80 classes of COCO that detectors are trained on (Lin et al. 2014), in the order of their numbers. */
export const coco80: readonly string[] = (
  "person,bicycle,car,motorcycle,airplane,bus,train,truck,boat,traffic light,fire hydrant,stop sign,parking meter," +
  "bench,bird,cat,dog,horse,sheep,cow,elephant,bear,zebra,giraffe,backpack,umbrella,handbag,tie,suitcase,frisbee,skis," +
  "snowboard,sports ball,kite,baseball bat,baseball glove,skateboard,surfboard,tennis racket,bottle,wine glass,cup," +
  "fork,knife,spoon,bowl,banana,apple,sandwich,orange,broccoli,carrot,hot dog,pizza,donut,cake,chair,couch," +
  "potted plant,bed,dining table,toilet,tv,laptop,mouse,remote,keyboard,cell phone,microwave,oven,toaster,sink," +
  "refrigerator,book,clock,vase,scissors,teddy bear,hair drier,toothbrush"
).split(",");

/** Numbers of COCO's own list that no class has (`instances_val2017.json`); it begins with 1. */
const missing = new Set([0, 12, 26, 29, 30, 45, 66, 68, 69, 71, 83]);

/** As models number them that kept COCO's own list (DETR, RF-DETR): 91 of which some are empty. */
export const coco91: readonly string[] = labels91();

function labels91(): readonly string[] {
  const rest = [...coco80];
  return Array.from({ length: 91 }, (_, number) => (missing.has(number) ? "" : (rest.shift() ?? "")));
}
