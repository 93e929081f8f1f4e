import type { Sentences } from "./sentence.ts";

/** Why core refused a command or a setting. */
export const commandSentences: Sentences = {
  "the database can't be written just now; try again":
    "die Datenbank lässt sich gerade nicht schreiben; bitte noch einmal versuchen",
  "the command failed; the log says why": "der Befehl ist gescheitert; das Protokoll sagt warum",
  "there is no channel {channel}": "es gibt keinen Kanal {channel}",
  "there is no output {output}": "es gibt keinen Ausgang {output}",
  "there is no input {input}": "es gibt keinen Eingang {input}",
  "there is no board {board}": "es gibt kein Modul {board}",
  "there is no board {board} for the feedback contact": "es gibt kein Modul {board} für den Rückmeldekontakt",
  'there is no mode "{mode}"': "es gibt keinen Modus „{mode}“",
  'there is no mode "{mode}" to arm in': "es gibt keinen Modus „{mode}“ zum Scharfschalten",
  "there is no schedule {schedule}": "es gibt keinen Zeitplan {schedule}",
  "there is no schedule {schedule} to arm by":
    "es gibt keinen Zeitplan {schedule}, nach dem sich scharf schalten ließe",
  "there is no {part} {id}": "das gibt es nicht ({part} {id})",
  "notifier {notifier} is a heartbeat; it is told nothing":
    "Empfänger {notifier} ist ein Lebenszeichen; ihm wird nichts gemeldet",
  "an input can't ask for itself": "ein Eingang kann nicht nach sich selbst fragen",
  "the linkage names {what} twice": "die Verknüpfung nennt {what} zweimal",
  "point {point} is named twice": "Punkt {point} ist zweimal genannt",
  "a volume can't become an archive, nor an archive a volume; remove it and add it again":
    "ein Datenträger wird nicht zum Archiv und ein Archiv nicht zum Datenträger; entfernen und neu hinzufügen",
  "the folder {path} is a volume already": "der Ordner {path} ist schon ein Datenträger",
  'channel {channel} is looked at already ("{name}")': "Kanal {channel} wird schon ausgewertet („{name}“)",
  'the site watches its cameras already ("{name}")': "die Anlage überwacht ihre Kameras schon („{name}“)",
  "the contact of {names} would be gone; move or remove it first":
    "der Kontakt von {names} wäre dann weg; zuerst umziehen oder entfernen",
  "the relay of {names} would be gone; move or remove it first":
    "das Relais von {names} wäre dann weg; zuerst umziehen oder entfernen",
  'board "{board}" has no input point {point}': "Modul „{board}“ hat keinen Eingangspunkt {point}",
  'board "{board}" has no input point {point} for the feedback contact':
    "Modul „{board}“ hat keinen Eingangspunkt {point} für den Rückmeldekontakt",
  'board "{board}" has no output point {point}': "Modul „{board}“ hat keinen Ausgangspunkt {point}",
  'board "{board}" has no point {point}': "Modul „{board}“ hat keinen Punkt {point}",
  'board "{board}" has no relay {point}': "Modul „{board}“ hat kein Relais {point}",
  'board "{board}" is a real one; its contacts are not set':
    "Modul „{board}“ ist ein echtes; seine Kontakte werden nicht gestellt",
  'board "{board}" is switched off': "Modul „{board}“ ist abgeschaltet",
  'this contact is input {input} "{name}" already': "dieser Kontakt ist schon Eingang {input} „{name}“",
  'this relay is output {output} "{name}" already': "dieses Relais ist schon Ausgang {output} „{name}“",
  'this relay is output {output} "{name}"; test it as such':
    "dieses Relais ist Ausgang {output} „{name}“; bitte dort testen",
  'relay {point} can\'t be tested now: its board "{board}" is not reached':
    "Relais {point} lässt sich jetzt nicht testen: sein Modul „{board}“ ist nicht erreichbar",
  "nobody said yet what hangs on relay {point}; confirm that it may be on for {s} s":
    "noch hat niemand gesagt, was an Relais {point} hängt; bitte bestätigen, dass es {s} s an sein darf",
  "this is the only volume; add another one before removing it":
    "das ist der einzige Datenträger; vor dem Entfernen einen anderen hinzufügen",
  "{what} is used by {users}; remove it from there before removing it":
    "{what} wird benutzt von {users}; zuerst dort entfernen",
  '"{name}" can\'t be tested now: its board "{board}" is not reached':
    "„{name}“ lässt sich jetzt nicht testen: sein Modul „{board}“ ist nicht erreichbar",
  '"{name}" is set to off and stays at rest; set it to auto to test it':
    "„{name}“ steht auf Aus und bleibt in Ruhe; zum Testen auf Auto stellen",
  '"{name}" is set to on; set it to auto to test it': "„{name}“ steht auf An; zum Testen auf Auto stellen",
  '"{name}" is held on by the alarm of "{input}"; silence it first':
    "„{name}“ wird vom Alarm von „{input}“ angehalten; zuerst stummschalten",
  'the test would move "{name}" ({kind}) for {s} s; confirm to go on':
    "der Test würde „{name}“ ({kind}) für {s} s bewegen; bitte bestätigen",
  "this would also move {allOf}; confirm to go on": "das würde auch {allOf} bewegen; bitte bestätigen",
  "nothing is about to be armed by the clock": "nach der Uhr steht kein Scharfschalten bevor",
  "the site is disarmed; bypass inputs when arming":
    "die Anlage ist unscharf; Eingänge beim Scharfschalten überbrücken",
  "{why}; close or bypass it, or arm all the same": "{why}; schließen oder überbrücken, oder trotzdem scharf schalten",
  '"{name}" is open': "„{name}“ ist offen",
  '"{name}" is at fault': "„{name}“ ist gestört",
  '"{name}" is open and {why}': "„{name}“ ist offen und {why}",
  '"{name}" is at fault and {why}': "„{name}“ ist gestört und {why}",
  "An input that this login may not see is open; have it closed, or arm all the same":
    "Ein Eingang, den diese Anmeldung nicht sehen darf, ist offen; schließen lassen oder trotzdem scharf schalten",
};
