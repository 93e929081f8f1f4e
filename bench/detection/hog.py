#!/usr/bin/python3
"""OpenCV's HOG people detector, as its sample peopledetect.py runs it, on the picture and on twice its size (its window is
128 pixels high): boxes as a line of JSON."""
import json
import sys
import time

import cv2

cv2.setNumThreads(1)
hog = cv2.HOGDescriptor()
hog.setSVMDetector(cv2.HOGDescriptor_getDefaultPeopleDetector())
for path in sys.argv[1:]:
    for size in (1, 2):
        picture = cv2.imread(path)
        if size > 1:
            picture = cv2.resize(picture, None, fx=size, fy=size, interpolation=cv2.INTER_LINEAR)
        began = time.thread_time()
        boxes, weights = hog.detectMultiScale(picture, winStride=(8, 8), padding=(32, 32), scale=1.05)
        spent = time.thread_time() - began
        found = [
            # its windows are larger than the people in them; the sample shrinks what it draws so
            [(x + 0.15 * w) / size, (y + 0.05 * h) / size, (x + 0.85 * w) / size, (y + 0.95 * h) / size, float(weight)]
            for (x, y, w, h), weight in zip([list(map(float, box)) for box in boxes], list(weights))
        ]
        print(json.dumps({"path": path, "size": size, "ms": 1000 * spent, "boxes": found}))
