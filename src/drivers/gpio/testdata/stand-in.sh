#!/bin/sh
# Stands in for libgpiod's tools in tests: gpiomon, gpioget and gpioset of version 1.6 or 2, over a folder of files.
# in<line>: "0" or "1"; out<line>: what a gpioset holds; busy<line>: somebody has it; denied, gone: what is wrong.
# Usage: stand-in.sh FOLDER 1|2|2.2 TOOL args…
folder=$1 version=$2 tool=$3
shift 3
fail() {
  echo "$tool: $1" >&2
  exit 1
}
case $version in
1) known='|--line-buffered|--bias=pull-up|--format=%o %e %s.%n|--mode=signal|' ;;
2) known='|--banner|--edges=both|--bias=pull-up|--format=%o %E %S|--chip|--numeric|' ;;
*) known='|--banner|--edges=both|--bias=pull-up|--format=%o %E %S|--chip|--numeric|--initial-state|' ;;
esac
chip='' lines='' banner='' first=''
while [ $# -gt 0 ]; do
  case $1 in
  --version)
    if [ "$version" = 1 ]; then echo "$tool (libgpiod) v1.6.3"; else echo "$tool (libgpiod) v2.2.1"; fi
    exit 0
    ;;
  --help)
    if [ "$version" = 2.2 ]; then echo "  -I, --initial-state"; else echo "Usage: $tool"; fi
    exit 0
    ;;
  --*)
    case $known in *"|$1|"*) ;; *) fail "unrecognized option '$1'" ;; esac
    [ "$1" = --banner ] && banner=yes
    [ "$1" = --initial-state ] && first=yes
    if [ "$1" = --chip ]; then chip=$2; shift; fi
    ;;
  gpiochip*) chip=$1 ;;
  *) lines="$lines $1" ;;
  esac
  shift
done
[ -e "$folder/denied" ] && fail "error waiting for events: Permission denied"
if [ "$chip" != gpiochip0 ] || [ -e "$folder/gone" ]; then fail "error waiting for events: No such file or directory"; fi

held=''
let_go() {
  for one in $held; do
    read -r owner 2>/dev/null <"$folder/busy$one" && [ "$owner" = $$ ] && rm -f "$folder/busy$one"
  done
  exit 0
}
trap let_go TERM
# a signal may come between any two commands: what is claimed is noted before
claim() {
  [ -e "$folder/busy$1" ] && fail "error requesting lines: Device or resource busy"
  held="$held $1"
  echo $$ >"$folder/busy$1"
}

case $tool in
gpioget)
  said=''
  for line in $lines; do
    read -r value <"$folder/in$line"
    said="$said $value"
  done
  echo "${said# }"
  ;;
gpioset)
  for pair in $lines; do
    claim "${pair%=*}"
    echo "${pair#*=}" >"$folder/out${pair%=*}"
  done
  [ -n "$banner" ] && echo "Setting lines$lines..."
  while :; do sleep 0.02; done
  ;;
gpiomon)
  said=''
  for line in $lines; do
    claim "$line"
    read -r value <"$folder/in$line"
    eval "last$line=$value"
    said="$said $value"
  done
  [ -n "$first" ] && echo "${said# }"
  [ -n "$banner" ] && echo "Monitoring lines$lines..."
  while :; do
    if [ -e "$folder/gone" ]; then
      for line in $held; do rm -f "$folder/busy$line"; done
      fail "error reading line events: No such device"
    fi
    for line in $lines; do
      read -r value <"$folder/in$line"
      eval "before=\$last$line"
      [ "$value" = "$before" ] && continue
      eval "last$line=$value"
      edge=$value
      [ "$version" != 1 ] && edge=falling
      [ "$version" != 1 ] && [ "$value" = 1 ] && edge=rising
      echo "$line $edge 1.500000000"
    done
    sleep 0.01
  done
  ;;
esac
