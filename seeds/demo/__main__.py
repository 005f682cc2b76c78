"""``python -m seeds.demo --write`` makes the tables of the demonstration again; ``--check`` compares."""

from __future__ import annotations

import argparse
import sys

from seeds.demo.generate import generated


def main() -> int:
    """Write or compare the tables; 1 when a table differs from what is generated."""
    parser = argparse.ArgumentParser(prog="python -m seeds.demo", description=__doc__)
    choice = parser.add_mutually_exclusive_group(required=True)
    choice.add_argument("--write", action="store_true", help="write the tables")
    choice.add_argument("--check", action="store_true", help="compare the tables with what is generated")
    write = parser.parse_args().write
    stale = 0
    for table, content in generated():
        if write:
            table.path.write_bytes(content)
        elif not table.path.exists() or table.path.read_bytes() != content:
            stale += 1
            print(f"{table.path.name} is not what is generated; write it with python -m seeds.demo --write")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
