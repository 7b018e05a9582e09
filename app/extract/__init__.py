"""Reads one text: date expressions, the article's own date, acts and actors. Pure, given a lexicon and today's date."""
