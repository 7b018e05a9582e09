"""Demarche: from news articles to a dated, sourced timeline of diplomatic acts."""
