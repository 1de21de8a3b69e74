"""Prints a token that signs one of your users in at the chat: python3 sign.py <external id>

Call this on your backend, for the user whom your own session knows. Never in the browser: who has the secret can be
any of your users.
"""
import base64
import hashlib
import hmac
import json
import os
import sys
import time

LIFETIME = 15 * 60  # seconds


def sign(external_id: str, key_id: str, secret: str) -> str:
    now = int(time.time())
    header = {"alg": "HS256", "typ": "JWT", "kid": key_id}
    claims = {"scope": "user", "external_id": external_id, "iat": now, "exp": now + LIFETIME}
    text = part(json.dumps(header).encode()) + "." + part(json.dumps(claims).encode())
    # The secret is used as the text that it is: it is not decoded.
    return text + "." + part(hmac.new(secret.encode(), text.encode(), hashlib.sha256).digest())


def part(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


if __name__ == "__main__":
    key_id, secret = os.environ.get("PARLOR_KEY_ID"), os.environ.get("PARLOR_SECRET")
    if not key_id or not secret or len(sys.argv) != 2 or not sys.argv[1]:
        sys.exit("Set PARLOR_KEY_ID and PARLOR_SECRET, and give the external id of a user.")
    print(sign(sys.argv[1], key_id, secret))  # your own id of the user, always a string: str(user.id)
