"""Digests: short fingerprints of data, the same on every machine."""

from __future__ import annotations

from hashlib import blake2b


def digest_bytes(*parts: bytes) -> str:
    """Return 16 bytes of BLAKE2b over the parts (each preceded by its length), as 32 hex digits."""
    h = blake2b(digest_size=16)
    for part in parts:
        h.update(len(part).to_bytes(8, "little"))
        h.update(part)
    return h.hexdigest()
