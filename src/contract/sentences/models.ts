import type { Sentences } from "./sentence.ts";

/** What is said of objects, and why a model of them can't be used. */
export const modelSentences: Sentences = {
  "a person moves": "eine Person bewegt sich",
  "a vehicle moves": "ein Fahrzeug bewegt sich",
  "{count} objects wait for the disk already": "{count} Objekte warten schon auf den Datenträger",
  "{command} can't be started: {why}": "{command} lässt sich nicht starten: {why}",
  "{command} made no picture of {width} × {height}": "{command} hat kein Bild von {width} × {height} gemacht",
  "another model takes over": "ein anderes Modell übernimmt",
  "there is no file {file} among the models": "unter den Modellen gibt es keine Datei {file}",
  "the file is no ONNX model that can be run: {why}": "die Datei ist kein ONNX-Modell, das laufen kann: {why}",
  'the model "{name}" can\'t be used, people and vehicles are not found: {why}':
    "das Modell „{name}“ lässt sich nicht verwenden, Personen und Fahrzeuge werden nicht gefunden: {why}",
  "the model took more than {n} MB of memory": "das Modell nahm mehr als {n} MB Arbeitsspeicher",
  "the model does not answer": "das Modell antwortet nicht",
  "the model's process could not be started: {why}": "der Prozess des Modells ließ sich nicht starten: {why}",
  "the model's process ended ({why})": "der Prozess des Modells endete ({why})",
  "the model's process takes nothing more: {why}": "der Prozess des Modells nimmt nichts mehr an: {why}",
  "the model was not looked at": "das Modell wurde nicht angesehen",
  "the file is neither a JPEG nor a PNG picture": "die Datei ist weder ein JPEG- noch ein PNG-Bild",
  "a picture of {width} × {height} pixels can't be tried; at most 7680 × 4320":
    "ein Bild von {width} × {height} Pixeln lässt sich nicht ausprobieren; höchstens 7680 × 4320",
  "the {format} picture is damaged": "das {format}-Bild ist beschädigt",
  'There is no model "{name}".': "Es gibt kein Modell „{name}“.",
  'There is a model "{name}" already.': "Es gibt schon ein Modell „{name}“.",
  "The model can't be used: {why}": "Das Modell lässt sich nicht verwenden: {why}",
  "The picture could not be tried: {why}": "Das Bild ließ sich nicht ausprobieren: {why}",
  "This model is in use. Use another one first.": "Dieses Modell ist in Gebrauch. Verwenden Sie zuerst ein anderes.",
  "This model comes with Reed and can't be changed or removed.":
    "Dieses Modell kommt mit Reed und lässt sich nicht ändern oder entfernen.",
  "Other models are being sent already. Wait until they are there, or end them.":
    "Es werden schon andere Modelle gesendet. Warten Sie, bis sie da sind, oder brechen Sie sie ab.",
  "Other models are being looked at. Try again in a few seconds.":
    "Andere Modelle werden gerade angesehen. Versuchen Sie es in einigen Sekunden wieder.",
  "Other pictures are being tried already. Try again in a few seconds.":
    "Es werden schon andere Bilder ausprobiert. Versuchen Sie es in einigen Sekunden wieder.",
  "Too many parts are being sent at once. Try again in a few seconds.":
    "Es werden zu viele Teile auf einmal gesendet. Versuchen Sie es in einigen Sekunden wieder.",
  "This upload has ended. Begin another one.": "Diese Übertragung ist beendet. Beginnen Sie eine neue.",
  "There are {n} models already. Remove one first.": "Es gibt schon {n} Modelle. Entfernen Sie zuerst eines.",
  "There is no room for the model: it takes {needed}, and {free} may be used on Reed's own disk. Remove older exports or other models.":
    "Für das Modell ist kein Platz: Es braucht {needed}, und {free} dürfen auf Reeds eigenem Datenträger verwendet werden. Entfernen Sie ältere Exporte oder andere Modelle.",
  "The next part of this file begins at byte {n}.": "Der nächste Teil dieser Datei beginnt bei Byte {n}.",
  "A model may have {n} MB at most.": "Ein Modell darf höchstens {n} MB haben.",
  "Nothing was sent under this upload. Send the file first.":
    "Unter dieser Übertragung wurde nichts gesendet. Senden Sie zuerst die Datei.",
  "Send the part as application/octet-stream.": "Senden Sie den Teil als application/octet-stream.",
  "Send a picture as image/jpeg or image/png.": "Senden Sie ein Bild als image/jpeg oder image/png.",
  "no model is open": "kein Modell ist geöffnet",
  'the description has "{word}"; it may have {words}': "die Beschreibung enthält „{word}“; erlaubt sind {words}",
  "the description is no JSON": "die Beschreibung ist kein JSON",
  "the description has to be a JSON object": "die Beschreibung muss ein JSON-Objekt sein",
  '"{word}" in the description has to be one of {words}': "„{word}“ in der Beschreibung muss eines von {words} sein",
  '"{word}" in the description has to be a number from {least} to {most}':
    "„{word}“ in der Beschreibung muss eine Zahl von {least} bis {most} sein",
  '"{word}" in the description has to be three numbers, of 0–255 pixels':
    "„{word}“ in der Beschreibung muss aus drei Zahlen bestehen, für Pixel von 0–255",
  '"labels" in the description has to be a list of names, in the order of the classes':
    "„labels“ in der Beschreibung muss eine Liste von Namen sein, in der Reihenfolge der Klassen",
  '"{word}" in the description has to be text': "„{word}“ in der Beschreibung muss Text sein",
  "the detector is closed": "die Objekterkennung ist beendet",
  "the model is asked one thing at a time": "das Modell wird nur eines auf einmal gefragt",
  "the model gave no boxes": "das Modell hat keine Rahmen geliefert",
  "the model has no head of stride {stride}": "dem Modell fehlt der Ausgang mit Schrittweite {stride}",
  "no input of the model is a picture ({shapes})": "kein Eingang des Modells ist ein Bild ({shapes})",
  'the outputs are of no kind that is known ({shapes}); write "kind" into the .model.json file beside it: {kinds}':
    "die Ausgänge gehören zu keiner bekannten Art ({shapes}); schreiben Sie „kind“ in die .model.json-Datei daneben: {kinds}",
  "the picture has to come as 1×3×height×width, this one wants {shape}":
    "das Bild muss als 1×3×Höhe×Breite kommen, dieses Modell will {shape}",
  "the model wants pictures of {width}×{height}; at most {side} a side":
    "das Modell will Bilder von {width}×{height}; höchstens {side} je Seite",
  'the model tells {classes} classes apart and nothing says which; write their names into the .model.json file beside it: "labels": ["person", …]':
    'das Modell unterscheidet {classes} Klassen, und nichts sagt, welche; schreiben Sie ihre Namen in die .model.json-Datei daneben: "labels": ["person", …]',
};
