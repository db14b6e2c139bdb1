#!/usr/bin/env python3
"""Checks an exported Rosterkeep ledger, with nothing but Python's own library (3.8 or later).

    python3 verify-ledger.py EXPORT [--key HEX] [--print]

EXPORT is the directory or the zip. --key is the ledger's public key as the district gave it to you; without it the
export's own is used, which proves only that nothing was changed since somebody with that key signed it. --print writes
every record as a line of JSON. Ends with 0 when all is well, 1 when something was changed, 2 when used wrongly."""
import base64, gzip, hashlib, json, os, re, sys, zipfile

P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493  # Ed25519, RFC 8032 section 5.1 and 6
D = -121665 * pow(121666, P - 2, P) % P
def add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P
def mul(s, p):
    q = (0, 1, 1, 0)
    while s:
        q, p, s = add(q, p) if s & 1 else q, add(p, p), s >> 1
    return q
def same(p, q):
    return (p[0] * q[2] - q[0] * p[2]) % P == 0 and (p[1] * q[2] - q[1] * p[2]) % P == 0
def point(b):
    y = int.from_bytes(b, "little"); sign, y = y >> 255, y & (1 << 255) - 1
    xx = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(xx, (P + 3) // 8, P)
    if (x * x - xx) % P: x = x * pow(2, (P - 1) // 4, P) % P
    if y >= P or (x * x - xx) % P or (x == 0 and sign): raise ValueError("no point of the curve")
    if x & 1 != sign: x = P - x
    return x, y, 1, x * y % P
BASE = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))
def signed(key, message, sig):
    try:
        a, r, s = point(key), point(sig[:32]), int.from_bytes(sig[32:], "little")
    except ValueError:
        return False
    h = int.from_bytes(hashlib.sha512(sig[:32] + key + message).digest(), "little") % L
    return len(sig) == 64 and s < L and same(mul(s, BASE), add(r, mul(h, a)))

def broken(name, number, what):
    sys.exit(print(f"BROKEN at record {number} in {name}: {what}") or 1)
def holds(key, heading, payload):
    cut = payload.rfind(b',"sig":"')
    return cut > 0 and signed(key, heading + payload[:cut], base64.b64decode(payload[cut + 8:-2]))
def main(args):
    if not args or args[0].startswith("-"): print(__doc__); sys.exit(2)
    if zipfile.is_zipfile(args[0]):
        z = zipfile.ZipFile(args[0]); names, read = z.namelist(), z.read
    else:
        names, read = os.listdir(args[0]), lambda n: open(os.path.join(args[0], n), "rb").read()
    note = read("export.json"); claim = json.loads(note)
    key = bytes.fromhex(args[args.index("--key") + 1] if "--key" in args else claim["key"])
    if not holds(key, b"rosterkeep ledger export 1\n", note): broken("export.json", 0, "not signed by this key")
    files = sorted(n for n in names if re.fullmatch(r"\d{8}\.log(\.gz)?", n))
    head, number, checkpoints = bytes(32), 0, 0
    for i, name in enumerate(files):
        if int(name[:8]) != i + 1: broken(name, number + 1, f"segment {i + 1} is missing")
        try: data, at = (gzip.decompress(read(name)) if name.endswith(".gz") else read(name)), 0
        except (EOFError, OSError, gzip.zlib.error): broken(name, number + 1, "the file is damaged")
        while at < len(data):
            size = int.from_bytes(data[at:at + 4], "big"); end = at + 36 + size
            payload, digest, at = data[at + 4:end - 32], data[end - 32:end], end
            if end > len(data): broken(name, number + 1, "the file ends, or is damaged, inside this record")
            try: record = json.loads(payload)
            except ValueError: broken(name, number + 1, "the record's text was changed")
            if record.get("n") != number + 1: broken(name, number + 1, f"record {record.get('n')} stands in its place")
            if hashlib.sha256(head + payload).digest() != digest: broken(name, number + 1, "its hash does not fit")
            if record["k"] == "checkpoint":
                if record["head"] != head.hex() or not holds(key, b"rosterkeep ledger checkpoint 1\n", payload):
                    broken(name, number + 1, "the checkpoint's signature does not fit: the records before it were rewritten")
                checkpoints += 1
            head, number = digest, number + 1
            if "--print" in args: print(payload.decode())
    if (number, head.hex()) != (claim["records"], claim["head"]): broken(files[-1], number + 1, "the end is not the signed one")
    print(f"SOUND: {number} records, {checkpoints} signed checkpoints, head {head.hex()}", file=sys.stderr)
    if "--key" not in args: print(f"The key is the export's own; compare it: {key.hex()}", file=sys.stderr)

main(sys.argv[1:])
