"""Real servers that a test asks for by URL: skipped where one is absent, insisted on in CI."""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest

POSTGRES = os.environ.get("REDACTOR_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")
REDIS = os.environ.get("REDACTOR_TEST_REDIS", "redis://127.0.0.1:6379/15")
RABBIT = os.environ.get("REDACTOR_TEST_RABBIT", "amqp://guest:guest@127.0.0.1:5672//")


def need(url: str) -> str:
    """The URL; the test is skipped where nothing listens there, and fails where CI insists."""
    parts = urlsplit(url)
    try:
        socket.create_connection((parts.hostname or "127.0.0.1", parts.port or 0), 1).close()
    except OSError:
        missing = f"no {parts.scheme} server on port {parts.port}"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    return url


@contextmanager
def postgres() -> Iterator[str]:
    """The URL of a new, empty PostgreSQL database, dropped afterwards."""
    import psycopg

    name = f"redactor_test_{secrets.token_hex(6)}"
    with psycopg.connect(need(POSTGRES), autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        try:
            yield urlsplit(POSTGRES)._replace(path=f"/{name}").geturl()
        finally:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def s3(bucket: str) -> Iterator[str]:
    """The URL of a new bucket on a real S3 server on a real port; the environment tells of it."""
    import boto3
    import s3fs
    from moto.server import ThreadedMotoServer

    s3fs.S3FileSystem.clear_instance_cache()  # one of an earlier server would be taken again
    server = ThreadedMotoServer("127.0.0.1", 0)
    server.start()
    host, port = server.get_host_and_port()
    own = {"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b", "AWS_DEFAULT_REGION": "us-east-1",
           "AWS_ENDPOINT_URL": f"http://{host}:{port}"}  # fmt: skip
    before = {k: os.environ.get(k) for k in own}
    os.environ.update(own)
    try:
        boto3.client("s3").create_bucket(Bucket=bucket)
        yield f"s3://{bucket}"
    finally:
        server.stop()
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})
