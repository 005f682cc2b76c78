"""Slates: the best selection of a given size that keeps a set of rules, and what each rule costs."""
