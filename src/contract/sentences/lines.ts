import { germanWords, sentencesInGerman } from "./index.ts";
import { createReader } from "./read.ts";
import type { Sentences } from "./sentence.ts";

/** Parts of an alarm's and a receipt's line, and of the record that goes with saved footage. */
export const lineSentences: Sentences = {
  "{titled} raised {time}": "{titled} ausgelöst {time}",
  "{titled} cleared {time}": "{titled} wieder in Ruhe {time}",
  "{titled} raised(found) {time}": "{titled} ausgelöst vorgefunden {time}",
  "{titled} raised(found) {time} (at rest until {since})":
    "{titled} ausgelöst vorgefunden {time} (in Ruhe bis {since})",
  "{titled} tamper {time}": "{titled} ausgefallen {time}",
  "{titled} loop cut {time}": "{titled} Schleife durchtrennt {time}",
  "{titled} loop shorted {time}": "{titled} Schleife kurzgeschlossen {time}",
  "{titled} recorded by hand {time}": "{titled} von Hand aufgezeichnet {time}",
  "raised to critical: {titled} {s} s after": "kritisch geworden: {titled} {s} s danach",
  "raised to critical: {titled} {s} s before": "kritisch geworden: {titled} {s} s davor",
  "raised to warning: {titled} {s} s after": "zur Warnung geworden: {titled} {s} s danach",
  "raised to warning: {titled} {s} s before": "zur Warnung geworden: {titled} {s} s davor",
  "1 camera recorded": "1 Kamera hat aufgezeichnet",
  "{n} cameras recorded": "{n} Kameras haben aufgezeichnet",
  "{n} of {all} cameras recorded": "{n} von {all} Kameras haben aufgezeichnet",
  "{why}, {s} s before": "{why}, {s} s davor",
  "{why}, durable after {ms} ms": "{why}, auf dem Datenträger nach {ms} ms",
  "{why}, input still open": "{why}, Eingang noch offen",
  "{why} (away since {time})": "{why} (fort seit {time})",
  "no camera is linked": "keine Kamera verknüpft",
  "1 output switched": "1 Ausgang geschaltet",
  "{n} outputs switched": "{n} Ausgänge geschaltet",
  "1 message sent": "1 Nachricht gesendet",
  "{n} messages sent": "{n} Nachrichten gesendet",
  "1 way proved": "1 Weg geprüft",
  "{n} ways proved": "{n} Wege geprüft",
  "1 message for when nobody acknowledges": "1 Nachricht für den Fall, dass niemand quittiert",
  "{n} messages for when nobody acknowledges": "{n} Nachrichten für den Fall, dass niemand quittiert",
  "{n} still open": "{n} noch offen",
  recording: "zeichnet auf",
  saved: "gesichert",
  "channel {channel}: no footage: {why}": "Kanal {channel}: keine Aufnahme: {why}",
  "channel {channel}: short: {why}": "Kanal {channel}: unvollständig: {why}",
  "short: {why}": "unvollständig: {why}",
  "channel {channel}: {why}": "Kanal {channel}: {why}",
  "output {output}: {why}": "Ausgang {output}: {why}",
  "message {notifier}: {why}": "Nachricht {notifier}: {why}",
  "preset {n} of channel {channel}: {why}": "Preset {n} von Kanal {channel}: {why}",
  "preset of channel {channel}: {why}": "Preset von Kanal {channel}: {why}",
  "pictures of channel {channel}: {why}": "Bilder von Kanal {channel}: {why}",

  'Camera {channel} "{name}": no footage: {why}': "Kamera {channel} „{name}“: keine Aufnahme: {why}",
  "nothing was recorded": "nichts wurde aufgezeichnet",
  'Camera {channel} "{name}": nothing of this time is there':
    "Kamera {channel} „{name}“: aus dieser Zeit ist nichts da",
  'Camera {channel} "{name}": nothing from {from} to {to}: {why}':
    "Kamera {channel} „{name}“: nichts von {from} bis {to}: {why}",
  "Receipts before {time} are left out: there are too many": "Belege von vor {time} fehlen hier: es sind zu viele",
  "AAC made of {sound}": "AAC, aus {sound} gemacht",
  "original bytes of the recorder": "Original-Bytes des Rekorders",
  "COPY, encoded again as H.264": "KOPIE, neu kodiert als H.264",
  "the site's time as subtitles": "die Zeit des Standorts als Untertitel",
};

const read = createReader({ ...sentencesInGerman, ...lineSentences }, germanWords);

/** A line of the server in German, part by part; what nobody translated stays. */
export const lineInGerman = (line: string): string =>
  line
    .split(" · ")
    .map((part) => read(part) ?? part)
    .join(" · ");
