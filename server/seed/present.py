"""What is going on at this moment: rooms with people in them, people who wait, a lecture in its break."""

from datetime import timedelta

from models.permissions import Role
from models.sessions.kinds import SessionKind, SessionStatus
from models.sessions.payloads import CreateSession, SettingsPatch
from server.seed.scene import Scene
from server.seed.stage import Stage


async def algebra_week_3(stage: Stage) -> None:
    """A class that runs and is recorded; a poll is open, a hand is up, three people wait."""
    start = stage.now - timedelta(minutes=20)
    data = CreateSession(
        title="Algebra, week 3: quadratic functions",
        description="What a parabola has to do with a fountain, and where it meets the ground.",
        kind=SessionKind.CLASS,
        status=SessionStatus.SCHEDULED,
        start_time=start,
        end_time=start + timedelta(minutes=50),
        tags=["algebra", "year 9"],
    )
    scene = await Scene.set_up(stage, "ada", data, start - timedelta(days=6))
    scene.at(start)
    await scene.open_with("tomas", "lucia", "noor", "priya")
    await scene.admits("ada", "priya", "tomas", "lucia", "noor", consent=True)
    await scene.makes("priya", Role.CO_HOST)
    await scene.unmutes("ada", "priya")
    await scene.records()
    await scene.says("ada", "Look out of the window: what curve does the water of the fountain make?")
    await scene.unmutes("priya", "tomas")
    await scene.says("tomas", "A hill! Up and down again.")
    await scene.says("priya", "And where is it highest?")
    poll = await scene.asks("Where is the top of y = 4 - x²?", "at x = 0", "at x = 2", "at x = 4")
    await scene.votes(poll, 0, "tomas", "noor")
    await scene.votes(poll, 1, "lucia")
    scene.pass_time(8)
    await scene.raises_hand("noor")
    await scene.enter("kenji", "Sam on the phone", "Lotte's mother")


async def stand_up(stage: Stage) -> None:
    """A short meeting with an open door."""
    start = stage.now - timedelta(minutes=6)
    data = CreateSession(
        title="Stand-up of the data team",
        description="Yesterday, today, what is in the way. Fifteen minutes, no longer.",
        kind=SessionKind.MEETING,
        status=SessionStatus.SCHEDULED,
        start_time=start,
        end_time=start + timedelta(minutes=15),
        tags=["data team"],
    )
    scene = await Scene.set_up(stage, "grace", data, start - timedelta(days=1))
    scene.at(start)
    await scene.open_with("jonas", "fatima", "olaf")
    await scene.says("jonas", "Yesterday the import, today its documentation. Nothing in the way.")
    await scene.says("fatima", "Sundays are repaired. Please look at the numbers, all of you.")


async def interview_practice(stage: Stage) -> None:
    """A coding room where somebody waits for their turn."""
    start = stage.now - timedelta(minutes=12)
    data = CreateSession(
        title="Interview practice: strings and maps",
        description="Twenty minutes each, then we talk about it. Kind words only.",
        kind=SessionKind.CODING,
        status=SessionStatus.SCHEDULED,
        start_time=start,
        end_time=start + timedelta(minutes=60),
        max_participants=6,
        tags=["python", "practice"],
    )
    scene = await Scene.set_up(stage, "kenji", data, start - timedelta(days=2))
    scene.at(start)
    await scene.open_with("amara")
    await scene.admits("kenji", "amara")
    await scene.says("kenji", "Find the first letter that occurs only once. Think aloud, take your time.")
    await scene.enter("lucia")


async def marine_acoustics(stage: Stage) -> None:
    """A lecture in its break, its recording paused."""
    start = stage.now - timedelta(minutes=45)
    data = CreateSession(
        title="Introduction to marine acoustics",
        description="How far does a whale hear? With recordings from a hydrophone off the Azores.",
        kind=SessionKind.LECTURE,
        status=SessionStatus.SCHEDULED,
        start_time=start,
        end_time=start + timedelta(minutes=90),
        available_languages=["en", "fr", "de"],
        tags=["open lecture", "physics"],
    )
    scene = await Scene.set_up(stage, "mei", data, start - timedelta(days=10))
    scene.at(start)
    await scene.open_with("olaf", "jonas", "noor", "A student from Lyon")
    await scene.gives_consent("olaf", "jonas", "noor", "A student from Lyon")
    await scene.records("Marine acoustics, part one")
    await scene.says("mei", "First a sound, then a guess: what is this?")
    scene.pass_time(34)
    await scene.says("mei", "Ten minutes' break. After it: why submarines follow the cold layers.")
    await scene.pauses_recording()
    await scene.pauses()


async def parents_evening(stage: Stage) -> None:
    """A consultation that runs, with the next two already at the door."""
    start = stage.now - timedelta(minutes=8)
    data = CreateSession(
        title="Parents' evening, year 9",
        description="Ten minutes for each family. Please wait until you are called in.",
        kind=SessionKind.CONSULTATION,
        status=SessionStatus.SCHEDULED,
        start_time=start,
        end_time=start + timedelta(hours=2),
        tags=["year 9"],
        settings=SettingsPatch(opens_minutes_before=30),
    )
    scene = await Scene.set_up(stage, "ada", data, start - timedelta(days=9))
    scene.at(start)
    await scene.open_with("Family Herrera")
    await scene.admits("ada", "Family Herrera")
    await scene.says("ada", "Good evening! Tomás is doing well, above all since the fountain.")
    await scene.enter("Family Bianchi", "Family Haddad")
    await scene.tells_those_who_wait("ada", "I am about five minutes late. Thank you for your patience.")


PRESENT = (marine_acoustics, algebra_week_3, interview_practice, parents_evening, stand_up)
