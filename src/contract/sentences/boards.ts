import type { Sentences } from "./sentence.ts";

/** Why a board, a contact of it or a UPS is not there. */
export const boardSentences: Sentences = {
  "the connection was refused; is the port right, and the service running?":
    "die Verbindung wurde abgewiesen; stimmt der Port, und läuft der Dienst?",
  "the connection was reset": "die Verbindung wurde zurückgesetzt",
  "the host cannot be reached": "das Gerät ist nicht erreichbar",
  "the network cannot be reached": "das Netz ist nicht erreichbar",
  "the host name is unknown": "der Name des Geräts ist unbekannt",
  "no answer": "keine Antwort",
  "no answer within {s} s": "keine Antwort innerhalb von {s} s",
  "the connection ended": "die Verbindung endete",
  "the connection was closed": "die Verbindung wurde geschlossen",
  "relay reads back otherwise than wanted; commanded again":
    "das Relais liest sich anders zurück als gewünscht; erneut geschaltet",
  "{name}: debounce {ms} ms is under twice the measured poll of {n} ms: short changes can be missed or taken wrongly":
    "{name}: die Entprellzeit von {ms} ms ist kürzer als zwei gemessene Abfragen ({n} ms): kurze Wechsel können fehlen oder falsch gedeutet werden",
  "the loop is cut: nothing is connected at its end": "die Schleife ist durchtrennt: an ihrem Ende hängt nichts mehr",
  "the loop is shorted: its wires touch before the end-of-line resistor":
    "die Schleife ist kurzgeschlossen: ihre Adern berühren sich vor dem Abschlusswiderstand",
  "the supply of the loop is missing: it reads {reading} of {scale}":
    "die Speisung der Schleife fehlt: gelesen wird {reading} von {scale}",
  "a reading of {reading} is outside of the scale from {from} to {to}":
    "ein Wert von {reading} liegt außerhalb des Bereichs von {from} bis {to}",
  "point {point}: a supervised loop is read from a register, not from a bit":
    "Punkt {point}: eine überwachte Schleife wird aus einem Register gelesen, nicht aus einem Bit",
  "point {point}: {why}": "Punkt {point}: {why}",
  "a full scale of {scale} is not above its zero of {zero}":
    "ein Vollausschlag von {scale} liegt nicht über der Null von {zero}",
  "a pull-up of {ohms} Ω does not fit end-of-line resistors of {eol} Ω: their states are too close together; take a pull-up of about the same value":
    "ein Pull-up von {ohms} Ω passt nicht zu Abschlusswiderständen von {eol} Ω: ihre Zustände liegen zu nah beieinander; nehmen Sie einen von etwa demselben Wert",
  connecting: "verbindet sich",
  lost: "weg",
  unauthorized: "Anmeldung abgelehnt",
  "The board is there.": "Das Modul ist da.",
  "The board is there, but {silent} of {all} contacts have not said anything yet.":
    "Das Modul ist da, aber {silent} von {all} Kontakten haben sich noch nicht gemeldet.",

  "no connection to {address}: {why}": "keine Verbindung zu {address}: {why}",
  "the board closed the connection": "das Modul hat die Verbindung geschlossen",
  "the board answered what nobody asked": "das Modul antwortete, was niemand gefragt hat",
  "no answer within 1 s to {request} of unit {unit}": "keine Antwort innerhalb von 1 s auf {request} von Unit {unit}",
  "no answer within 1 s to {request} of unit {unit}; is the unit number right?":
    "keine Antwort innerhalb von 1 s auf {request} von Unit {unit}; stimmt die Unit-Nummer?",
  "no whole answer within 1 s to {request} of unit {unit}":
    "keine vollständige Antwort innerhalb von 1 s auf {request} von Unit {unit}",
  "no whole answer within 1 s to {request} of unit {unit}; is the unit number right?":
    "keine vollständige Antwort innerhalb von 1 s auf {request} von Unit {unit}; stimmt die Unit-Nummer?",
  "protocol number {n} instead of 0: this is no Modbus TCP": "Protokollnummer {n} statt 0: das ist kein Modbus TCP",
  "a message of {n} bytes is no Modbus": "eine Nachricht von {n} Bytes ist kein Modbus",
  "the board answered as unit {unit}, unit {asked} was asked":
    "das Modul antwortete als Unit {unit}, gefragt war Unit {asked}",
  "the board answered function {got} to function {asked}":
    "das Modul antwortete mit Funktion {got} auf Funktion {asked}",
  "the board sent {n} bytes (announced: {announced}) where {due} were due":
    "das Modul sendete {n} Bytes (angekündigt: {announced}), erwartet waren {due}",
  "the board repeated the command for coil {coil} wrongly": "das Modul wiederholte den Befehl für Coil {coil} falsch",
  "{request} of unit {unit}: {why} (Modbus exception {code})":
    "{request} von Unit {unit}: {why} (Modbus-Ausnahme {code})",
  "the board does not know this function": "das Modul kennt diese Funktion nicht",
  "the board has no such address": "das Modul hat keine solche Adresse",
  "the board does not take this value or count": "das Modul nimmt diesen Wert oder diese Anzahl nicht an",
  "the board reports an internal failure": "das Modul meldet einen inneren Fehler",
  "the board is still busy with an earlier command": "das Modul ist noch mit einem früheren Befehl beschäftigt",
  "the board is busy": "das Modul ist beschäftigt",
  "the board reports a memory error": "das Modul meldet einen Speicherfehler",
  "the gateway has no path to this unit": "das Gateway hat keinen Weg zu dieser Unit",
  "the unit behind the gateway does not answer; is the unit number right?":
    "die Unit hinter dem Gateway antwortet nicht; stimmt die Unit-Nummer?",
  "an answer without a standard meaning": "eine Antwort ohne genormte Bedeutung",
  "command not answered: {why}": "Befehl nicht beantwortet: {why}",
  "the check sum of its answer is wrong": "die Prüfsumme seiner Antwort ist falsch",
  "it does not answer": "es antwortet nicht",
  "unit {unit} on {path}: {why} (asked for {request}); are its power and the two wires all right?":
    "Unit {unit} an {path}: {why} (gefragt: {request}); sind Strom und die zwei Adern in Ordnung?",
  "unit {unit} on {path}: {why} (asked for {request}); are the unit number, {line} and the polarity of A and B right?":
    "Unit {unit} an {path}: {why} (gefragt: {request}); stimmen Unit-Nummer, {line} und die Polung von A und B?",
  "another board uses {path} with {line}, this one asks for {other}":
    "ein anderes Modul benutzt {path} mit {line}, dieses verlangt {other}",
  "there is no serial port {path}; is the adapter plugged in?":
    "es gibt keine serielle Schnittstelle {path}; steckt der Adapter?",
  "Reed may not use {path}: add its user to the group dialout (usermod -aG dialout USER) and start it again":
    "Reed darf {path} nicht benutzen: seinen Benutzer in die Gruppe dialout aufnehmen (usermod -aG dialout USER) und neu starten",
  "{path} is in use by another program": "{path} wird von einem anderen Programm benutzt",
  "{path} is no serial port": "{path} ist keine serielle Schnittstelle",
  "{path} can't be opened: {why}": "{path} lässt sich nicht öffnen: {why}",
  "the serial port {path} is gone; was it unplugged?": "die serielle Schnittstelle {path} ist weg; abgezogen?",
  "the serial port {path} is gone ({why}); was it unplugged?":
    "die serielle Schnittstelle {path} ist weg ({why}); abgezogen?",

  "the broker closed the connection": "der Broker hat die Verbindung geschlossen",
  "the broker closed the connection before it answered": "der Broker schloss die Verbindung, bevor er antwortete",
  "the broker's address must begin with mqtt:// or mqtts://":
    "die Adresse des Brokers muss mit mqtt:// oder mqtts:// beginnen",
  "the broker refused the login; check user name and password":
    "der Broker hat die Anmeldung abgelehnt; Benutzer und Passwort prüfen",
  "no session with the broker: {why}": "keine Sitzung mit dem Broker: {why}",
  "subscribing failed: {why}": "das Abonnieren ist gescheitert: {why}",
  "the broker refused a subscription; may this user read the topics?":
    "der Broker hat ein Abonnement abgelehnt; darf dieser Benutzer die Topics lesen?",
  "no message since the connection; waiting for the device to report":
    "noch keine Nachricht seit der Verbindung; es wird gewartet, bis das Gerät sich meldet",
  "the device is offline (topic {topic})": "das Gerät ist offline (Topic {topic})",

  "the program {tool} is missing: install Debian's package gpiod":
    "das Programm {tool} fehlt: Debians Paket gpiod installieren",
  "Reed may not use {chip}: add its user to the group gpio (usermod -aG gpio USER) and start it again":
    "Reed darf {chip} nicht benutzen: seinen Benutzer in die Gruppe gpio aufnehmen (usermod -aG gpio USER) und neu starten",
  "another program has one of the lines of {chip} ({said})":
    "ein anderes Programm hat eine der Leitungen von {chip} ({said})",
  "there is no {chip}, or it lacks one of the lines ({said})":
    "es gibt kein {chip}, oder ihm fehlt eine der Leitungen ({said})",
  "{tool} ended without a word": "{tool} endete ohne ein Wort",
  "{tool} is no version that Reed knows": "{tool} ist keine Version, die Reed kennt",
  'gpioget said "{said}" where values were due': "gpioget sagte „{said}“, erwartet waren Werte",

  "the server knows no UPS of this name": "der Server kennt keine USV dieses Namens",
  "the server hears nothing from the UPS; look at its cable":
    "der Server hört nichts von der USV; nach ihrem Kabel sehen",
  "the server's driver of the UPS does not run": "der Treiber der USV läuft auf dem Server nicht",
  "the UPS does not tell its status": "die USV sagt ihren Zustand nicht",
  "the server refused the login ({said})": "der Server hat die Anmeldung abgelehnt ({said})",
  "the server answered {said}": "der Server antwortete {said}",
  "the server answered something else": "der Server antwortete etwas anderes",
  "the server speaks no NUT": "der Server spricht kein NUT",
  "the mains is lost, running on battery": "das Netz ist ausgefallen, Betrieb mit Batterie",
  "the mains is back": "das Netz ist wieder da",
  "the battery is nearly empty": "die Batterie ist fast leer",
  "{why}; Reed stops now": "{why}; Reed hält jetzt an",
  "{why}; Reed and this machine stop now": "{why}; Reed und dieses Gerät halten jetzt an",
  "{name}: the mains is lost, running on battery": "{name}: das Netz ist ausgefallen, Betrieb mit Batterie",
  "{name}: the battery is nearly empty": "{name}: die Batterie ist fast leer",
  "{name}: the battery wants to be replaced": "{name}: die Batterie muss ersetzt werden",
};
