# The pages.
FROM node:24-slim AS pages
WORKDIR /src/frontend
COPY frontend/package.json frontend/package-lock.json frontend/.npmrc ./
RUN npm ci --no-audit --no-fund
COPY frontend ./
RUN npm run build

# The server, in a virtual environment that the last stage takes as it is.
FROM python:3.13-slim AS server
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never
RUN pip install --no-cache-dir uv==0.13.9
WORKDIR /app
COPY pyproject.toml uv.lock README.md LICENSE ./
# What we depend on changes seldom, so it is a layer of its own.
RUN uv sync --frozen --no-dev --no-install-project --no-cache
COPY api api
COPY migrations migrations
COPY openapi openapi
COPY alembic.ini ./
RUN uv sync --frozen --no-dev --no-cache && python -m compileall -q api migrations

FROM python:3.13-slim
LABEL org.opencontainers.image.title="Trellis" \
      org.opencontainers.image.description="A home for communities of practice" \
      org.opencontainers.image.licenses="Apache-2.0"
RUN groupadd --gid 10001 trellis \
 && useradd --uid 10001 --gid trellis --no-create-home --home-dir /data --shell /usr/sbin/nologin trellis \
 && install -d -o trellis -g trellis -m 0750 /data
WORKDIR /app
# The code belongs to root: a process that is broken into cannot rewrite it.
COPY --from=server /app ./
COPY --from=pages /src/frontend/dist frontend/dist
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    TRELLIS_DATABASE_URL=sqlite:////data/trellis.db \
    TRELLIS_FRONTEND_DIR=/app/frontend/dist
# Numbers, so that an orchestrator can see that this is not root.
USER 10001:10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=3s --start-period=20s --retries=3 \
  CMD ["python", "-c", "import urllib.request as web; web.urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
CMD ["trellis", "serve", "--host", "0.0.0.0", "--port", "8000"]
