"""Imports over HTTP: a file is uploaded, looked at, and stored when somebody says so."""
