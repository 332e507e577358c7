"""What is to come: sessions with a date, and drafts without one."""

from datetime import datetime, timedelta

from models.sessions.kinds import SessionKind, SessionStatus
from models.sessions.payloads import CreateSession, SettingsPatch
from server.seed.scene import Scene
from server.seed.stage import Stage


def _next(stage: Stage, days: int, hour: int) -> datetime:
    return (stage.now + timedelta(days=days)).replace(hour=hour, minute=0, second=0, microsecond=0)


async def office_hours(stage: Stage) -> None:
    """Soon, and the first one is waiting already."""
    start = stage.now.replace(second=0, microsecond=0) + timedelta(minutes=25)
    data = CreateSession(
        title="Office hours",
        description="For anything that fits into a quarter of an hour. No appointment needed.",
        kind=SessionKind.CONSULTATION,
        status=SessionStatus.SCHEDULED,
        start_time=start,
        end_time=start + timedelta(hours=1),
        tags=["office hours"],
    )
    scene = await Scene.set_up(stage, "ada", data, stage.now - timedelta(days=3))
    scene.at(stage.now - timedelta(minutes=2))
    await scene.enter("lucia")


async def night_sky(stage: Stage) -> None:
    """A lecture whose doors are not open yet."""
    start = stage.now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=4)
    data = CreateSession(
        title="Open lecture: the night sky in winter",
        description="Three stars to start from, and what you find on the way. Bring a window.",
        kind=SessionKind.LECTURE,
        status=SessionStatus.SCHEDULED,
        start_time=start,
        end_time=start + timedelta(minutes=75),
        available_languages=["en", "es"],
        tags=["open lecture", "astronomy"],
    )
    await Scene.set_up(stage, "fatima", data, stage.now - timedelta(days=8))


async def sprint_planning(stage: Stage) -> None:
    """A meeting tomorrow, moved once."""
    start = _next(stage, 1, 13)
    data = CreateSession(
        title="Sprint planning 42",
        description="What we promise for the next two weeks, and what we leave out on purpose.",
        kind=SessionKind.MEETING,
        status=SessionStatus.SCHEDULED,
        start_time=start,
        end_time=start + timedelta(minutes=60),
        tags=["sprint", "data team"],
    )
    await Scene.set_up(stage, "grace", data, stage.now - timedelta(days=5))


async def algebra_week_4(stage: Stage) -> None:
    """Next week's class."""
    start = _next(stage, 7, 9)
    data = CreateSession(
        title="Algebra, week 4: completing the square",
        description="One trick, four thousand years old, and a drawing that explains it.",
        kind=SessionKind.CLASS,
        status=SessionStatus.SCHEDULED,
        start_time=start,
        end_time=start + timedelta(minutes=50),
        tags=["algebra", "year 9"],
    )
    await Scene.set_up(stage, "ada", data, stage.now - timedelta(days=2))


async def code_review_club(stage: Stage) -> None:
    """A coding room in ten days."""
    start = _next(stage, 10, 16)
    data = CreateSession(
        title="Code review club: reading other people's tests",
        description="We read the tests of a project that none of us knows, and say what it does.",
        kind=SessionKind.CODING,
        status=SessionStatus.SCHEDULED,
        start_time=start,
        end_time=start + timedelta(minutes=90),
        tags=["python", "reading"],
    )
    await Scene.set_up(stage, "priya", data, stage.now - timedelta(days=1))


async def drafts(stage: Stage) -> None:
    """What people are still thinking about."""
    plans = (
        (
            "ada",
            CreateSession(
                title="Algebra, week 5: the formula",
                description="Notes: begin with the drawing again. Who can come to the board?",
                kind=SessionKind.CLASS,
                tags=["algebra", "year 9"],
            ),
        ),
        (
            "jonas",
            CreateSession(
                title="Kata evening",
                description="Roman numerals, in a language you do not know.",
                kind=SessionKind.CODING,
                settings=SettingsPatch(allow_guests=True),
                tags=["practice"],
            ),
        ),
        (
            "amara",
            CreateSession(
                title="Lecture: what glaciers remember",
                kind=SessionKind.LECTURE,
                original_language="fr",
                tags=["open lecture"],
            ),
        ),
    )
    for days_ago, (owner, plan) in enumerate(plans):
        await Scene.set_up(stage, owner, plan, stage.now - timedelta(days=days_ago, hours=3))


FUTURE = (office_hours, night_sky, sprint_planning, algebra_week_4, code_review_club, drafts)
