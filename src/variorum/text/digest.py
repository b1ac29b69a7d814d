"""Names for things made from what they are, so that ids never depend on order or on a row number."""

import hashlib


def digest(*parts: str, length: int = 16) -> str:
    """The first ``length`` hexadecimal digits of the SHA-256 of the parts, each told from its neighbours."""
    hashed = hashlib.sha256()
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass")
        hashed.update(len(raw).to_bytes(8, "big"))
        hashed.update(raw)
    return hashed.hexdigest()[:length]
