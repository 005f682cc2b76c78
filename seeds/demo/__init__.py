"""A demonstration that is made up: networks with members, bodies, offices, meetings and applications.

Every row says that it is synthetic, every name begins with "Demo", and all of it rests on one source of
the kind DEMONSTRATION. ``python -m seeds.demo --write`` makes the tables again, ``--check`` compares.
"""
