#!/usr/bin/env bash
# Makes the small video clips in clips/ (demo scenes and special streams for tests). Run by hand with Debian's ffmpeg
# (libx264, libx265) and fonts-dejavu-core; the results are committed, so nobody else needs to run it.
#
# Frame numbers for machines: the lowest strip of every picture holds 20 blocks side by side, each 1/20 of the picture
# wide and 1/22.5 of it high (640×360: 32×16 px at y = 344; 320×180: 16×8 px at y = 172). A block is white (1) or
# black (0):
#     block 0        always 1  ┐ start mark
#     block 1        always 0  ┘
#     blocks 2…17    the frame's number in this clip, 16 bits, most significant first, counted from 0
#     block 18       even parity of the 16 bits (1 when their number of ones is odd)
#     block 19       always 1    end mark
# Look at the middle of each block (luma above or below 128): compression blurs the borders.
#
# In the demo scenes something moves between second 4 and second 10 only, so that motion has a beginning and an end.
set -euo pipefail
cd "$(dirname "$0")/../clips"
bold=/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf
mono=/usr/share/fonts/truetype/dejavu/DejaVuSansMono-Bold.ttf

# blocks WIDTH HEIGHT: the filter chain that draws the strip
blocks() {
  local w=$(($1 / 20)) h=$(($2 * 2 / 45)) chain parity="" bit
  local y=$(($2 - h))
  chain="drawbox=x=0:y=$y:w=$1:h=$h:color=black:t=fill"
  chain+=",drawbox=x=0:y=$y:w=$w:h=$h:color=white:t=fill,drawbox=x=$((19 * w)):y=$y:w=$w:h=$h:color=white:t=fill"
  for bit in $(seq 0 15); do
    local one="mod(floor(n/$((1 << (15 - bit)))),2)"
    parity+="${parity:+ + }$one"
    chain+=",drawbox=x=$(((bit + 2) * w)):y=$y:w=$w:h=$h:color=white:t=fill:enable='$one'"
  done
  echo "$chain,drawbox=x=$((18 * w)):y=$y:w=$w:h=$h:color=white:t=fill:enable='mod($parity,2)'"
}

label() { # label TEXT SIZE
  echo "drawtext=fontfile=$bold:text='$1':x=12:y=10:fontsize=$2:fontcolor=white:box=1:boxcolor=black@0.45:boxborderw=5,\
drawtext=fontfile=$mono:text='%{pts\\:hms}  %{n}':x=w-tw-12:y=10:fontsize=$2:fontcolor=white:box=1:boxcolor=black@0.45:boxborderw=5"
}

seconds=15 fps=12
camera=(-c:v libx264 -profile:v high -preset veryslow -bf 0 -g 24 -keyint_min 24 -sc_threshold 0 -crf 25 -pix_fmt yuv420p)
quiet=(-hide_banner -v error -y -fflags +bitexact -flags:v +bitexact)

scene() { # scene FILE TITLE GROUND-COLOUR STILL-FILTERS MOVING-WxH MOVING-COLOUR MOVING-FILTERS X-EXPRESSION Y-EXPRESSION
  ffmpeg "${quiet[@]}" -f lavfi -i "color=c=$3:s=640x360:r=$fps:d=$seconds" \
    -f lavfi -i "color=c=$6:s=$5:r=$fps:d=$seconds" -filter_complex \
    "[0]$4[still];[1]$7[moving];[still][moving]overlay=x='$8':y='$9':eval=frame,$(label "$2" 18),$(blocks 640 360)" \
    "${camera[@]}" "$1.mp4"
}

fill() { echo "drawbox=x=$1:y=$2:w=$3:h=$4:color=$5:t=fill"; }
away=-400 # where the moving thing waits outside the picture
while_moving() { echo "if(between(t,4,10),$1,$away)"; }

