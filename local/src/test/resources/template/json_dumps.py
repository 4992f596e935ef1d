"""Reads a JSON list from standard input and prints each element as the SAM translator writes it before it hashes it, one a line."""
import json
import sys

for value in json.load(sys.stdin):
    print(json.dumps(value, separators=(",", ":"), sort_keys=True))
