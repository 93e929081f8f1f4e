import type { Sentences } from "./sentence.ts";

/** What is wrong with a volume or the files of Reed, and why footage goes. */
export const storageSentences: Sentences = {
  "Volume {path}: {why}": "Datenträger {path}: {why}",
  "not looked at yet": "noch nicht angesehen",
  "the disk does not answer": "der Datenträger antwortet nicht",
  "the disk has not answered for {s} s": "der Datenträger hat seit {s} s nicht geantwortet",
  "the disk takes nothing: {why}": "der Datenträger nimmt nichts an: {why}",
  "Volume group {name}: none of its volumes takes footage; its cameras are recorded to {path}":
    "Gruppe {name}: keiner ihrer Datenträger nimmt Aufnahmen an; ihre Kameras werden auf {path} aufgezeichnet",
  "Volume group {name}: none of its volumes takes footage; its cameras are not recorded":
    "Gruppe {name}: keiner ihrer Datenträger nimmt Aufnahmen an; ihre Kameras werden nicht aufgezeichnet",
  "there is no volume {id} that is recorded to": "es gibt keinen Datenträger {id}, auf den aufgezeichnet wird",
  "has a group without a name": "hat eine Gruppe ohne Namen",
  "names two groups alike": "nennt zwei Gruppen gleich",
  "has a group without a volume": "hat eine Gruppe ohne Datenträger",
  "has a camera in two groups": "hat eine Kamera in zwei Gruppen",
  "no volume is set up": "kein Datenträger ist eingerichtet",
  "nothing may be written": "es darf nichts geschrieben werden",
  "no space left": "kein Platz mehr",
  "no space left, and nothing that may be deleted": "kein Platz mehr, und nichts, was gelöscht werden darf",
  "in use by another process ({pid})": "wird von einem anderen Prozess benutzt ({pid})",
  "its lock changes hands": "seine Sperre wird gerade übergeben",
  "another volume is mounted here": "hier ist ein anderer Datenträger eingehängt",
  "another volume is mounted there": "dort ist ein anderer Datenträger eingehängt",
  "another disk is mounted there": "dort ist eine andere Platte eingehängt",
  "its marker file is gone: not mounted?": "seine Kennungsdatei ist weg: nicht eingehängt?",
  "its folder is gone: not mounted?": "sein Ordner ist weg: nicht eingehängt?",
  "its folder is gone": "sein Ordner ist weg",
  "it is not there": "er ist nicht da",
  "the folder is not empty and carries no marker of Reed": "der Ordner ist nicht leer und trägt keine Kennung von Reed",
  "the database can't be written; history is incomplete until it is rebuilt":
    "die Datenbank lässt sich nicht schreiben; der Verlauf ist unvollständig, bis sie neu aufgebaut wird",
  "the journal can't be written: {why}": "das Journal lässt sich nicht schreiben: {why}",
  "the journal can't be synced: {why}": "das Journal lässt sich nicht auf die Platte bringen: {why}",
  "the clock is far ahead of what was recorded last: nothing goes by its age for two days":
    "die Uhr ist dem zuletzt Aufgenommenen weit voraus: zwei Tage lang geht nichts nach seinem Alter",
  "it is in the archive": "es liegt im Archiv",
  "the segment became shorter while it was copied": "die Aufnahme wurde kürzer, während sie kopiert wurde",
  "the archive takes nothing": "das Archiv nimmt nichts an",
  "the copy differs from the segment; it is made again": "die Kopie weicht von der Aufnahme ab; sie wird neu gemacht",
  "older than {days} days": "älter als {days} Tage",
  "older than {days} days then": "dann älter als {days} Tage",
  "younger than what is to be kept at least, but nothing else was left to make room":
    "jünger als das, was mindestens behalten werden soll, aber nichts anderes war mehr da, um Platz zu machen",
  "promised to be kept longer, when room is needed": "soll länger behalten werden; geht, wenn Platz gebraucht wird",
  "promised to be kept longer, when the volume's share is used up":
    "soll länger behalten werden; geht, wenn der Anteil des Datenträgers verbraucht ist",
  "names the same camera and type twice": "nennt dieselbe Kamera und Art zweimal",
  "has a rule without days": "hat eine Regel ohne Tage",
  "keeps at least longer than at most": "behält mindestens länger als höchstens",
  "oldest footage, the volume's share is used up": "älteste Aufnahmen, der Anteil des Datenträgers ist verbraucht",
  "oldest footage, when room is needed": "älteste Aufnahmen, wenn Platz gebraucht wird",
  "oldest footage, when the volume's share is used up":
    "älteste Aufnahmen, wenn der Anteil des Datenträgers verbraucht ist",
  "disk nearly full: footage that is being read": "Datenträger fast voll: Aufnahmen, die gerade gelesen werden",
  "disk nearly full: unreviewed alarm footage, nothing else was left":
    "Datenträger fast voll: ungesichtete Alarmaufnahmen, sonst war nichts mehr da",
  "all that is left is locked, protected or in use": "alles, was noch da ist, ist gesperrt, geschützt oder in Gebrauch",
  "The folder does not answer. Check the disk or the file server behind it.":
    "Der Ordner antwortet nicht. Die Platte oder den Dateiserver dahinter prüfen.",
  "It can't be looked at: {why}": "Er lässt sich nicht ansehen: {why}",
  "This is a file, not a folder.": "Das ist eine Datei, kein Ordner.",
  "There is no folder {path}. Mount the disk first, or correct the path.":
    "Den Ordner {path} gibt es nicht. Zuerst die Platte einhängen oder den Pfad berichtigen.",
  "Reed may not write there. Give its user the right to.":
    "Reed darf dort nicht schreiben. Seinem Benutzer das Recht dazu geben.",
  "The folder is not empty and carries no marker of Reed. Take an empty one.":
    "Der Ordner ist nicht leer und trägt keine Kennung von Reed. Bitte einen leeren nehmen.",
  "This folder is a volume already.": "Dieser Ordner ist schon ein Datenträger.",
  "It is on the system's own disk. Is the footage disk mounted?":
    "Er liegt auf der Systemplatte. Ist die Platte für Aufnahmen eingehängt?",
  "Little is free there; the larger of 5 % and 10 GB is always left free.":
    "Dort ist wenig frei; der größere Wert von 5 % und 10 GB bleibt immer frei.",
  "It was a volume of Reed before; its footage is taken over.":
    "Er war schon ein Datenträger von Reed; seine Aufnahmen werden übernommen.",
  "It is mounted read-only: nothing can be recorded there.":
    "Er ist nur zum Lesen eingehängt: dort kann nichts aufgezeichnet werden.",
  "Syncs are switched off by a mount option: a power cut takes what Reed believes to be durable.":
    "Das Sichern auf die Platte ist durch eine Einhänge-Option abgeschaltet: ein Stromausfall nimmt mit, was Reed für dauerhaft hält.",
  "It is mounted soft: a server that answers late loses what was just written. Mount it hard.":
    "Er ist „soft“ eingehängt: antwortet der Server spät, geht gerade Geschriebenes verloren. Bitte „hard“ einhängen.",
  "It is mounted hard: while the server is away it does not answer, and recording moves after 5 s.":
    "Er ist „hard“ eingehängt: solange der Server weg ist, antwortet er nicht, und die Aufzeichnung wechselt nach 5 s.",
  "It is on a file server: durable is what the server says is durable, and the database never belongs there.":
    "Er liegt auf einem Dateiserver: dauerhaft ist, was der Server dauerhaft nennt, und die Datenbank gehört nie dorthin.",
  "It is a folder of the machine that this one runs in: durable is what that machine says is durable.":
    "Er ist ein Ordner des Rechners, in dem dieser hier läuft: dauerhaft ist, was jener dauerhaft nennt.",
  "A program stands between Reed and the disk (FUSE): durable is what that program says is durable.":
    "Zwischen Reed und der Platte steht ein Programm (FUSE): dauerhaft ist, was dieses Programm dauerhaft nennt.",
  "It is in memory: all footage is lost when the power goes.":
    "Er liegt im Arbeitsspeicher: ohne Strom sind alle Aufnahmen verloren.",
  "It is in the container's own layer: all footage is lost with the container. Mount a volume into it.":
    "Er liegt in der eigenen Schicht des Containers: mit dem Container sind alle Aufnahmen verloren. Bitte einen Datenträger hineinreichen.",
  "It is an SD card: recording wears it out, and a picture may take seconds to be durable. Take one made for cameras, and have another volume.":
    "Er ist eine SD-Karte: Aufzeichnen nutzt sie ab, und ein Bild kann Sekunden brauchen, bis es dauerhaft ist. Bitte eine für Kameras gemachte nehmen und einen zweiten Datenträger haben.",
  "It is a USB disk: a loose cable takes it away while it is written. Recording then moves to the next volume.":
    "Er ist eine USB-Platte: ein loses Kabel nimmt sie mitten im Schreiben weg. Die Aufzeichnung wechselt dann auf den nächsten Datenträger.",
  "It is a file on another disk that is mounted as one (loop): it lasts as long as that disk.":
    "Er ist eine Datei auf einer anderen Platte, die als Platte eingehängt ist (loop): er hält so lange wie jene.",
  "FAT has no journal: a power cut may damage all of it. A file ends before 4 GB. Use ext4 where you can.":
    "FAT hat kein Journal: ein Stromausfall kann alles beschädigen. Eine Datei endet vor 4 GB. Besser ist ext4.",
  "exFAT has no journal: a power cut may damage all of it. Use ext4 where you can.":
    "exFAT hat kein Journal: ein Stromausfall kann alles beschädigen. Besser ist ext4.",
  "NTFS is a guest on Linux: slower, and repaired only by Windows. Use ext4 where you can.":
    "NTFS ist unter Linux zu Gast: langsamer, und nur Windows repariert es. Besser ist ext4.",
  "The disk can be taken out while it is written.": "Die Platte lässt sich herausnehmen, während sie beschrieben wird.",
  "The volume takes nothing now; it can't be measured.":
    "Der Datenträger nimmt gerade nichts an; er lässt sich nicht messen.",
  "The volume is being measured.": "Der Datenträger wird gerade gemessen.",
  "The disk that this footage is on does not answer.":
    "Der Datenträger, auf dem diese Aufnahmen liegen, antwortet nicht.",
  "The disk does not answer.": "Der Datenträger antwortet nicht.",
  "There is no room to measure.": "Zum Messen ist kein Platz.",
  "there is no volume {id}": "es gibt keinen Datenträger {id}",
};
