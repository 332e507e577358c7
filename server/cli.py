"""The command line: `convene serve`, `migrate`, `seed`, `backup`, `restore`, `grant`, `doctor`, `audit`."""

import asyncio
import sys
from functools import partial
from importlib import metadata
from pathlib import Path
from typing import Annotated

import structlog
import typer

from models.clock import SystemClock
from models.identity.system_roles import SUPER_ADMIN
from models.settings import Settings
from server.audit_cli import audit
from server.doctor.examination import examine
from server.logs import configure_logging
from server.refusals import Refusal, check_secret, database_faults_as_refusals, load_settings
from server.schema import migrate as bring_up_to_date
from server.schema import require_schema
from server.seed.people import ADMIN, PASSWORD, PEOPLE
from server.seed.planting import plant
from server.serving import Serving, Site, listen, serve_on, shown_address
from server.serving import serve as serve_until_stopped
from server.supervising import MAX_WORKERS, Inherited, check_workers, inherited_socket, supervise

log = structlog.get_logger(__name__)

app = typer.Typer(
    name="convene",
    help="Live sessions with a waiting room, roles, moderation and a complete record.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(audit, name="audit")


def main() -> None:
    """Runs a command. What a person can put right is said in a sentence; anything else is logged as a fault."""
    try:
        app()
    except Refusal as refusal:
        sys.exit(f"convene: {refusal}")
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception:
        log.exception("cli.fault")
        sys.exit("convene: something went wrong on our side; the line above says where.")


def _print_version(asked: bool) -> None:  # noqa: FBT001  (typer calls it so)
    if asked:
        typer.echo(f"convene {metadata.version('convene')}")
        raise typer.Exit


@app.callback()
def _start(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    """Convene is configured by environment variables; the README lists them, `convene doctor` shows them."""


@app.command()
def serve(
    host: Annotated[
        str | None, typer.Option(help="Address to listen on; 0.0.0.0 for every one of this machine.")
    ] = None,
    port: Annotated[
        int | None, typer.Option(min=0, max=65_535, help="Port to listen on; 0 for any free one.")
    ] = None,
    workers: Annotated[
        int,
        typer.Option(min=1, max=MAX_WORKERS, help="Processes that serve together; more than one need Redis."),
    ] = 1,
    inherited: Annotated[str, typer.Option(hidden=True)] = "",
) -> None:
    """Serve the site until Ctrl C or SIGTERM. With several workers, SIGHUP replaces them one after the other."""
    settings = load_settings(host=host, port=port)
    configure_logging(settings)
    if inherited:
        _serve_as_worker(settings, inherited)
        return
    check_secret(settings)
    check_workers(settings, workers)
    asyncio.run(require_schema(settings))
    if workers == 1:
        serve_until_stopped(settings, _site(), _announce)
        return
    listener = listen(settings.host, settings.port)
    address = shown_address(settings, listener)
    supervise(listener, workers, lambda: _announce(address))


@app.command()
def migrate() -> None:
    """Bring the database to the schema of this version."""
    settings = load_settings()
    configure_logging(settings)
    before, after = asyncio.run(bring_up_to_date(settings))
    was = "empty" if before is None else f"at {before}"
    typer.echo(f"The database is up to date ({after}; it was {was}).")


@app.command()
def seed(
    *,
    again: Annotated[bool, typer.Option("--again", help="Play the demo's sessions once more.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Even though other people have accounts.")] = False,
) -> None:
    """Fill the site with people and sessions to look at."""
    settings = load_settings()
    configure_logging(settings)
    check_secret(settings)
    asyncio.run(require_schema(settings))
    with database_faults_as_refusals(settings):
        planted = asyncio.run(plant(settings, SystemClock().now(), again=again, force=force))
    typer.echo(
        f"{planted.people} people, {planted.sessions} sessions, {planted.events} events. "
        f"Sign in as {ADMIN}@example.com (administrator), {PEOPLE[1].email}, … with the password {PASSWORD}"
    )


@app.command()
def backup(
    file: Annotated[
        Path, typer.Argument(help="The file to write. It holds secrets: keep it as you keep those.")
    ],
    *,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it is there.")] = False,
) -> None:
    """Write database, files and the generated secret into one file, while the site goes on serving."""
    # The other commands start faster without it.
    from server.backup.making import check_target, make_backup  # noqa: PLC0415

    settings = load_settings()
    configure_logging(settings)
    check_target(file, force=force)
    manifest = asyncio.run(make_backup(settings, file))
    size = sum(part.size_bytes for part in manifest.parts)
    typer.echo(
        f"{file} holds the site: {len(manifest.parts)} parts, {size:,} bytes, schema {manifest.revision}."
    )


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="What `convene backup` has written.")],
    *,
    force: Annotated[bool, typer.Option("--force", help="Replace everything that is there.")] = False,
) -> None:
    """Make the site what a backup says. Stop the server first; rooms that saw something newer are loaded anew."""
    # The other commands start faster without it.
    from server.backup.restoring import restore_backup  # noqa: PLC0415

    settings = load_settings()
    configure_logging(settings)
    manifest = asyncio.run(restore_backup(settings, file, force=force))
    typer.echo(f"The site is as it was at {manifest.made_at} (Convene {manifest.convene}).")


@app.command()
def grant(
    email: Annotated[str, typer.Argument(help="The address of an account that is there.")],
    role: Annotated[str, typer.Option(help="A role of the system.")] = SUPER_ADMIN,
    tenant: Annotated[
        str | None, typer.Option(help="Whose account, by its slug, if several have it.")
    ] = None,
) -> None:
    """Give an account a role: how a site gets its first administrator."""
    # The other commands start faster without it.
    from server.granting import grant as give  # noqa: PLC0415

    settings = load_settings()
    configure_logging(settings)
    check_secret(settings)
    asyncio.run(require_schema(settings))
    with database_faults_as_refusals(settings):
        name = asyncio.run(give(settings, email, role, tenant))
    typer.echo(f"{name} ({email}) is {role} now.")


@app.command()
def doctor() -> None:
    """Examine configuration, folder, secret, database, Redis, port and client; say what to do. Fails if one is ill."""
    if not asyncio.run(examine()):
        raise typer.Exit(1)


def _serve_as_worker(settings: Settings, inherited: str) -> None:
    # The other commands start faster without it.
    from server.siblings import siblings_folder  # noqa: PLC0415

    with inherited_socket(Inherited.parse(inherited)) as (listener, say_ready):
        serve_on(settings, _site(siblings_folder()), Serving(listener, say_ready, has_siblings=True))


def _site(siblings_folder: Path | None = None) -> Site:
    # The other commands start faster without these.
    from realtime.wire.protocol import WebSocketProtocol  # noqa: PLC0415
    from server.app import create_app  # noqa: PLC0415

    return Site(partial(create_app, siblings_folder=siblings_folder), WebSocketProtocol)


def _announce(address: str) -> None:
    typer.echo(f"Convene is at {address} — open it to start or join a session.")
    sys.stdout.flush()
