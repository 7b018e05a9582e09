# Two stages: the first builds the environment, the second holds it and runs as a user without rights.
FROM python:3.12-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /srv/venv
ENV PATH=/srv/venv/bin:$PATH
WORKDIR /srv/demarche
COPY requirements.lock ./
RUN pip install --require-hashes -r requirements.lock
COPY pyproject.toml README.md ./
COPY app app
COPY migrations migrations
COPY seeds seeds
# Editable, so that the migrations are found beside the package.
RUN pip install --no-deps --no-build-isolation --editable .

FROM python:3.12-slim
ENV PATH=/srv/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
ENV HOST=0.0.0.0 PORT=8000 DATABASE_URL=sqlite:////data/demarche.db
RUN groupadd --system --gid 10001 demarche \
    && useradd --system --uid 10001 --gid demarche --no-create-home --home-dir /data demarche \
    && install --directory --owner=demarche --group=demarche /data
COPY --from=build /srv /srv
WORKDIR /srv/demarche
USER demarche
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as u; u.build_opener(u.ProxyHandler({})).open('http://127.0.0.1:' + os.environ['PORT'] + '/readyz', timeout=4)"]
CMD ["demarche", "serve"]
