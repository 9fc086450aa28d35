"""Every knob, read from the environment as REDACTOR_*. docs/settings.md is tested against it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

Render = Literal["auto", "vector", "pixels"]
ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Settings of one process; order of precedence: argument, environment, default."""

    model_config = SettingsConfigDict(env_prefix="REDACTOR_", extra="ignore", frozen=True)

    # what may come in
    max_bytes: int = Field(200_000_000, gt=0, description="Largest case file in bytes.")
    max_pages: int = Field(3000, gt=0, description="Most pages of one case file.")
    max_page_inches: float = Field(200.0, gt=0, description="Longest side of a page in inches.")
    max_pixels: int = Field(100_000_000, gt=0, description="Most pixels of one image or page.")
    max_seconds: float = Field(600.0, gt=0, description="Time limit for one case file.")
    page_seconds: float = Field(
        5.0, gt=0, description="The same for each of its pages; the longer of both limits holds."
    )
    max_memory: int = Field(
        4 * 2**30, gt=2**29, description="Address space in bytes of the process that has the file."
    )

    # reading
    model: str = Field("", description="An installed spaCy package; empty for the shipped one.")
    models_dir: Path = Field(ROOT / "models", description="Folder of the shipped models.")
    tessdata: Path | None = Field(None, description="Folder of Tesseract's language data.")
    ocr_strategy: Literal["auto", "fast", "thorough"] = Field(
        "auto", description="auto: second reader in doubt; fast: one reader; thorough: both."
    )
    ocr_dpi: int = Field(200, ge=100, le=600, description="Resolution at which pages are read.")
    page_workers: int = Field(
        1, ge=1, description="Pages of one case file that are read at once, by OCR and for names."
    )
    readings_dir: Path | None = Field(
        None,
        description="Folder where what OCR read is kept sealed, so that no page is read twice; "
        "empty: nowhere.",
    )
    min_dpi: float = Field(150.0, description="Scans below this resolution are held.")
    min_confidence: float = Field(0.6, description="Pages read with less confidence are held.")

    # deciding
    policies_dir: Path | None = Field(None, description="Folder of further jurisdictions.")

    # writing
    render: Render = Field(
        "auto",
        description="How pages are written. vector: as letters and lines where a page is proved to "
        "look the same, else as its picture; auto: the same for plain text alone; pixels: as "
        "pictures. A policy may ask for more pictures.",
    )
    render_by_unit: tuple[tuple[str, Render], ...] = Field(
        (), description='The same for single units, as JSON: [["east", "pixels"]].'
    )
    output_dpi: int = Field(200, ge=100, le=600, description="Resolution of a pixel page.")
    certificate_key: Path | None = Field(
        None,
        description="Key file that signs certificates; made on first use, in the data folder.",
    )
    log_key: str = Field("", description="Secret that keys the digests of the internal log.")

    # the service
    data_dir: Path = Field(ROOT / "var", description="Folder for jobs and their files.")
    database_url: str = Field(
        "", description="sqlite:///... or postgresql://...; empty for a file in the folder of jobs."
    )
    files_url: str = Field(
        "", description="Folder or s3://bucket/prefix of the jobs' files; empty: the data folder."
    )
    files_key: str = Field(
        "", description="Keys that seal files, id:base64 parted by commas; the last one seals."
    )
    files_key_file: Path | None = Field(
        None, description="File of such keys, one a line; by default files.keys in the data folder."
    )
    files_key_hook: str = Field(
        "", description="module:function that hands out the keys, from a key management service."
    )
    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: int = Field(8765, description="Port to listen on.")
    workers: int = Field(2, ge=1, description="Case files worked on at once.")
    engine: Literal["inline", "huey", "celery"] = Field(
        "huey",
        description="What carries jobs to workers: inline (the web process), huey or celery.",
    )
    broker_url: str = Field(
        "",
        description="huey: redis://..., empty for a file in the data folder; celery: amqp:// or redis://.",
    )
    queue: str = Field("redactor", description="Name of the queue in a broker that others share.")
    lease_seconds: float = Field(
        60.0, gt=0, description="A worker that shows no life for so long has lost its job."
    )
    max_attempts: int = Field(3, ge=1, description="Tries of a job before it is quarantined.")
    sweep_seconds: float = Field(
        15.0, gt=0, description="How often lost and forgotten jobs are looked for."
    )
    stop_seconds: float = Field(
        50.0, ge=0, description="How long a worker that is stopped may finish the jobs in hand."
    )
    keep_originals_days: float = Field(
        30.0, ge=0, description="Originals and drafts are purged so long after a job; 0: never."
    )
    keep_releases_days: float = Field(
        90.0, ge=0, description="Releases are removed so long after their job; 0: never."
    )
    keep_reviews_days: float = Field(
        180.0, ge=0, description="What waits for a person is given up and removed then; 0: never."
    )
    keep_days_by_unit: tuple[tuple[str, float, float] | tuple[str, float, float, float], ...] = (
        Field(
            (),
            description="Originals, releases and, if given, reviews of single units, as JSON: "
            '[["east", 30, 365, 90]].',
        )
    )
    max_queue: int = Field(100, ge=1, description="Jobs that may wait before 503 is answered.")
    max_wait: float = Field(60.0, ge=0, description="Longest ?wait= in seconds.")

    # the door
    insecure_demo: bool = Field(
        False, description="Let anybody do anything; only on a loopback address, to try it out."
    )
    audit_key: str = Field("", description="Secret that seals the audit trail.")
    two_person: bool = Field(
        False, description="A release is made by a person who decided nothing on its job."
    )
    login_tries: int = Field(5, ge=1, description="Wrong passwords before an account is locked.")
    login_lock: float = Field(900.0, ge=1, description="Seconds that an account is locked.")
    login_idle: float = Field(1800.0, gt=0, description="Seconds without use that end a login.")
    login_longest: float = Field(43200.0, gt=0, description="Seconds after which a login ends.")
    rate_limit: str = Field(
        "1200/minute", description="Requests of one key, login or address; empty for no limit."
    )
    rate_storage: str = Field(
        "memory://", description="Where requests are counted; redis://... for several machines."
    )
    allowed_hosts: str = Field(
        "", description="Host names the service answers to, with commas between; empty for any."
    )
    webhook_hosts: str = Field(
        "", description="Hosts that webhooks may go to, with commas between; empty for none."
    )
    webhook_private: bool = Field(
        False, description="Let webhooks go to private addresses, other ports and plain HTTP."
    )
    traces: bool = Field(
        False, description="Tell OpenTelemetry of requests and stages; OTEL_* say where."
    )
    oidc_issuer: str = Field(
        "", description="Address of an OpenID Connect provider people log in with; empty for none."
    )
    oidc_client_id: str = Field("", description="What that provider knows this service as.")
    oidc_client_secret: str = Field("", description="The secret that goes with it.")
    oidc_roles: str = Field(
        "",
        description="group=role pairs with commas between; who is in none does not get in.",
    )
    oidc_groups_claim: str = Field("groups", description="Claim of the token that lists groups.")
    oidc_unit_claim: str = Field("", description="Claim that names the unit; empty for main.")
    trusted_proxies: int = Field(
        0, ge=0, description="Proxies in front whose X-Forwarded-* headers are believed."
    )

    def of_unit(self, unit: str) -> Settings:
        """The settings for the jobs of a unit."""
        render = dict(self.render_by_unit).get(unit)
        return self.model_copy(update={"render": render}) if render else self

    def seconds(self, pages: int) -> float:
        """Time limit in seconds for a case file of so many pages."""
        return max(self.max_seconds, pages * self.page_seconds)

    @property
    def certificate_path(self) -> Path:
        """The file of the key that signs certificates."""
        return self.certificate_key or self.data_dir / "certificate.key"


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()
