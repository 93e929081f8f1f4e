"""A check of an evidence pack by somebody who has docs/design/evidence.md and docs/design/recording.md, and no Reed.

    python3 pack_check.py PACK.zip FINGERPRINT     0: whole and signed by that key   1: each fault on a line of its own

Python's standard library and the `openssl` command; nothing of src/ is used, so that Reed's own checkers are not their
own judges.
"""

import base64
import binascii
import hashlib
import json
import os
import struct
import subprocess
import sys
import tempfile
import zipfile

# RFC 8410 §4: what stands before the 32 bytes of an Ed25519 key in a SubjectPublicKeyInfo
SPKI = bytes.fromhex("302a300506032b6570032100")
SEGMENT = bytes.fromhex("52656564000180008000" "00007365676d")
FRAGMENT = bytes.fromhex("52656564000280008000" "000066726167")


def sha256(*parts):
    value = hashlib.sha256()
    for part in parts:
        value.update(part)
    return value


def signed(manifest, signature, raw):
    """As openssl judges it."""
    pem = "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n" % base64.b64encode(SPKI + raw).decode()
    with tempfile.TemporaryDirectory() as folder:
        for name, content in (("key.pem", pem.encode()), ("manifest.json", manifest), ("manifest.sig", signature)):
            with open(os.path.join(folder, name), "wb") as file:
                file.write(content)
        verify = "openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in manifest.json -sigfile manifest.sig"
        return subprocess.run(verify.split(), cwd=folder, capture_output=True).returncode == 0


def boxes(data):
    """(type, start, end) of the boxes of a file (ISO/IEC 14496-12 §4.2), 32-bit sizes."""
    at = 0
    while at + 8 <= len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        if size < 8 or at + size > len(data):
            break
        yield kind.decode("latin-1"), at, at + size
        at += size
    if at != len(data):
        yield "torn", at, len(data)


def chain_faults(segment, data):
    """docs/design/recording.md, "The bytes of a segment"."""
    file, found = segment["file"], list(boxes(data))
    if [kind for kind, _, _ in found[:3]] != ["ftyp", "moov", "uuid"] or len(found) % 3 != 0:
        return ["%s: is no segment of Reed" % file]
    (_, _, moov_end), (_, own, own_end) = found[1], found[2]
    header = json.loads(data[own + 24 : own_end]) if data[own + 8 : own + 24] == SEGMENT else {}
    start = sha256(data[:moov_end], segment["id"].encode()).hexdigest()
    if header.get("segmentId") != segment["id"] or header.get("chainStart") != start:
        return ["%s: the head of the segment is another" % file]
    if segment["first"] == 0 and segment["before"] != start:
        return ["%s: its chain does not begin with its head" % file]
    chain, count = segment["before"], 0
    for (a, from_, _), (b, _, to), (c, box, end) in zip(found[3::3], found[4::3], found[5::3]):
        if [a, b, c] != ["moof", "mdat", "uuid"] or data[box + 8 : box + 24] != FRAGMENT:
            return ["%s: fragment at byte %d is no fragment" % (file, from_)]
        crc, claimed = struct.unpack_from(">I32s", data, box + 24)
        chain = sha256(bytes.fromhex(chain), data[from_:to]).hexdigest()
        if chain != claimed.hex() or binascii.crc32(data[from_:to]) != crc:
            return ["%s: fragment at byte %d was changed" % (file, from_)]
        count += 1
    is_last = segment["first"] + count == segment.get("of")
    if count != segment["count"] or (is_last and chain != segment["head"]):
        return ["%s: does not end as the journal closed it" % file]
    return []


def faults(path, fingerprint):
    with zipfile.ZipFile(path) as pack:
        stored = pack.infolist()
        if any(entry.compress_type != zipfile.ZIP_STORED for entry in stored):
            return ["something in the ZIP is compressed"]
        # a changed byte is named by its SHA-256: zipfile would stop at its own CRC first
        for entry in stored:
            entry.CRC = None
        files = {}
        for entry in stored:
            with pack.open(entry) as file:
                file._expected_crc = None
                files[entry.filename] = file.read()
    manifest, signature = files.pop("manifest.json", b""), files.pop("manifest.sig", b"")
    said = json.loads(manifest)
    raw = base64.b64decode(said["key"]["publicKey"])
    wrong = []
    if said["format"] != "reed-evidence-1":
        wrong.append("its form is %s" % said["format"])
    if not signed(manifest, signature, raw):
        wrong.append("manifest.json: the signature is not of this key")
    if sha256(raw).hexdigest()[:32] != fingerprint.replace("-", "").lower():
        wrong.append("it was signed by another key")
    names = [entry["name"] for entry in said["files"]]
    wrong += ["%s: is not in the manifest" % name for name in files if name not in names]
    for entry in said["files"]:
        name = entry["name"]
        if name not in files:
            wrong.append("%s: is missing" % name)
        elif len(files[name]) != entry["bytes"] or sha256(files[name]).hexdigest() != entry["sha256"]:
            wrong.append("%s: was changed" % name)
    for segment in said["segments"]:
        if segment.get("file") in files:
            wrong += chain_faults(segment, files[segment["file"]])
    return wrong


if __name__ == "__main__":
    found = faults(sys.argv[1], sys.argv[2])
    print("\n".join(found) if found else "whole, and signed by that key")
    sys.exit(1 if found else 0)
