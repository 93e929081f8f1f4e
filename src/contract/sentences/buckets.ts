import type { Sentences } from "./sentence.ts";

/** What is wrong with an archive in a bucket. */
export const bucketSentences: Sentences = {
  "The server does not know this access key.": "Der Server kennt diesen Zugriffsschlüssel nicht.",
  "The secret key does not belong to this access key.":
    "Der geheime Schlüssel gehört nicht zu diesem Zugriffsschlüssel.",
  "This access key may not do that in the bucket {bucket}.":
    "Dieser Zugriffsschlüssel darf das im Bucket {bucket} nicht.",
  "The access key has run out.": "Der Zugriffsschlüssel ist abgelaufen.",
  "There is no bucket {bucket}. Make it first, or correct its name.":
    "Den Bucket {bucket} gibt es nicht. Zuerst anlegen oder den Namen berichtigen.",
  "The bucket {bucket} lies in another region than {region}, or at another address.":
    "Der Bucket {bucket} liegt in einer anderen Region als {region} oder unter einer anderen Adresse.",
  "The server expects another region than {region}.": "Der Server erwartet eine andere Region als {region}.",
  "The clock of this machine and the server's differ by too much. Set the clock.":
    "Die Uhr dieses Rechners und die des Servers gehen zu weit auseinander. Die Uhr stellen.",
  "The store is full.": "Der Speicher ist voll.",
  "The server does not take objects of this size.": "Der Server nimmt keine Objekte dieser Größe an.",
  "What arrived is not what was sent; it is sent again.":
    "Was ankam, ist nicht, was geschickt wurde; es wird noch einmal geschickt.",
  "The bucket keeps its objects locked; nothing can be deleted there yet.":
    "Der Bucket hält seine Objekte gesperrt; dort lässt sich noch nichts löschen.",
  "The server is busy.": "Der Server ist beschäftigt.",
  "The server does not know this request; it may be no whole S3 server.":
    "Der Server kennt diese Anfrage nicht; er ist vielleicht kein vollständiger S3-Server.",
  "The server has forgotten what was sent so far.": "Der Server hat vergessen, was bisher geschickt wurde.",
  "The object is gone from the store.": "Das Objekt ist nicht mehr im Speicher.",
  "The server answered {status} ({name}).": "Der Server antwortete {status} ({name}).",
  "The server sent no object.": "Der Server hat kein Objekt geschickt.",
  "The server begins no upload in parts.": "Der Server beginnt kein Hochladen in Teilen.",
  "The server gives back something else than what was written.":
    "Der Server gibt etwas anderes zurück, als geschrieben wurde.",
  "The server does not list what was written.": "Der Server führt nicht auf, was geschrieben wurde.",
  "What answers at {host} is no S3 server.": "Was unter {host} antwortet, ist kein S3-Server.",
  "{host} can't be reached ({why}).": "{host} ist nicht erreichbar ({why}).",
  "{host} does not answer.": "{host} antwortet nicht.",
  "{host} does not speak TLS there. Is it http instead of https?":
    "{host} spricht dort kein TLS. Ist es http statt https?",
  "The name {host} is not known. Check the address and the DNS server.":
    "Der Name {host} ist nicht bekannt. Adresse und DNS-Server prüfen.",
  "The name {host} can't be looked up now: no DNS server answers.":
    "Der Name {host} lässt sich jetzt nicht auflösen: Kein DNS-Server antwortet.",
  "Nothing answers at {host}: the connection was refused.": "Unter {host} antwortet nichts: Verbindung abgelehnt.",
  "There is no way to {host}. Check the network.": "Zu {host} führt kein Weg. Das Netz prüfen.",
  "The connection to {host} was broken off.": "Die Verbindung zu {host} brach ab.",
  "The certificate of {host} has run out, or the clock of this machine is wrong.":
    "Das Zertifikat von {host} ist abgelaufen, oder die Uhr dieses Rechners geht falsch.",
  "The server's certificate is not valid yet: the clock of this machine is wrong.":
    "Das Zertifikat des Servers gilt noch nicht: Die Uhr dieses Rechners geht falsch.",
  "The certificate is of another server than {host}.": "Das Zertifikat gehört einem anderen Server als {host}.",
  "The certificate of {host} is not signed by anybody whom this machine trusts (NODE_EXTRA_CA_CERTS).":
    "Das Zertifikat von {host} hat niemand unterschrieben, dem dieser Rechner traut (NODE_EXTRA_CA_CERTS).",
  "The address begins with http: on the way, everybody can read the footage that is sent there.":
    "Die Adresse beginnt mit http: Unterwegs kann jeder die Aufnahmen lesen, die dorthin geschickt werden.",
  "The bucket keeps versions: what Reed deletes stays in it, and costs room, until the bucket's own rules remove it.":
    "Der Bucket hebt Versionen auf: Was Reed löscht, bleibt darin und kostet Platz, bis die Regeln des Buckets selbst es entfernen.",
  "An archive of Reed lies there already; its footage is taken over.":
    "Dort liegt schon ein Archiv von Reed; seine Aufnahmen werden übernommen.",
  "The archive {path} can't be read now: {why}": "Das Archiv {path} lässt sich jetzt nicht lesen: {why}",
  "the archive's process does not run": "der Prozess des Archivs läuft nicht",
  "The connection to the store was closed.": "Die Verbindung zum Speicher wurde geschlossen.",
  "the archive's process ended": "der Prozess des Archivs endete",
  "the archive's process does not answer": "der Prozess des Archivs antwortet nicht",
  "the archive is closed": "das Archiv ist geschlossen",
  "the segment's file is damaged and is not copied": "die Datei der Aufnahme ist beschädigt und wird nicht kopiert",
};
