"""What was talked about: meetings and consultations that are over, and what was called off."""

from datetime import timedelta

from models.permissions import Role
from models.sessions.kinds import SessionKind, SessionStatus
from models.sessions.payloads import CreateSession
from server.seed.lessons import algebra_week_1, algebra_week_2, coral_reefs
from server.seed.scene import Scene, slot
from server.seed.stage import Stage


async def sprint_review(stage: Stage) -> None:
    """A meeting with a pause, a message corrected and one taken back."""
    start, end = slot(stage, 6, 13, 60)
    data = CreateSession(
        title="Sprint review 41",
        description="What we finished, what we did not, and what we learned from both.",
        kind=SessionKind.MEETING,
        status=SessionStatus.SCHEDULED,
        start_time=start,
        end_time=end,
        tags=["sprint", "data team"],
    )
    scene = await Scene.set_up(stage, "grace", data, start - timedelta(days=8))
    scene.at(start)
    await scene.open_with("jonas", "priya", "fatima", "olaf")
    await scene.says("grace", "Jonas, will you start with the import?")
    first = await scene.says("jonas", "The import now takes 40 minutes instead of 6 hours.")
    await scene.corrects("jonas", first, "The import now takes 14 minutes instead of 6 hours.")
    await scene.says("fatima", "That is a typo I like.", first)
    wrong_window = await scene.says("olaf", "yes please, with extra cheese")
    await scene.takes_back("olaf", wrong_window)
    scene.pass_time(20)
    await scene.says("grace", "Five minutes' break. Coffee.")
    await scene.pauses()
    scene.pass_time(6)
    await scene.resumes()
    await scene.says(
        "priya", "Not finished: the dashboard. The numbers disagree with the old one on Sundays."
    )
    await scene.raises_hand("fatima")
    await scene.says("fatima", "Sundays are in two time zones there. I had that last year, I will help.")
    poll = await scene.asks("Which day for the next review?", "Tuesday", "Thursday")
    await scene.votes(poll, 1, "jonas", "fatima", "priya")
    await scene.votes(poll, 0, "olaf")
    await scene.closes_poll(poll)
    await scene.leaves("olaf")
    await scene.says("grace", "Thursday it is. Planning is tomorrow. Thank you all.")
    await scene.ends()


async def flaky_import(stage: Stage) -> None:
    """A coding room: only people with an account, let in one by one, recorded twice."""
    start, end = slot(stage, 3, 14, 90)
    data = CreateSession(
        title="Pairing: the import job that fails on Mondays",
        description="It fails one Monday in three. We look for it together until we have it.",
        kind=SessionKind.CODING,
        status=SessionStatus.SCHEDULED,
        start_time=start,
        end_time=end,
        tags=["python", "data team"],
    )
    scene = await Scene.set_up(stage, "jonas", data, start - timedelta(days=1))
    scene.at(start)
    await scene.open_with("kenji", "priya", "olaf")
    await scene.admits("jonas", "kenji", "priya")
    await scene.turns_away("jonas", "olaf", "Full table today; I will show you tomorrow.")
    await scene.makes("kenji", Role.PRESENTER)
    await scene.gives_consent("kenji", "priya")
    await scene.records("Finding it")
    await scene.says("kenji", "It only fails when the file of Sunday is empty. Look at the log of the 9th.")
    await scene.says("jonas", "An empty file has no header, and we take the first line as one.")
    await scene.stops_recording()
    scene.pass_time(30)
    await scene.records("Repairing it")
    await scene.says("priya", "Test first: an empty file gives no rows and no error.")
    await scene.says("kenji", "Green. Merged. Goodbye, Mondays.")
    await scene.ends()


async def thesis_consultation(stage: Stage) -> None:
    """A consultation that nobody else gets into."""
    start, end = slot(stage, 1, 11, 30)
    data = CreateSession(
        title="Consultation: thesis outline",
        description="Amara's outline, chapter by chapter.",
        kind=SessionKind.CONSULTATION,
        status=SessionStatus.SCHEDULED,
        start_time=start,
        end_time=end,
        tags=["thesis"],
    )
    scene = await Scene.set_up(stage, "mei", data, start - timedelta(days=4))
    scene.at(start)
    await scene.open_with("amara")
    await scene.admits("mei", "amara")
    await scene.locks()
    await scene.says("mei", "Chapter two and three want to change places. Do you see why?")
    await scene.says("amara", "Because the method only makes sense after the question. Yes.")
    scene.pass_time(22)
    await scene.says("mei", "Send me the new outline by Friday, and well done.")
    await scene.ends()


async def old_maps(stage: Stage) -> None:
    """A lecture that was called off before it began."""
    start, end = slot(stage, 2, 18, 60)
    data = CreateSession(
        title="Guest lecture: reading old maps",
        description="Why sea monsters stand where they stand.",
        kind=SessionKind.LECTURE,
        status=SessionStatus.SCHEDULED,
        start_time=start,
        end_time=end,
        tags=["open lecture", "history"],
    )
    scene = await Scene.set_up(stage, "fatima", data, start - timedelta(days=20))
    scene.at(start - timedelta(hours=5))
    await scene.is_called_off("The speaker is ill. A new date will be announced next week.")


async def budget_round(stage: Stage) -> None:
    """A meeting that was broken off in the middle."""
    start, end = slot(stage, 4, 10, 60)
    data = CreateSession(
        title="Budget round, second reading",
        kind=SessionKind.MEETING,
        status=SessionStatus.SCHEDULED,
        start_time=start,
        end_time=end,
        tags=["budget"],
    )
    scene = await Scene.set_up(stage, "grace", data, start - timedelta(days=3))
    scene.at(start)
    await scene.open_with("olaf", "fatima")
    await scene.says("grace", "We were at line 7, travel.")
    await scene.says("olaf", "Do you hear that?")
    await scene.is_called_off("Fire alarm in the building. Everybody is fine; we meet again on Thursday.")


async def trial_run(stage: Stage) -> None:
    """A session somebody made to try things out, and deleted."""
    created_at = stage.now - timedelta(days=15)
    data = CreateSession(title="Test, please ignore", kind=SessionKind.MEETING, tags=["test"])
    scene = await Scene.set_up(stage, "ada", data, created_at)
    await scene.is_called_off("Only a test")
    scene.pass_time(30)
    await scene.is_deleted()


PAST = (
    trial_run,
    algebra_week_1,
    coral_reefs,
    algebra_week_2,
    sprint_review,
    budget_round,
    flaky_import,
    old_maps,
    thesis_consultation,
)
