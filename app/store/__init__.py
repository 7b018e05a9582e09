"""The store: articles, mentions, actors and events in SQL. The only package that imports SQLAlchemy or Alembic.

Functions take the session first and return core values; `engine.reading` and `engine.writing` open the sessions.
"""