person="$(fill 0 0 40 34 0x6f7f8f),$(fill 8 4 24 26 0xd9a883),$(fill 0 34 40 64 0xb03a2e),$(fill 4 98 13 42 0x22303f),$(fill 23 98 13 42 0x22303f)"
scene front-door "Front door" 0x9a8f80 \
  "$(fill 0 290 640 70 0x5e625f),$(fill 250 90 130 200 0x4a2f1f),$(fill 262 104 106 80 0x6b4630),$(fill 360 200 10 10 0xd4b04c),$(fill 60 110 120 90 0x7fb0cc),$(fill 470 110 120 90 0x7fb0cc)" \
  40x140 0xb03a2e "$person" "$(while_moving '60+(t-4)*38')" 170
scene yard "Yard" 0x86b9e0 \
  "$(fill 0 190 640 170 0x5d8a3a),$(fill 40 60 26 150 0x5a4029),$(fill 0 30 110 80 0x3e6b2b),$(fill 420 130 180 90 0xa9583a),$(fill 0 180 640 6 0xe6e0d0),$(fill 0 205 640 6 0xe6e0d0)" \
  70x44 0x3a2c20 "$(fill 0 0 70 44 0x5d8a3a),$(fill 22 10 48 18 0x4b3a2a),$(fill 0 2 24 18 0x4b3a2a),$(fill 26 28 8 16 0x4b3a2a),$(fill 60 28 8 16 0x4b3a2a)" \
  "$(while_moving '640-(t-4)*115')" "250+14*sin(t*6)"
scene garage "Garage" 0x6c6f73 \
  "$(fill 0 270 640 90 0x4b4d4f),$(fill 60 60 340 210 0xc9ccd0),$(fill 60 110 340 4 0x9a9da1),$(fill 60 160 340 4 0x9a9da1),$(fill 60 210 340 4 0x9a9da1),$(fill 470 90 90 180 0x39566e)" \
  220x90 0x6c6f73 "$(fill 0 0 220 36 0xc9ccd0),$(fill 40 4 120 32 0x23405f),$(fill 0 36 220 36 0x1f5fa8),$(fill 0 72 220 18 0x4b4d4f),$(fill 26 60 40 30 0x16181a),$(fill 152 60 40 30 0x16181a)" \
  "$(while_moving '-220+(t-4)*150')" 230
scene hall "Hall" 0xcdbfa4 \
  "$(fill 0 270 640 90 0x7b5b3a),$(fill 0 264 640 6 0xf0e8d8),$(fill 90 70 110 194 0xefe7d6),$(fill 440 70 110 194 0xefe7d6),$(fill 260 90 120 90 0x35516b),$(fill 268 98 104 74 0xdfe7ee)" \
  40x140 0x2e5e8c "${person//0xb03a2e/0x2e5e8c}" "$(while_moving '300+200*sin((t-4)*1.05)')" 150

# special streams, 320×180: what a decoder or depacketizer must get right
special() { # special FILE LABEL SECONDS CODEC-ARGUMENTS…
  local file=$1 text=$2 length=$3
  shift 3
  ffmpeg "${quiet[@]}" -f lavfi -i "testsrc2=s=320x180:r=12:d=$length" -f lavfi -i "sine=f=440:r=16000:d=$length" \
    -filter_complex "[0]hue=s=0.5,$(label "$text" 11),$(blocks 320 180)[v]" -map "[v]" -pix_fmt yuv420p "$@" "$file.mp4"
}
x264=(-c:v libx264 -preset veryslow -crf 34 -sc_threshold 0)
x265=(-c:v libx265 -preset slow -crf 36)
special b-frames "B-frames" 6 "${x264[@]}" -bf 3 -g 24 -x264-params b-pyramid=normal:slices=2
special gdr "GDR" 6 "${x264[@]}" -bf 0 -g 24 -x264-params intra-refresh=1
special aac "AAC" 6 "${x264[@]}" -bf 0 -g 24 -map 1:a -c:a aac -b:a 32k -ac 1
special h265 "H.265" 6 "${x265[@]}" -x265-params log-level=error:bframes=0:keyint=24:min-keyint=24:scenecut=0:info=0
special h265-cra "H.265 CRA" 6 "${x265[@]}" \
  -x265-params log-level=error:bframes=3:open-gop=1:keyint=24:min-keyint=24:scenecut=0:info=0
ls -l
