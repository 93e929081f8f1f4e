import type { Sentences } from "./sentence.ts";

/** Walk tests: why something was not done, and why none begins. */
export const walkSentences = {
  "walk test": "Gehtest",
  "walk test: {why}": "Gehtest: {why}",
  "it is on already": "er ist schon an",
  "locks and gates do not move": "Schlösser und Tore werden nicht bewegt",
  "outputs stay quiet": "Ausgänge bleiben ruhig",
  "it is forced {isMode}": "von Hand auf {isMode} gestellt",
  "a heartbeat tells nobody": "ein Lebenszeichen ruft niemanden",
  "{name} can't be proved without sending": "{name} ist ohne zu senden nicht nachweisbar",
  "no picture came after the edge": "nach der Auslösung kam kein Bild",
  "switched, but its board can't be read back": "geschaltet, aber das Modul kann nicht zurückgelesen werden",
  "A walk test is running until {time}: its inputs ({n}) record but raise no alarm":
    "Bis {time} läuft ein Gehtest: seine Eingänge ({n}) nehmen auf, lösen aber keinen Alarm aus",
  "A walk test is running: its inputs ({n}) record but raise no alarm":
    "Ein Gehtest läuft: seine Eingänge ({n}) nehmen auf, lösen aber keinen Alarm aus",
  "no walk test is running": "es läuft kein Gehtest",
  "a walk test is running already; end it first": "es läuft schon ein Gehtest; ihn erst beenden",
  "the site is armed; disarm it before a walk test": "die Anlage ist scharf; vor einem Gehtest unscharf schalten",
  "a walk test needs at least one input": "ein Gehtest braucht mindestens einen Eingang",
  '"{name}" is on by an alarm; silence it before a walk test':
    "„{name}“ ist durch einen Alarm an; vor einem Gehtest stummschalten",
  "A walk test needs the right to arm, too.": "Ein Gehtest braucht auch das Recht, scharf zu schalten.",
  "There is no such walk test.": "Diesen Gehtest gibt es nicht.",
  "The walk test runs still; its record is made when it is over.":
    "Der Gehtest läuft noch; sein Protokoll entsteht, wenn er beendet ist.",
  "The record is being made; try again in half a minute.":
    "Das Protokoll entsteht gerade; in einer halben Minute noch einmal versuchen.",
  "no footage": "keine Aufnahme",
} satisfies Sentences;
