"""The whole examination, in the order in which things depend on each other."""

from models.settings import Settings
from server.doctor.configuration import PART, describe_settings, examine_configuration
from server.doctor.database import examine_database
from server.doctor.finding import Finding, ill
from server.doctor.folder import examine_folder, examine_secret
from server.doctor.mail import examine_mail
from server.doctor.report import print_report
from server.doctor.surroundings import examine_client, examine_port, examine_redis
from server.refusals import Refusal, load_settings


async def examine() -> bool:
    """Examines the site and prints the report. Whether it can be served."""
    try:
        settings = load_settings()
    except Refusal as refusal:
        print_report([], [ill(PART, fault) for fault in str(refusal).splitlines()])
        return False
    findings = await _findings(settings)
    print_report(describe_settings(settings), findings)
    return all(finding.state != "ill" for finding in findings)


async def _findings(settings: Settings) -> list[Finding]:
    return [
        *examine_configuration(),
        examine_folder(settings),
        examine_secret(settings),
        *await examine_database(settings),
        await examine_redis(settings),
        await examine_mail(settings),
        examine_port(settings),
        examine_client(),
    ]
