FROM python:3.13-slim-bookworm AS build

RUN python -m venv /opt/net4u
ENV PATH=/opt/net4u/bin:$PATH PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1

# The pinned packages change less often than our own code, so they are a layer of their own.
COPY requirements/build.txt requirements/runtime.txt /src/requirements/
RUN pip install --require-hashes -r /src/requirements/build.txt -r /src/requirements/runtime.txt

COPY LICENSE NOTICE README.md pyproject.toml /src/
COPY graph_api /src/graph_api
COPY schema /src/schema
COPY seeds /src/seeds
RUN pip install --no-deps --no-build-isolation /src


FROM python:3.13-slim-bookworm

RUN useradd --uid 10001 --user-group --no-create-home --home-dir /var/lib/net4u net4u \
    && install --directory --owner=net4u --group=net4u /var/lib/net4u
COPY --from=build /opt/net4u /opt/net4u

ENV PATH=/opt/net4u/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    NET4U_HOST=0.0.0.0 \
    NET4U_PORT=8000 \
    NET4U_MODE=production \
    NET4U_DATA=/var/lib/net4u
USER 10001:10001
WORKDIR /var/lib/net4u
VOLUME /var/lib/net4u
EXPOSE 8000
STOPSIGNAL SIGTERM

# Ready only once the seeds are in, which the first start takes a while for.
HEALTHCHECK --interval=10s --timeout=5s --start-period=120s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f\"http://127.0.0.1:{os.environ['NET4U_PORT']}/health/ready\", timeout=4)"]

CMD ["net4u", "serve"]
