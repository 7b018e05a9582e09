"""Core values as bytes for the outside: the wire documents of the API and the lines of the command line."""
