import type { Sentences } from "./sentence.ts";

/** Why a request was refused. */
export const requestSentences: Sentences = {
  "too many wait for their turn": "zu viele warten schon, bis sie an der Reihe sind",
  "Name or password is wrong.": "Name oder Passwort ist falsch.",
  "Too many wrong passwords. Try again in {s} s.": "Zu viele falsche Passwörter. In {s} s noch einmal versuchen.",
  "Too many logins at once. Try again.": "Zu viele Anmeldungen auf einmal. Noch einmal versuchen.",
  "Too many attempts. Wait as long as Retry-After says and try again.":
    "Zu viele Versuche. Etwas warten und noch einmal versuchen.",
  "This link was used already or has run out. Ask for a new one.":
    "Dieser Link wurde schon benutzt oder ist abgelaufen. Bitte um einen neuen.",
  "There is an administrator already. Log in instead.": "Es gibt schon einen Administrator. Bitte anmelden.",
  "The first-start token is missing or wrong. It is in the address that Reed printed at its start.":
    "Das Merkmal des ersten Starts fehlt oder ist falsch. Es steht in der Adresse, die Reed beim Start ausgegeben hat.",
  "somebody was first: an administrator exists": "jemand war schneller: es gibt schon einen Administrator",
  "This request came from a page of another site.": "Diese Anfrage kam von einer Seite einer fremden Website.",
  "This request came from a page of another site and was not carried out.":
    "Diese Anfrage kam von einer Seite einer fremden Website und wurde nicht ausgeführt.",
  "Nobody may use this.": "Das darf niemand benutzen.",
  "This login or key may not do that: it takes {scopes}.":
    "Diese Anmeldung oder dieser Schlüssel darf das nicht: dazu gehört {scopes}.",
  'This export is another\'s: removing it takes "control".':
    "Dieser Export ist der von jemand anderem: ihn zu entfernen verlangt „control“.",
  "An evidence pack has rules and journal lines of all cameras: it takes a login that may see them all.":
    "Ein Beweispaket enthält Regeln und Journalzeilen aller Kameras: dafür braucht es eine Anmeldung, die alle sehen darf.",
  'This login or key may not lock footage: it takes "control".':
    "Diese Anmeldung oder dieser Schlüssel darf keine Aufnahmen sperren: dazu gehört „control“.",
  "This login may see some of the cameras only, and this is about all of them.":
    "Diese Anmeldung darf nur einige der Kameras sehen, und hier geht es um alle.",
  "This login may not see {what} pictures of channel {channel}.":
    "Diese Anmeldung darf von Kanal {channel} keine Bilder sehen ({what}).",
  "There is no {what} {id}.": "Das gibt es nicht ({what} {id}).",
  "This login may not see live pictures of channel {channel}.":
    "Diese Anmeldung darf keine Live-Bilder von Kanal {channel} sehen.",
  "This login may not see recorded pictures of channel {channel}.":
    "Diese Anmeldung darf keine Aufnahmen von Kanal {channel} sehen.",
  "This login may not see input {id}.": "Diese Anmeldung darf Eingang {id} nicht sehen.",
  "This login may not see {what} {id}.": "Diese Anmeldung darf das nicht sehen ({what} {id}).",
  '"{stars}" keeps a secret, but there is none yet; send the secret itself.':
    "„{stars}“ behält ein Geheimnis, aber es gibt noch keines; bitte das Geheimnis selbst eingeben.",
  "`at` names a day that the calendar has not.": "Diesen Tag gibt es im Kalender nicht.",
  "{name} is not in Reed.": "{name} ist nicht in Reed.",
  "This is for people who are logged in, not for keys.": "Das ist für angemeldete Personen, nicht für Schlüssel.",
  "Sessions are for people who are logged in, not for keys.": "Sitzungen haben angemeldete Personen, keine Schlüssel.",
  "This session has ended already.": "Diese Sitzung ist schon beendet.",
  "There is a user {name} already.": "Den Benutzer {name} gibt es schon.",
  "There is no user {name}.": "Den Benutzer {name} gibt es nicht.",
  "There is no key {id}.": "Den Schlüssel {id} gibt es nicht.",
  "A display has no password and people have one. Make a new user instead.":
    "Eine Anzeige hat kein Passwort, Personen haben eines. Bitte einen neuen Benutzer anlegen.",
  "A display has no password. Make it a new link instead.":
    "Eine Anzeige hat kein Passwort. Bitte ihr einen neuen Link geben.",
  "A display has no password.": "Eine Anzeige hat kein Passwort.",
  "Only a display is let in by a link; people have a password.":
    "Nur eine Anzeige kommt über einen Link herein; Personen haben ein Passwort.",
  "This is the only administrator. Make another one first.":
    "Das ist der einzige Administrator. Zuerst einen weiteren anlegen.",
  "The password so far is wrong.": "Das bisherige Passwort ist falsch.",
  "There are {n} codes already; remove one first.": "Es gibt schon {n} Codes; zuerst einen entfernen.",
  "Choose another code.": "Bitte einen anderen Code wählen.",
  "There is no code {id}.": "Den Code {id} gibt es nicht.",
  "This code is not known.": "Dieser Code ist nicht bekannt.",
  "There are {n} views; remove one first.": "Es gibt {n} Ansichten; zuerst eine entfernen.",
  "There is no view {id}.": "Die Ansicht {id} gibt es nicht.",
  "Views for everybody are changed by who may control; save it as your own.":
    "Ansichten für alle ändert, wer steuern darf; bitte als eigene speichern.",
  "There is no alarm {id}.": "Den Alarm {id} gibt es nicht.",
  "There is no receipt {id}.": "Den Beleg {id} gibt es nicht.",
  "There is no export {id}.": "Den Export {id} gibt es nicht.",
  "There is no lock {id}.": "Die Sperre {id} gibt es nicht.",
  "There is no input {id}.": "Den Eingang {id} gibt es nicht.",
  "There is no channel {channel}.": "Den Kanal {channel} gibt es nicht.",
  "There is no profile {id}.": "Das Profil {id} gibt es nicht.",
  'There is no mode "{mode}".': "Den Modus „{mode}“ gibt es nicht.",
  "There is no such picture.": "Dieses Bild gibt es nicht.",
  "There is no such event.": "Dieses Ereignis gibt es nicht.",
  "There is no picture of this test.": "Von diesem Test gibt es kein Bild.",
  "There is no picture.": "Es gibt kein Bild.",
  "This test is over and forgotten. Start it again.": "Dieser Test ist vorbei und vergessen. Bitte neu starten.",
  "Other cameras are being tested. Try again in a few seconds.":
    "Andere Kameras werden gerade getestet. In einigen Sekunden noch einmal versuchen.",
  "There is no address of a sub stream.": "Es gibt keine Adresse eines Nebenstroms.",
  "The address leads to another host than before. Enter the password again.":
    "Die Adresse führt zu einem anderen Gerät als bisher. Bitte das Passwort noch einmal eingeben.",
  "The address leads to another host ({address}). Send the password for it too.":
    "Die Adresse führt zu einem anderen Gerät ({address}). Bitte auch das Passwort dafür eingeben.",
  "{what} must be filled in.": "{what} muss ausgefüllt sein.",
  '"{name}" has a contact of its own; open the door or press the button.':
    "„{name}“ hat einen eigenen Kontakt; bitte die Tür öffnen oder den Knopf drücken.",
  'The contact of "{name}" is {isLevel} now, so no rest can be taken.':
    "Der Kontakt von „{name}“ ist jetzt {isLevel}; eine Ruhelage lässt sich so nicht aufnehmen.",
  'Record the rest of "{name}" first, then move the contact, then save.':
    "Zuerst die Ruhelage von „{name}“ aufnehmen, dann den Kontakt bewegen, dann speichern.",
  'The contact of "{name}" has not moved since its rest was recorded. Open the door, press the button or walk past the detector; if nothing moves, check terminal and cable.':
    "Der Kontakt von „{name}“ hat sich seit der Aufnahme der Ruhelage nicht bewegt. Die Tür öffnen, den Knopf drücken oder am Melder vorbeigehen; bewegt sich nichts, Klemme und Kabel prüfen.",

  "There is no key for evidence yet. Start Reed again, or make one.":
    "Es gibt noch keinen Schlüssel für Beweise. Reed neu starten oder einen machen.",
  "A file of the footage is shorter than it was.": "Eine Datei der Aufnahmen ist kürzer, als sie war.",
  "the originals have their sound with them: `evidence` takes `audio`":
    "Die Originale haben ihren Ton dabei: `evidence` geht nur mit `audio`",
  "There is no bookmark {id}.": "Es gibt kein Lesezeichen {id}.",
  "Only who made a bookmark, or who may configure, removes it.":
    "Ein Lesezeichen entfernt nur, wer es gesetzt hat oder einrichten darf.",
  "`at` must be before `to`": "`at` muss vor `to` liegen",
  "No file of the ZIP was begun.": "Im ZIP wurde keine Datei begonnen.",
  "The file {name} has another length than it was to have.":
    "Die Datei {name} hat eine andere Länge, als sie haben sollte.",
  "The ZIP is not written any more; its thread ended.": "Das ZIP wird nicht mehr geschrieben; sein Thread endete.",
  "Nothing is left of this footage.": "Von diesen Aufnahmen ist nichts mehr da.",
  "There is no room for it: it takes {bytes}, and {free} may be used on Reed's own disk. Remove older exports or take a shorter span.":
    "Dafür ist kein Platz: es braucht {bytes}, und {free} dürfen auf Reeds eigenem Datenträger benutzt werden. Ältere Exporte entfernen oder eine kürzere Spanne nehmen.",
  "Reed was restarted while this was being saved. Start it again.":
    "Reed wurde neu gestartet, während dies gesichert wurde. Bitte noch einmal beginnen.",
  "No camera recorded anything for this alarm.": "Keine Kamera hat zu diesem Alarm etwas aufgezeichnet.",
  "This export is not ready for download.": "Dieser Export ist noch nicht zum Herunterladen bereit.",
  "Too many exports are waiting already. Wait for one to end, or cancel it.":
    "Es warten schon zu viele Exporte. Warten, bis einer fertig ist, oder ihn abbrechen.",
  "The clip could not be converted: {why}": "Die Aufnahme ließ sich nicht umwandeln: {why}",
  "This receipt has no footage of that channel yet.": "Zu diesem Beleg gibt es von diesem Kanal noch keine Aufnahme.",
  "A newer picture was asked for.": "Inzwischen wurde nach einem neueren Bild gefragt.",
  "There is no sound in it that is asked for.": "Der gewünschte Ton ist nicht darin.",

  "This is not a backup of Reed. Choose the file that was downloaded from this page.":
    "Das ist keine Sicherung von Reed. Bitte die Datei wählen, die von dieser Seite heruntergeladen wurde.",
  "This backup was made by a newer Reed (format {format}, this one reads up to {most}). Update this Reed first, then restore. Nothing was restored.":
    "Diese Sicherung stammt von einem neueren Reed (Format {format}, dieses liest bis {most}). Zuerst dieses Reed aktualisieren. Es wurde nichts eingespielt.",
  "The backup is not whole. Take another copy of the file. Nothing was restored.":
    "Die Sicherung ist nicht vollständig. Bitte eine andere Kopie der Datei nehmen. Es wurde nichts eingespielt.",
  "The backup has a setting that this Reed does not take ({where}). Nothing was restored.":
    "Die Sicherung hat eine Einstellung, die dieses Reed nicht annimmt ({where}). Es wurde nichts eingespielt.",
  "The passphrase does not open this backup, or the file was changed. Nothing was restored.":
    "Das Kennwort öffnet diese Sicherung nicht, oder die Datei wurde verändert. Es wurde nichts eingespielt.",
  "The backup asks for more work than this Reed does to open one.":
    "Die Sicherung verlangt zum Öffnen mehr Arbeit, als dieses Reed leistet.",
  "{why}. Nothing was restored.": "{why}. Es wurde nichts eingespielt.",
  "the backup does not fit: {why}": "die Sicherung passt nicht: {why}",
  "the backup has a {part} that is not to be restored": "die Sicherung hat etwas, das nicht eingespielt wird ({part})",
  'camera "{name}" records by a schedule that would be gone':
    "Kamera „{name}“ zeichnet nach einem Zeitplan auf, der dann weg wäre",
  'board "{name}" looks at a camera that would be gone': "Modul „{name}“ wertet eine Kamera aus, die dann weg wäre",
  'input "{name}" refers to something that would be gone': "Eingang „{name}“ bezieht sich auf etwas, das dann weg wäre",
  "the site arms by a schedule that would be gone": "die Anlage schaltet nach einem Zeitplan scharf, der dann weg wäre",
  "the backup has no volume; restore it without volumes":
    "die Sicherung hat keinen Datenträger; bitte ohne Datenträger einspielen",

  "Core is not running, so nothing can be changed or switched now. It is started again by itself.":
    "Der Alarmprozess läuft nicht; jetzt lässt sich nichts ändern oder schalten. Er wird von selbst neu gestartet.",
  "Core went away before it answered; look whether it was done before trying again.":
    "Der Alarmprozess ging fort, bevor er antwortete; bitte erst nachsehen, ob es geschehen ist.",
  "Core did not answer within 10 s; look whether it was done before trying again.":
    "Der Alarmprozess hat nicht innerhalb von 10 s geantwortet; bitte erst nachsehen, ob es geschehen ist.",
  "Reed did not answer. Is it running, and is this device in its network?":
    "Reed hat nicht geantwortet. Läuft es, und ist dieses Gerät in seinem Netz?",
};
