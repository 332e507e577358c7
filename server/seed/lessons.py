"""What was taught: classes and a lecture with a whole history."""

from datetime import timedelta

from models.permissions import Role
from models.sessions.kinds import SessionKind, SessionStatus
from models.sessions.payloads import CreateSession
from server.seed.scene import Scene, slot
from server.seed.stage import Stage


async def algebra_week_1(stage: Stage) -> None:
    """A class with a waiting room, a recording that people agree to, hands, and a guest who is sent out."""
    start, end = slot(stage, 14, 9, 50)
    data = CreateSession(
        title="Algebra, week 1: linear equations",
        description="What an equation says, and the two things one may do to it. Bring pen and paper.",
        kind=SessionKind.CLASS,
        status=SessionStatus.SCHEDULED,
        start_time=start,
        end_time=end,
        tags=["algebra", "year 9"],
    )
    scene = await Scene.set_up(stage, "ada", data, start - timedelta(days=5))
    scene.at(start - timedelta(minutes=6))
    await scene.enter("tomas", "lucia", "Sam on the phone", "xX_joker_Xx")
    await scene.enter("ada")
    await scene.tells_those_who_wait("ada", "Good morning! I will let you in at nine.")
    scene.at(start)
    await scene.starts()
    await scene.admits("ada", "tomas", "lucia", "Sam on the phone", "xX_joker_Xx")
    await scene.says("ada", "Welcome everybody. Today: 3x + 5 = 20. What is x, and how do you know?")
    await scene.unmutes("ada", "tomas")
    await scene.says("tomas", "5! Because 3 times 5 is 15, plus 5 is 20.")
    await scene.unmutes("ada", "xX_joker_Xx")
    await scene.says("xX_joker_Xx", "BORING BORING BORING")
    await scene.says("xX_joker_Xx", "BORING BORING BORING BORING")
    await scene.mutes("ada", "xX_joker_Xx")
    await scene.sends_out("ada", "xX_joker_Xx", "Shouting down the class")
    await _questions_about_scales(scene)
    await scene.says("ada", "Homework: page 12, the odd numbers. See you next week!")
    await scene.leaves("Sam on the phone", "tomas")
    await scene.ends()


async def _questions_about_scales(scene: Scene) -> None:
    await scene.gives_consent("tomas", "lucia", "Sam on the phone")
    await scene.records("Linear equations, worked examples")
    scene.pass_time(12)
    await scene.raises_hand("lucia", "Sam on the phone")
    await scene.unmutes("ada", "lucia")
    question = await scene.says("lucia", "Why may I take 5 away on both sides, but not on one?")
    await scene.lowers_hand("ada", "lucia")
    await scene.says(
        "ada", "Think of scales in balance: what you do to one pan, you do to the other.", question
    )
    await scene.unmutes("ada", "Sam on the phone")
    await scene.says("Sam on the phone", "So an equation is the scales, not the weights?")
    await scene.lowers_hand("ada", "Sam on the phone")
    await scene.says("ada", "Exactly. Write that down, all of you.")
    scene.pass_time(20)
    await scene.stops_recording()


async def algebra_week_2(stage: Stage) -> None:
    """A class with a co-host, and everybody muted at once."""
    start, end = slot(stage, 7, 9, 50)
    data = CreateSession(
        title="Algebra, week 2: two unknowns",
        description="Two equations, two unknowns: by substitution, by elimination, and by looking at the picture.",
        kind=SessionKind.CLASS,
        status=SessionStatus.SCHEDULED,
        start_time=start,
        end_time=end,
        tags=["algebra", "year 9"],
    )
    scene = await Scene.set_up(stage, "ada", data, start - timedelta(days=6))
    scene.at(start)
    await scene.open_with("tomas", "lucia", "noor", "priya")
    await scene.admits("ada", "priya", "tomas", "lucia", "noor")
    await scene.makes("priya", Role.CO_HOST)
    await scene.unmutes("ada", "priya")
    await scene.follows_in("noor", "fr")
    await scene.unmutes_all("priya")
    await scene.says("priya", "I am with you for the exercises. Ask me anything.")
    await scene.says("noor", "Bonjour à tous!")
    scene.pass_time(25)
    await scene.mutes_all("priya")
    await scene.says("ada", "Five minutes of silence: solve number 4 on your own.")
    scene.pass_time(5)
    await scene.raises_hand("noor")
    await scene.unmutes("priya", "noor")
    await scene.says("noor", "x = 2, y = 7. But there is a second way to see it, with the two lines.")
    await scene.lowers_hand("priya", "noor")
    await scene.says("ada", "Show us! That is next week's picture already.")
    await scene.ends()


async def coral_reefs(stage: Stage) -> None:
    """An open lecture with guests, a moderator, questions, and a recording with a pause in it."""
    start, end = slot(stage, 9, 17, 90)
    data = CreateSession(
        title="Open lecture: how coral reefs recover",
        description="Ten years of photographs from one reef. A talk for everybody, with time for questions.",
        kind=SessionKind.LECTURE,
        status=SessionStatus.SCHEDULED,
        start_time=start,
        end_time=end,
        available_languages=["en", "es", "fr"],
        tags=["open lecture", "biology"],
    )
    scene = await Scene.set_up(stage, "mei", data, start - timedelta(days=12))
    scene.at(start - timedelta(minutes=10))
    await scene.enter("amara", "kenji", "Rosa", "Uncle Bob")
    scene.at(start)
    await scene.open_with("amara", "kenji", "Rosa", "Uncle Bob", "olaf", "A diver from Faro")
    await scene.makes("amara", Role.MODERATOR)
    await scene.gives_consent("kenji", "Rosa", "olaf")
    await scene.records("How coral reefs recover")
    await scene.says("mei", "Good evening! Please keep questions for the end, or put a hand up.")
    await scene.follows_in("Rosa", "es")
    scene.pass_time(40)
    await _questions_from_the_audience(scene)
    await scene.leaves("olaf", "Rosa")
    await scene.ends()


async def _questions_from_the_audience(scene: Scene) -> None:
    await scene.raises_hand("Rosa", "A diver from Faro", "olaf")
    await scene.pauses_recording()
    scene.pass_time(5)
    await scene.resumes_recording()
    await scene.unmutes("amara", "Rosa")
    await scene.says("Rosa", "How long until a bleached reef is as colourful as before?")
    await scene.lowers_hand("amara", "Rosa")
    await scene.says("mei", "In our pictures: eight years, if nothing else happens. It rarely does not.")
    await scene.unmutes("amara", "A diver from Faro")
    await scene.says(
        "A diver from Faro", "I have photographs of the same spot from 1998. Are they of use to you?"
    )
    await scene.says("mei", "Very much. Please write to me!")
    await scene.unmutes("amara", "Uncle Bob")
    advert = await scene.says("Uncle Bob", "Cheap aquariums at my shop, ask me how")
    await scene.takes_back("amara", advert)
    await scene.sends_out("amara", "Uncle Bob", "Advertising")
    scene.pass_time(15)
    await scene.stops_recording()
