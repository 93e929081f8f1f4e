/** About phones and browsers that are told by push, and cameras that are turned. */
export const pushSentences = {
  "You have no subscription {number}.": "Sie haben keine Anmeldung {number}.",
  "You have {count} subscribed browsers; remove one first.":
    "Sie haben {count} angemeldete Browser; entfernen Sie zuerst einen.",
  "There are {count} subscribed browsers; remove one first.":
    "Es gibt {count} angemeldete Browser; entfernen Sie zuerst einen.",
  "Only a person can subscribe a browser; log in with a name.":
    "Nur eine Person kann einen Browser anmelden; melden Sie sich mit einem Namen an.",
  "the site's key for push is gone; subscribe again":
    "der Schlüssel des Standorts für Push ist weg; bitte neu anmelden",
  "{who} can't be written to: {why}": "{who} kann nicht geschrieben werden: {why}",
  "{who} is not subscribed any more ({status}) and was removed":
    "{who} ist nicht mehr angemeldet ({status}) und wurde entfernt",
  "the push service of {who} refused this site ({status}); subscribe it again":
    "der Push-Dienst von {who} hat diesen Standort abgewiesen ({status}); bitte neu anmelden",
  "nobody of {name} may see what this is about": "niemand von {name} darf sehen, worum es geht",
  "there are no subscriptions here": "hier gibt es keine Anmeldungen",
  "its presets": "seine Presets",
  "the answer is too large": "die Antwort ist zu groß",
  "the camera has no preset {preset}": "die Kamera hat kein Preset {preset}",
  "the camera does not tell its time, which its login needs; check kind and port":
    "die Kamera sagt ihre Zeit nicht, die ihre Anmeldung braucht; bitte Art und Port prüfen",
  "the camera has no PTZ service: it can't be moved": "die Kamera hat keinen PTZ-Dienst: sie ist nicht schwenkbar",
  "no profile of the camera has PTZ: it can't be moved": "kein Profil der Kamera hat PTZ: sie ist nicht schwenkbar",
  "the camera refused the login; check its user and password":
    "die Kamera hat die Anmeldung abgewiesen; bitte Benutzer und Passwort prüfen",
  '"{name}" has no PTZ settings': "„{name}“ hat keine PTZ-Einstellungen",
  "channel {channel} has no PTZ settings; set them on the camera's page":
    "Kanal {channel} hat keine PTZ-Einstellungen; bitte auf der Seite der Kamera einstellen",
  "channel {channel} has no PTZ settings": "Kanal {channel} hat keine PTZ-Einstellungen",
  "too many orders wait for this camera already": "für diese Kamera warten schon zu viele Aufträge",
  "no alarm has turned this camera": "kein Alarm hat diese Kamera geschwenkt",
  "a later alarm has the camera": "ein späterer Alarm hat die Kamera",
  "somebody turned the camera by hand since": "seitdem hat jemand die Kamera von Hand geschwenkt",
  "the camera refused the login twice; it is asked again in {minutes} min, or with another password":
    "die Kamera hat die Anmeldung zweimal abgewiesen; sie wird in {minutes} min wieder gefragt, oder mit einem anderen Passwort",
  "it looks at preset {preset} already": "sie schaut schon auf Preset {preset}",
  "the camera did not answer within {seconds} s": "die Kamera hat nicht innerhalb von {seconds} s geantwortet",
  "the camera could not be asked: {why}": "die Kamera konnte nicht gefragt werden: {why}",
  "the camera did not answer in time": "die Kamera hat nicht rechtzeitig geantwortet",
};
