import type { Sentences } from "./sentence.ts";

/** Why a message did not arrive, or no picture came with it. */
export const messageSentences: Sentences = {
  "a message did not arrive": "eine Nachricht kam nicht an",
  "{n} messages did not arrive": "{n} Nachrichten kamen nicht an",
  "the heartbeat did not arrive: {why}": "das Lebenszeichen kam nicht an: {why}",
  "notifier {notifier} does not exist any more": "Empfänger {notifier} gibt es nicht mehr",
  'notifier "{name}" does not exist any more': "Empfänger „{name}“ gibt es nicht mehr",
  'notifier "{name}" is switched off': "Empfänger „{name}“ ist abgeschaltet",
  "there is no notifier {notifier}": "es gibt keinen Empfänger {notifier}",
  "this message is not kept any more": "diese Nachricht wird nicht mehr aufbewahrt",
  "{name} was busy with other messages": "{name} war mit anderen Nachrichten beschäftigt",
  "{n} messages wait for {name} already": "{n} Nachrichten warten schon auf {name}",
  "{why}; given up after 5 min": "{why}; nach 5 min aufgegeben",
  "{name} could not be told: {why}": "{name} ließ sich nicht benachrichtigen: {why}",
  "{why}; check its address and key": "{why}; Adresse und Schlüssel prüfen",
  "{name} answered {said}; check its address and key": "{name} antwortete {said}; Adresse und Schlüssel prüfen",
  "{name} answered {said}; check the addresses": "{name} antwortete {said}; die Adressen prüfen",
  "{name} answered {said}": "{name} antwortete {said}",
  "{name} was not reached: {why}": "{name} wurde nicht erreicht: {why}",
  "{name} refused the login ({said}); check user and password":
    "{name} hat die Anmeldung abgelehnt ({said}); Benutzer und Passwort prüfen",
  "{name} can't be trusted or does not encrypt so: {said}":
    "{name} ist nicht vertrauenswürdig oder verschlüsselt nicht auf diese Art: {said}",
  "{name} did not acknowledge within 15 s": "{name} hat nicht innerhalb von 15 s bestätigt",
  "it did not come to an end": "es kam zu keinem Ende",
  "it hung up before it accepted the login": "er hat aufgelegt, bevor er die Anmeldung annahm",
  "it did not confirm the subscriptions within 15 s": "er hat die Abonnements nicht innerhalb von 15 s bestätigt",
  "{name} did not take it: {why}": "{name} hat es nicht angenommen: {why}",
  "{name} is switched off": "{name} ist abgeschaltet",
  "it was not connected yet": "es war noch nicht verbunden",
  "there are no brokers here": "hier gibt es keine Broker",
  "connect ECONNREFUSED {address}": "die Verbindung zu {address} wurde abgewiesen",
  "getaddrinfo ENOTFOUND {host}": "der Name {host} wurde nicht gefunden",
  "getaddrinfo EAI_AGAIN {host}": "der Name {host} ließ sich gerade nicht auflösen",
  "The operation was aborted due to timeout": "keine Antwort in der Zeit dafür",
  "the picture could not be taken: the camera has none now":
    "das Bild ließ sich nicht machen: die Kamera hat gerade keines",
  "{why} could not be taken: the camera has none now": "{why} ließen sich nicht machen: die Kamera hat gerade keine",
  "{n} pictures": "{n} Bilder",
  "{got} of {n} pictures": "{got} von {n} Bildern",
};
