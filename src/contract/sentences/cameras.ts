import type { Sentences } from "./sentence.ts";

/** Why a camera is away, footage is missing or a picture can't be had. */
export const cameraSentences: Sentences = {
  "Channel {channel} ({name}): {why}": "Kanal {channel} ({name}): {why}",
  "not received": "nicht empfangen",
  "video detection is down: no camera's pictures are looked at":
    "die Videoerkennung läuft nicht: die Bilder keiner Kamera werden ausgewertet",
  "the pictures of {camera} are not looked at: {why}": "die Bilder von {camera} werden nicht ausgewertet: {why}",
  "the detection process is away": "der Erkennungs-Prozess ist weg",
  "its pictures are not looked at": "ihre Bilder werden nicht ausgewertet",
  "its camera is switched off": "ihre Kamera ist abgeschaltet",
  "{name} was raised, and nothing else saw anything within {s} s: check this sensor":
    "{name} wurde ausgelöst, und innerhalb von {s} s sah nichts anderes etwas: diesen Sensor prüfen",
  "no picture has come": "es ist kein Bild gekommen",
  "what {camera} sees by itself is not heard: {why}": "was {camera} selbst sieht, wird nicht gehört: {why}",
  "the camera itself does not tell this": "die Kamera selbst sagt das nicht",
  "the camera was not heard yet": "die Kamera wurde noch nicht gehört",
  "the camera says nothing any more": "die Kamera sagt nichts mehr",
  "the camera ended the connection": "die Kamera hat die Verbindung beendet",
  "the camera answered {status}": "die Kamera antwortete mit {status}",
  "the camera answered {status} when it was asked what is so now":
    "die Kamera antwortete mit {status} auf die Frage, was gerade ist",
  "the camera does not say which of its rules it is": "die Kamera sagt nicht, welche ihrer Regeln es ist",
  "the camera has no such service; check kind and port": "die Kamera hat keinen solchen Dienst; Art und Port prüfen",
  "the camera was not reached: {why}": "die Kamera wurde nicht erreicht: {why}",
  "camera down: {why}": "Kamera weg: {why}",
  "the connection is made anew to get the sound too": "die Verbindung wird neu aufgebaut, um auch den Ton zu bekommen",
  "the camera was not connected, or had sent no key frame yet":
    "die Kamera war nicht verbunden oder hatte noch kein Schlüsselbild gesendet",
  "the camera is not connected, or has sent no key frame yet":
    "die Kamera ist nicht verbunden oder hat noch kein Schlüsselbild gesendet",
  "this channel is switched off": "dieser Kanal ist abgeschaltet",
  "the channel was switched off or removed": "der Kanal wurde abgeschaltet oder entfernt",
  "channel {channel} is not set up or is switched off": "Kanal {channel} ist nicht eingerichtet oder abgeschaltet",
  "no volume takes footage now; it is kept in memory":
    "kein Datenträger nimmt jetzt Aufnahmen an; sie bleiben im Arbeitsspeicher",
  "the channel was not set up like this yet": "der Kanal war noch nicht so eingerichtet",
  "what was recorded before could not be read: {why}": "was davor aufgenommen wurde, ließ sich nicht lesen: {why}",
  "the camera sent no pictures that can be shown": "die Kamera sendete keine Bilder, die sich zeigen lassen",
  "the recorder was not running": "der Rekorder lief nicht",
  "the recorder ended unasked before this was on the disk":
    "der Rekorder endete ungewollt, bevor dies auf dem Datenträger war",
  "the recorder process is down": "der Rekorder-Prozess läuft nicht",
  "recorder process {index} is down: no channel affected": "Rekorder-Prozess {index} läuft nicht: kein Kanal betroffen",
  "recorder process {index} is down: channels {channels} affected":
    "Rekorder-Prozess {index} läuft nicht: Kanäle {channels} betroffen",
  "only {s} s before the edge: {why}": "nur {s} s vor der Flanke: {why}",
  "{s} s missing: {why}": "{s} s fehlen: {why}",
  "GOP longer than the memory allows: the stream is begun anew for a key frame":
    "GOP länger als der Speicher erlaubt: der Strom wird für ein Schlüsselbild neu begonnen",
  "the memory for pictures was used up before a disk took them":
    "der Arbeitsspeicher für Bilder war voll, bevor ein Datenträger sie annahm",
  "Channel {channel} ({name}): the memory does not hold one whole GOP (shorten the camera's key frame interval)":
    "Kanal {channel} ({name}): der Arbeitsspeicher fasst keine ganze GOP (Schlüsselbild-Abstand der Kamera verkürzen)",
  "Password refused, or no free connection.": "Passwort abgelehnt oder keine Verbindung frei.",
  "Password refused, or no free connection. The camera refused two logins, so it is left alone for a while.":
    "Passwort abgelehnt oder keine Verbindung frei. Die Kamera hat zwei Anmeldungen abgelehnt und wird eine Weile in Ruhe gelassen.",
  "Password refused, or no free connection: the camera rejects the user name and password.":
    "Passwort abgelehnt oder keine Verbindung frei: die Kamera weist Benutzer und Passwort zurück.",
  "Password refused: the camera asks for a user name and password, and none is set.":
    "Passwort abgelehnt: die Kamera verlangt Benutzer und Passwort, und keines ist hinterlegt.",
  'The name "{host}" was not found.': "Der Name „{host}“ wurde nicht gefunden.",
  "{host} refuses connections on port {port}.": "{host} weist Verbindungen auf Port {port} ab.",
  "{host} stopped answering.": "{host} antwortet nicht mehr.",
  "{host} can't be reached over the network.": "{host} ist über das Netz nicht erreichbar.",
  "{host} broke the connection.": "{host} hat die Verbindung abgebrochen.",
  "The connection to {host} failed ({code}).": "Die Verbindung zu {host} ist gescheitert ({code}).",
  "{host} did not answer within {s} s.": "{host} hat nicht innerhalb von {s} s geantwortet.",
  "{host} closed the connection.": "{host} hat die Verbindung geschlossen.",
  "{host} takes no more of what we send.": "{host} nimmt nicht mehr an, was wir senden.",
  "The camera sends us round in circles.": "Die Kamera schickt uns im Kreis.",
  "The camera sends us to an address that can't be used.":
    "Die Kamera schickt uns zu einer Adresse, die sich nicht verwenden lässt.",
  "The camera sends us elsewhere without saying where.": "Die Kamera schickt uns weiter, sagt aber nicht wohin.",
  "The camera ended the stream.": "Die Kamera hat den Strom beendet.",
  "The camera ended the session.": "Die Kamera hat die Sitzung beendet.",
  "Not understood: {why}.": "Nicht verstanden: {why}.",
  "what comes from the camera is not RTSP": "was von der Kamera kommt, ist kein RTSP",
  "the camera sent an endless message head": "die Kamera sendete einen endlosen Nachrichtenkopf",
  'the camera sent a message of length "{length}"': "die Kamera sendete eine Nachricht der Länge „{length}“",
  "the camera sent a message of {n} bytes": "die Kamera sendete eine Nachricht von {n} Bytes",
  "connected, but it sent no picture": "verbunden, sendete aber kein Bild",
  "stalled: connected, but no picture for {s} s": "steht: verbunden, aber seit {s} s kein Bild",
  "The camera did not answer {method} within {s} s.": "Die Kamera hat {method} nicht innerhalb von {s} s beantwortet.",
  "The camera offers no video at this address.": "Die Kamera bietet unter dieser Adresse kein Video an.",
  "The camera insists on UDP; Reed takes the stream over TCP.":
    "Die Kamera besteht auf UDP; Reed nimmt den Strom über TCP.",
  "The camera knows no stream at this address (404).": "Die Kamera kennt unter dieser Adresse keinen Strom (404).",
  "No free connection: the camera has not enough bandwidth left (453).":
    "Keine Verbindung frei: die Kamera hat nicht genug Bandbreite übrig (453).",
  "No free connection: the camera says that it is busy (503).":
    "Keine Verbindung frei: die Kamera sagt, sie sei beschäftigt (503).",
  "The camera forgot the session (454).": "Die Kamera hat die Sitzung vergessen (454).",
  "The camera can't control its stream as a whole (459).":
    "Die Kamera kann ihren Strom nicht als Ganzes steuern (459).",
  "The camera wants its stream controlled as a whole only (460).":
    "Die Kamera will ihren Strom nur als Ganzes gesteuert haben (460).",
  "The camera does not offer its stream over TCP (461).": "Die Kamera bietet ihren Strom nicht über TCP an (461).",
  "The camera answered {status} to {method}.": "Die Kamera hat {method} mit {status} beantwortet.",
  "The camera sends its video as {codec}; Reed records H.264 and H.265.":
    "Die Kamera sendet ihr Video als {codec}; Reed nimmt H.264 und H.265 auf.",
  "The camera encrypts its {track} (SRTP), which Reed can't read.":
    "Die Kamera verschlüsselt ihren Strom ({track}, SRTP); das kann Reed nicht lesen.",
  "The camera's description of its stream can't be read.":
    "Die Beschreibung, die die Kamera von ihrem Strom gibt, ist nicht lesbar.",
  "The camera asks for a password in a way that Reed does not know (it knows Digest and Basic).":
    "Die Kamera fragt auf eine Art nach dem Passwort, die Reed nicht kennt (es kennt Digest und Basic).",
  "RTSP over TLS (rtsps://) is not supported; use rtsp://.":
    "RTSP über TLS (rtsps://) wird nicht unterstützt; bitte rtsp:// verwenden.",
  "The address holds a space or a control character.": "Die Adresse enthält ein Leer- oder Steuerzeichen.",
  "The address is not of the form rtsp://host:port/path.": "Die Adresse hat nicht die Form rtsp://host:port/pfad.",
  "{port} is not a port number.": "{port} ist keine Portnummer.",
  "The camera did not get as far as a stream within {s} s.":
    "Die Kamera kam innerhalb von {s} s nicht bis zu einem Strom.",
  "Pictures come, but no key frame within {s} s.": "Bilder kommen, aber innerhalb von {s} s kein Schlüsselbild.",
  "The camera let us in, but sent no picture within {s} s.":
    "Die Kamera ließ uns ein, sendete aber innerhalb von {s} s kein Bild.",
  "The process that talks to cameras is not running, or is busy with other tests. Try again in a few seconds.":
    "Der Prozess, der mit Kameras spricht, läuft nicht oder ist mit anderen Tests beschäftigt. In einigen Sekunden noch einmal versuchen.",
  "The picture took too long.": "Das Bild brauchte zu lange.",
  "The picture was cut off.": "Das Bild kam nicht vollständig.",
  "The picture is too large.": "Das Bild ist zu groß.",
  "The process that makes pictures is not running.": "Der Prozess, der Bilder macht, läuft nicht.",
  "There is no picture of this channel now.": "Von diesem Kanal gibt es jetzt kein Bild.",
  "There is no picture of channel {channel} yet.": "Von Kanal {channel} gibt es noch kein Bild.",
  "This camera is switched off.": "Diese Kamera ist abgeschaltet.",
  "No sub stream is set for this camera.": "Für diese Kamera ist kein Nebenstrom eingestellt.",
  "The sub stream does not play: {why}": "Der Nebenstrom läuft nicht: {why}",
  "The settings of the camera were changed.": "Die Einstellungen der Kamera wurden geändert.",
  "The process that converts pictures is not running.": "Der Prozess, der Bilder umwandelt, läuft nicht.",
  "Of another make the whole address is needed, like rtsp://192.0.2.10:554/stream1.":
    "Bei anderen Herstellern wird die ganze Adresse gebraucht, etwa rtsp://192.0.2.10:554/stream1.",
  "UniFi Protect needs the key of the stream: in Protect, the camera's settings, RTSP; copy the address.":
    "UniFi Protect braucht den Schlüssel des Stroms: in Protect bei der Kamera unter RTSP die Adresse kopieren.",
  "The address must be a name or an IP address, like 192.0.2.10.":
    "Die Adresse muss ein Name oder eine IP-Adresse sein, etwa 192.0.2.10.",
};
