"""Which organizations fit an event or criteria: facts, what each criterion says of them, and scores.

All of it suggests; the Extended Bureau decides.
"""
