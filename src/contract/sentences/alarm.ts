import type { Sentences } from "./sentence.ts";

/** Why an action of an edge was suppressed, failed or came short, and the engine's troubles. */
export const alarmSentences: Sentences = {
  disarmed: "unscharf",
  "record-only": "nur Aufnahme",
  "key switch": "Schlüsselschalter",
  bypassed: "überbrückt",
  "exit delay": "Ausgangsverzögerung",
  "entry delay: disarmed in time": "Eingangsverzögerung: rechtzeitig unscharf geschaltet",
  "24-hour silent": "24 Stunden still",
  "not armed in {mode}": "nicht scharf in {mode}",
  "swinger shutdown after {alarms} alarms": "nach {alarms} Alarmen abgeschaltet (Dauerauslöser)",
  'outside the schedule "{schedule}"': "außerhalb des Zeitplans „{schedule}“",
  silenced: "stummgeschaltet",
  "already on for {s} s in this alarm": "in diesem Alarm schon {s} s an",
  "repeat within {s} s": "Wiederholung innerhalb von {s} s",
  "acknowledged by {who}": "quittiert von {who}",
  "only if {anyOf} was raised within {s} s": "nur wenn {anyOf} innerhalb von {s} s ausgelöst hat",
  "only if {anyOf} was raised within {s} s; the last was {ago} s before":
    "nur wenn {anyOf} innerhalb von {s} s ausgelöst hat; zuletzt {ago} s davor",
  "its relay rests between repeats": "sein Relais ruht zwischen Wiederholungen",

  "channel {channel} does not exist": "Kanal {channel} gibt es nicht",
  "channel {channel} is switched off": "Kanal {channel} ist abgeschaltet",
  "channel {channel}: {why}": "Kanal {channel}: {why}",
  "motion is not recorded while somebody is at home": "Bewegung wird nicht aufgezeichnet, solange jemand zu Hause ist",
  "only alarms are recorded": "nur Alarme werden aufgezeichnet",
  "motion is on the timeline only": "Bewegung steht nur auf der Zeitachse",
  "outside of the times at which motion is recorded": "außerhalb der Zeiten, zu denen Bewegung aufgezeichnet wird",
  "off for privacy": "zum Schutz der Privatsphäre aus",
  "off for privacy while disarmed": "zum Schutz der Privatsphäre aus, solange unscharf",
  "off for privacy while armed as {mode}": "zum Schutz der Privatsphäre aus, solange {mode} scharf ist",
  "output {output} does not exist": "Ausgang {output} gibt es nicht",
  "output {output} is set to off": "Ausgang {output} steht auf Aus",
  "board {board} of output {output} does not exist": "Modul {board} von Ausgang {output} gibt es nicht",
  "board {board} of output {output} is switched off": "Modul {board} von Ausgang {output} ist abgeschaltet",
  "notifier {notifier} does not exist": "Empfänger {notifier} gibt es nicht",
  "notifier {notifier} is switched off": "Empfänger {notifier} ist abgeschaltet",
  "its output was removed": "sein Ausgang wurde entfernt",
  "its output is not there": "sein Ausgang ist nicht da",
  "its input was removed while it waited": "sein Eingang wurde entfernt, während es wartete",
  "not confirmed within {s} s": "nicht innerhalb von {s} s bestätigt",
  "not delivered within 5 min": "nicht innerhalb von 5 min zugestellt",
  "no picture came in time": "kein Bild kam rechtzeitig",
  "commanded, but not read back as {isWanted} within {s} s":
    "geschaltet, aber nicht innerhalb von {s} s als {isWanted} zurückgelesen",
  "board took no command within {s} s": "das Modul nahm innerhalb von {s} s keinen Befehl an",
  "board lost: {why}": "Modul weg: {why}",
  "interrupted by a restart": "durch einen Neustart unterbrochen",
  "interrupted by a restart before it was ordered": "durch einen Neustart unterbrochen, bevor es angefordert war",
  "interrupted by a restart before the board confirmed it":
    "durch einen Neustart unterbrochen, bevor das Modul es bestätigte",
  "returned to rest before the board confirmed it": "in Ruhe gebracht, bevor das Modul es bestätigte",
  "silenced before the board confirmed it": "stummgeschaltet, bevor das Modul es bestätigte",
  "acknowledged before the board confirmed it": "quittiert, bevor das Modul es bestätigte",
  "set to off before the board confirmed it": "auf Aus gestellt, bevor das Modul es bestätigte",
  "the recorder did not report within {s} s after the end":
    "der Rekorder meldete sich nicht innerhalb von {s} s nach dem Ende",
  "the recorder did not answer within 2 s; it is asked again":
    "der Rekorder antwortete nicht innerhalb von 2 s; er wird noch einmal gefragt",
  "nothing is recorded by hand there": "dort läuft keine Aufnahme von Hand",
  "no input is configured on board {board}, point {point}":
    "auf Modul {board}, Punkt {point} ist kein Eingang eingerichtet",
  "input {input} is switched off": "Eingang {input} ist abgeschaltet",
  "nothing was started": "nichts war begonnen",

  "user {who}": "Benutzer {who}",
  "key {who}": "Schlüssel {who}",
  "code {who}": "Code {who}",
  "key switch {who}": "Schlüsselschalter {who}",
  'schedule "{schedule}"': "Zeitplan „{schedule}“",

  "{name} chatters: too many changes within a minute": "{name} prellt: zu viele Wechsel in einer Minute",
  "{name} chatters: it has not held still for {ms} ms": "{name} prellt: keine {ms} ms lang ruhig",
  "{name}: loop cut": "{name}: Schleife durchtrennt",
  "{name}: loop shorted": "{name}: Schleife kurzgeschlossen",
  "{name} has not changed for {days} days": "{name} hat sich seit {days} Tagen nicht geändert",
  "{name} has said nothing for {hours} h": "{name} hat sich seit {hours} h nicht gemeldet",
  "the battery of {name} is low": "die Batterie von {name} ist schwach",
  "Reed was started again while the site was armed; it is armed on":
    "Reed wurde neu gestartet, während die Anlage scharf war; sie ist weiter scharf",
  "{name} is active and acts at any hour: it can raise no alarm until it has come to rest":
    "{name} ist aktiv und wirkt rund um die Uhr: bis zur Ruhelage kann daraus kein Alarm werden",
  "{name} is open while armed: it can raise no alarm until it has closed":
    "{name} ist offen, während scharf geschaltet ist: bis zum Schließen kommt von dort kein Alarm",
  "{name} is left alone after {alarms} alarms, until the next arming":
    "{name} bleibt nach {alarms} Alarmen unbeachtet, bis wieder scharf geschaltet wird",
  "{name} is told {isWanted} but reads back {isRead}":
    "{name} soll {isWanted} sein, liest sich aber als {isRead} zurück",
  "{name} is told {isWanted}, but its feedback contact says otherwise":
    "{name} soll {isWanted} sein, aber sein Rückmeldekontakt sagt etwas anderes",
  "{name} is forced {isForced}; it returns to auto by itself":
    "{name} ist von Hand auf {isForced} gestellt; das kehrt von selbst auf Auto zurück",
  "the relay of {name} has used {percent} % of its rated life":
    "das Relais von {name} hat {percent} % seiner Lebensdauer verbraucht",
  "board lost: {board}: {why}": "Modul weg: {board}: {why}",
  "the clock is not set yet: it shows a time before 2026":
    "die Uhr ist noch nicht gestellt: sie zeigt eine Zeit vor 2026",
  "the clock is not set yet: it is behind what was recorded before the start":
    "die Uhr ist noch nicht gestellt: sie liegt hinter dem, was vor dem Start aufgenommen wurde",
  "the clock is not set yet: this machine has none with a battery, and no time server has answered":
    "die Uhr ist noch nicht gestellt: dieser Rechner hat keine mit Batterie, und kein Zeitserver hat geantwortet",
  "{why}; schedules wait, and what they hold back acts": "{why}; Zeitpläne warten, und was sie zurückhalten, wirkt",
};
