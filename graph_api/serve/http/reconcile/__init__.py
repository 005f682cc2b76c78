"""The Reconciliation Service API of the W3C Entity Reconciliation Community Group, as OpenRefine speaks it.

Version 0.2 (https://reconciliation-api.github.io/specs/0.2/) and 1.0-draft, which differ in their forms only.
"""
