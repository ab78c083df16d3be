"""A whole dagdeel 1 of the training, given by one trainer with a screen, phones and a paper card, from the
link that makes the trainer's account to a workbook that is read back."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect

from tests.browser.people import BEAMER, LAPTOP, PHONE, House, online, shoot
from tests.support.running import ROOT, Phone, RunningServer
from trainer.curriculum.parse import read_programme
from trainer.kinds import interpret

LINE, VOTE, GAME = "stellingen-op-de-lijn", "stellingen-ervaringsdeskundigheid", "diagnose-me"
CARDS = {
    "Ik slaap slecht": "Vissen",
    "Ik durf niet te bellen": "Tuinieren",
    "Ik ben snel moe": "Drummen",
    "Ik was lang alleen": "Schaken",
}
ON_PAPER = ("Ik vind drukte lastig", "Brood bakken")
SILENT = "Ik was lang alleen"
SECRET = "Dat kan nu niet. Alleen de eigenaar kan het zeggen, en de laatste kaarten blijven geheim."


@dataclass
class Group:
    """Everybody who is there: the trainer's two pages, four phones in a browser, and one without."""

    control: Page
    screen: Page
    phones: list[Page]
    fifth: Phone
    passed: list[str] = field(default_factory=list)

    @property
    def step(self) -> str:
        return str(self.control.locator("#now").get_attribute("data-fresh"))

    def press(self, name: str, sure: bool = False) -> None:
        """A button of the control page; waits until it had its effect."""

        def press() -> None:
            self.control.get_by_role("button", name=name, exact=True).first.click()
            if sure:
                self.control.get_by_role("button", name="Ja, doe maar").click()

        self.has_effect(press)

    def forward(self) -> None:
        self.has_effect(self.control.locator("[data-command=next]").click)

    def has_effect(self, press: Callable[[], None]) -> None:
        """Presses, and waits for the effect: what is pressed before it would count for the next one too."""
        before = str(self.control.locator(".control").get_attribute("data-version"))
        press()
        expect(self.control.locator(".control")).not_to_have_attribute("data-version", before)

    def on(self, step: str) -> None:
        """Everybody sees this step."""
        expect(self.control.locator("#now")).to_have_attribute("data-fresh", step)
        expect(self.screen.locator("#stage")).to_have_attribute("data-fresh", step)
        for phone in self.phones:
            expect(phone.locator("#page")).to_have_attribute("data-fresh", re.compile(f"^{step}/"))

    def to(self, step: str) -> None:
        """Presses on until this step, and looks at every page on the way."""
        while self.passed[-1] != step:
            self.forward()
            if self.step != self.passed[-1]:
                self.passed.append(self.step)
                self.on(self.step)

    def keep_pictures(self, name: str) -> None:
        for who, page in (("control", self.control), ("screen", self.screen), ("phone", self.phones[0])):
            shoot(page, f"{name}-{who}")


@pytest.fixture(scope="module")
def opened_house(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[House]:
    """A server that nobody used before."""
    server = RunningServer(tmp_path_factory.mktemp("new")).start()
    yield House(server, browser)
    server.stop()


@pytest.fixture
def group(house: House) -> Group:
    """From the printed link to dagdeel 1 on the screen takes four clicks."""
    laptop = house.context(**LAPTOP).new_page()
    laptop.goto(house.server.welcome_link)
    laptop.get_by_label("Je naam").fill("Voorbeeld")
    laptop.get_by_label("Inlognaam").fill("voorbeeld")
    laptop.get_by_label("Wachtwoord", exact=True).fill("een lang wachtwoord")
    laptop.get_by_label("Wachtwoord, nog een keer").fill("een lang wachtwoord")
    shoot(laptop, "welcome")
    laptop.get_by_role("button", name="Maak mijn account").click()  # 1
    shoot(laptop, "home")
    laptop.get_by_role("link", name="Regie").click()  # 2
    online(laptop)
    with laptop.expect_popup() as popup:
        laptop.get_by_role("link", name="Open het scherm voor de beamer").click()  # 3
    screen = online(popup.value)
    screen.set_viewport_size(BEAMER["viewport"])

    phones = [_join_by_code(house, screen), *(_join_by_link(house) for _ in range(3))]
    fifth = Phone(house.server).connect()
    expect(laptop.locator(".c-facts")).to_contain_text("Telefoons 5")
    for name, page in (("control", laptop), ("screen", screen), ("phone", phones[0])):
        shoot(page, f"lobby-{name}")

    laptop.get_by_role("button", name="Start").click()  # 4
    group = Group(laptop, screen, phones, fifth, ["fijn-dat-je-er-bent"])
    group.on("fijn-dat-je-er-bent")
    return group


def _join_by_code(house: House, screen: Page) -> Page:
    code = screen.locator(".join-code").inner_text()
    phone = house.open("/", **PHONE)
    shoot(phone, "join")
    phone.get_by_label("Code").fill(code.lower())
    phone.get_by_role("button", name="Verder").click()
    expect(phone.locator("main")).to_contain_text("Niemand ziet wie wat schreef.")
    shoot(phone, "consent")
    phone.get_by_role("button", name="Doe mee").click()
    return online(phone)


def _join_by_link(house: House) -> Page:
    phone = house.open(f"/j/{house.server.join_secret}", **PHONE)
    phone.get_by_role("button", name="Doe mee").click()
    return online(phone)


def test_whole_dagdeel_is_given(house: House, group: Group, tmp_path: Path) -> None:
    group.press("Waar denk je aan bij herstel?")
    group.press("Diagnose me!")
    group.to("verwachtingen")
    _say_what_they_hope(group)
    group.to(LINE)
    _stand_on_the_line(group)
    group.to("flap-herstel")
    _make_a_definition(group)
    group.to(VOTE)
    _vote_twice(group)
    group.to(GAME)
    _play_diagnose_me(group)
    group.to("huiswerk-1")
    _choose_a_role(group)
    group.to("evaluatie-1")
    _evaluate(house, group)
    assert group.passed == _chosen_steps()

    group.press("Sluit de bijeenkomst", sure=True)
    _go_home_with_something(group)
    _read_the_workbook_back(group, tmp_path)
    group.fifth.close()


def _chosen_steps() -> list[str]:
    """The steps of dagdeel 1, with the second option where the trainer chose that."""
    programme, _ = read_programme(ROOT / "content" / "training", interpret)
    assert programme is not None
    second = {"thema-herstel", "thema-stigma"}
    return [
        step.id
        for block in programme.parts[0].blocks
        for step in block.steps
        if step.option in (None, 2 if block.id in second else 1)
    ]


def _say_what_they_hope(group: Group) -> None:
    """Short answers come as one shuffled batch; one of them is taken back."""
    for number, phone in enumerate(group.phones):
        phone.get_by_label("Je antwoord").fill(f"Ik hoop op {number}")
        phone.get_by_role("button", name="Verstuur").click()
        expect(phone.locator("#own li")).to_have_count(1)
    assert group.fifth.post("verwachtingen", text="Ik twijfel") == {"ok": True}
    expect(group.screen.locator("main")).to_contain_text("Mensen die iets stuurden: 3 of meer.")
    assert "Ik hoop" not in group.screen.content(), "nothing is on the screen before the trainer says so"
    group.phones[3].get_by_role("button", name="Haal weg").click()
    expect(group.phones[3].locator("#own li")).to_have_count(0)
    group.press("Bekijk nieuwe kaarten")
    group.press("Toon alles")
    cards = group.screen.locator(".k-flap__card")
    expect(cards).to_have_count(4)
    assert sorted(cards.all_inner_texts()) == ["Ik hoop op 0", "Ik hoop op 1", "Ik hoop op 2", "Ik twijfel"]
    group.keep_pictures("flap")


def _stand_on_the_line(group: Group) -> None:
    """Places become dots when the trainer shows them; then a look at where the group is alike."""
    places = ("helemaal oneens", "oneens", "eens", "helemaal eens")
    for phone, place in zip(group.phones, places, strict=True):
        phone.get_by_label(place, exact=True).check()
        expect(phone.locator("#own")).to_contain_text(f"Jouw plek: {place}.")
    group.fifth.post(LINE, item="1", place="5")
    expect(group.screen.locator("main")).to_contain_text("Antwoorden: 3 of meer")
    dots = group.screen.locator(".k-over-de-lijn__picture circle")
    expect(dots).to_have_count(0)
    group.keep_pictures("line-open")
    group.press("Toon de stippen")
    expect(dots).to_have_count(4)
    expect(group.screen.locator("main")).to_contain_text("Pas: 1 mens")
    group.keep_pictures("line")
    group.forward()
    for phone in group.phones:
        expect(phone.locator("main")).to_contain_text("In mijn straat hoort iedereen erbij")
        phone.get_by_label("eens", exact=True).check()
        expect(phone.locator("#own")).to_contain_text("Jouw plek: eens.")
    group.press("Sluit de stelling")
    expect(group.phones[0].locator("main")).to_contain_text("Deze stelling is gesloten.")
    group.press("Toon waar we op elkaar lijken")
    expect(group.screen.locator("main")).to_contain_text("4 van de 4")
    group.keep_pictures("alike")


def _make_a_definition(group: Group) -> None:
    for phone, word in zip(group.phones, ("rust", "rust", "werk", "iemand die in je gelooft"), strict=True):
        phone.get_by_label("Je antwoord").fill(word)
        phone.get_by_role("button", name="Verstuur").click()
        expect(phone.locator("#own li")).to_have_count(1)
    group.press("Bekijk nieuwe kaarten")
    group.press("Toon alles")
    group.control.get_by_label("Nieuwe groep").fill("Wat helpt")
    group.press("Maak groep")
    card = group.control.locator(".k-flap__item", has_text="iemand die in je gelooft")
    card.get_by_text("Ordenen").click()
    card.get_by_role("combobox").select_option("Wat helpt")
    group.has_effect(card.get_by_role("button", name="Verplaats").click)
    group.press("Voeg gelijke kaarten samen")
    expect(group.screen.get_by_role("heading", name="Wat helpt")).to_be_visible()
    expect(group.screen.locator(".k-flap__count")).to_have_text("2×")
    group.control.get_by_label("Onze definitie").fill("Herstel is een eigen weg, met mensen om je heen.")
    group.press("Zet op het scherm")
    expect(group.screen.locator(".k-flap__definition")).to_contain_text("Herstel is een eigen weg")
    group.keep_pictures("definition")
    group.press("Toon woordwolk")
    expect(group.screen.locator(".k-flap__cloud")).to_contain_text("rust")
    group.keep_pictures("cloud")


def _vote_twice(group: Group) -> None:
    """The second round shows how opinions moved."""
    for phone, answer in zip(group.phones, ("Eens", "Eens", "Oneens", "Weet ik niet"), strict=True):
        phone.get_by_label(answer, exact=True).check()
        expect(phone.locator("#own")).to_contain_text(f"Jouw antwoord: {answer}.")
    group.press("Sluit en toon de uitslag")
    expect(group.screen.locator(".k-stelling__results")).to_contain_text("2 (50%)")
    group.keep_pictures("vote")
    group.press("Start ronde 2")
    for phone in group.phones:
        expect(phone.locator("main")).to_contain_text(re.compile("ronde 2", re.IGNORECASE))
        phone.get_by_label("Oneens", exact=True).check()
        expect(phone.locator("#own")).to_contain_text("Jouw antwoord: Oneens.")
    group.press("Sluit en toon de uitslag")
    expect(group.screen.locator(".k-stelling__results--shift")).to_contain_text("ronde 2: 4 (100%)")
    group.keep_pictures("shift")


def _play_diagnose_me(group: Group) -> None:
    """Every card is opened; its owner says so, or stays silent."""
    for phone, (weak, strong) in zip(group.phones, CARDS.items(), strict=True):
        phone.get_by_label("Een kwetsbaarheid").fill(weak)
        phone.get_by_label("Een hobby of passie").fill(strong)
        phone.get_by_role("button", name="Lever mijn kaart in").click()
        expect(phone.locator("#own")).to_contain_text("Je kaart is binnen.")
    group.control.get_by_text("Voer een papieren kaart in").click()
    group.control.get_by_label("Een kwetsbaarheid").fill(ON_PAPER[0])
    group.control.get_by_label("Een hobby of passie").fill(ON_PAPER[1])
    group.control.get_by_role("button", name="Lever mijn kaart in").click()
    expect(group.control.locator(".c-kind")).to_contain_text("Kaarten binnen: 4 of meer")
    group.keep_pictures("diagnose-writing")
    group.press("Leg de kaarten op tafel", sure=True)

    said: list[str] = []
    seen = [_open_one_card(group, said) for _ in range(5)]
    assert sorted(seen) == sorted([*CARDS, ON_PAPER[0]])
    group.press("Naar de nabespreking")
    group.press("Toon de eerste vraag")
    expect(group.screen.locator("main")).to_contain_text("Waarop lette je bij het raden?")
    for phone in group.phones:
        expect(phone.get_by_role("button", name="Dit ben ik")).to_have_count(0)
    group.keep_pictures("diagnose-question")


def _open_one_card(group: Group, said: list[str]) -> str:
    """Whose turn it is chooses on the phone; gives the vulnerability that was on the card.

    Of four phones one can say so (`said`): of the last three it stays a secret.
    """
    chooser, before = _whose_turn(group), _asked_on_phones(group)
    if chooser is None:
        group.press("Open zelf een kaart")
    else:
        shoot(chooser, "diagnose-turn-phone")
        chooser.get_by_role("button", name="Open kaart").first.click()
        expect(chooser.get_by_role("heading", name="Lees deze kaart voor")).to_be_visible()
    heading = group.screen.locator("h2", has_text="Van wie is kaart")
    expect(heading).to_be_visible()
    expect(group.screen.locator("main")).to_contain_text("Raad hardop.")
    weak = group.screen.locator(".k-diagnose-me__open dd").first.inner_text()
    group.keep_pictures("diagnose-open")
    if weak == SILENT:
        group.press("De eigenaar blijft stil")
        expect(group.screen.locator("main")).to_contain_text("De eigenaar blijft stil. Dat mag.")
    elif weak == ON_PAPER[0]:
        group.press("De eigenaar zei het zelf")
    elif said:
        _says_so(group, list(CARDS).index(weak), SECRET, before)
        group.press("De eigenaar blijft stil")
    else:
        said.append(weak)
        _own_up(group, list(CARDS).index(weak), before)
    return weak


def _whose_turn(group: Group) -> Page | None:
    """The phone that may choose; None when it is the turn of somebody without a phone."""
    turns = [phone.get_by_role("heading", name="Jij bent aan de beurt") for phone in group.phones]
    for _ in range(25):
        for phone, turn in zip(group.phones, turns, strict=True):
            if turn.is_visible():
                return phone
        group.phones[0].wait_for_timeout(100)
    return None


def _own_up(group: Group, owner: int, before: set[str]) -> None:
    """Only the phone that wrote the card can say that it is theirs."""
    _says_so(group, owner - 1, SECRET, before)
    _says_so(group, owner, "", before)
    expect(group.screen.locator("main")).to_contain_text("De eigenaar heeft het gezegd.")
    expect(group.phones[owner].locator("#own")).to_contain_text("Je hebt gezegd dat dit jouw kaart is.")


def _asked_on_phones(group: Group) -> set[str]:
    """The cards of which phones ask now whether they are theirs."""
    buttons = [phone.get_by_role("button", name="Dit ben ik") for phone in group.phones]
    return {button.get_attribute("data-arg-card") or "" for button in buttons if button.count()}


def _says_so(group: Group, who: int, answer: str, before: set[str]) -> None:
    """Says so of the open card: a phone may still ask about the one `before`, for up to a second."""
    phone = group.phones[who]
    for card in before:
        button = phone.get_by_role("button", name="Dit ben ik")
        expect(button).not_to_have_attribute("data-arg-card", card)
    phone.get_by_role("button", name="Dit ben ik").click()
    phone.get_by_role("button", name="Ja, doe maar").click()
    expect(phone.locator("#toast")).to_have_text(answer)


def _choose_a_role(group: Group) -> None:
    phone = group.phones[0]
    phone.get_by_text("Ervaringsdeskundige", exact=True).click()
    expect(phone.get_by_text("Beschrijf wat jou hielp bij je herstel.")).to_be_visible()
    group.keep_pictures("homework")


def _evaluate(house: House, group: Group) -> None:
    """Four phones, five phones without a page, and one paper card: ten answers."""
    first = group.phones[0]
    names = {
        label: first.get_by_label(label).first.get_attribute("name")
        for label in ("precies goed", "Wat neem je mee?")
    }
    for number, phone in enumerate(group.phones):
        _fill_in(phone.locator("#own"), f"Zin {number}")
        phone.get_by_role("button", name="Verstuur").click()
        expect(phone.locator("#own")).to_contain_text("Je antwoorden zijn bewaard.")
    others = [group.fifth, *(Phone(house.server).connect() for _ in range(4))]
    for number, (other, tempo) in enumerate(zip(others, "11002", strict=True)):
        text = '=HYPERLINK("x")' if other is group.fifth else f"Regel {number}"
        answer = other.post("evaluatie-1", **{names["precies goed"]: tempo, names["Wat neem je mee?"]: text})
        assert answer == {"ok": True}
    group.control.get_by_text("Voer een papieren kaart in").click()
    _fill_in(group.control.locator("#enter"), "Van papier")
    group.control.locator("#enter").get_by_role("button", name="Verstuur").click()
    expect(group.control.locator(".c-kind")).to_contain_text("Ingevuld: 6 of meer")
    assert "Zin 0" not in group.screen.content(), "open answers are never on the screen"
    group.keep_pictures("evaluation")
    group.press("Sluit en toon totalen", sure=True)
    expect(group.screen.locator("main")).to_contain_text("Totalen, vraag 1")
    group.forward()
    expect(group.screen.locator("main")).to_contain_text("Totalen, vraag 2")
    expect(group.screen.locator("main")).to_contain_text("7 (70%)")
    for other in others[1:]:
        other.close()
    group.keep_pictures("totals")
    group.press("Haal de totalen van het scherm")


def _fill_in(form: Page, text: str) -> None:
    form.get_by_label("precies goed").check()
    form.get_by_label("heel veel", exact=True).first.check()
    form.get_by_label("8", exact=True).check()
    form.get_by_label("over de lijn", exact=True).check()
    form.get_by_label("Wat neem je mee?").fill(text)


def _go_home_with_something(group: Group) -> None:
    expect(group.screen.get_by_role("heading", name="Dank jullie wel")).to_be_visible()
    for number, phone in enumerate(group.phones):
        expect(phone.get_by_role("heading", name="Dank je wel")).to_be_visible()
        mine = phone.get_by_text("Beschrijf wat jou hielp bij je herstel.")
        expect(mine).to_be_visible(visible=number == 0)
    group.keep_pictures("closed")
    phone = group.phones[0]
    phone.get_by_role("link", name="Leeslijst").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Leeslijst")
    shoot(phone, "handout")
    phone.go_back()
    expect(phone.get_by_role("heading", name="Dank je wel")).to_be_visible()


def _read_the_workbook_back(group: Group, folder: Path) -> None:
    laptop = group.control
    laptop.get_by_role("link", name="Naar de evaluatie").click()
    expect(laptop.get_by_role("heading", level=1)).to_contain_text("Evaluatie Dagdeel 1")
    shoot(laptop, "evaluation-page")
    with laptop.expect_download() as download:
        laptop.get_by_role("link", name="Excel").click()
    file = folder / "evaluatie.xlsx"
    download.value.save_as(file)
    book = load_workbook(file)
    totals = [[cell.value for cell in row] for row in book["Totalen"].iter_rows()]
    tempo = next(place for place, row in enumerate(totals) if str(row[0]).startswith("Hoe was het tempo?"))
    assert [row[1:3] for row in totals[tempo : tempo + 4]] == [
        ["Aantal dat antwoord gaf", 10],
        ["te langzaam", "te weinig antwoorden"],
        ["precies goed", 7],
        ["te snel", "te weinig antwoorden"],
    ]
    asked = "Wat neem je mee?"
    said = [row[1].value for row in book["Open antwoorden"].iter_rows() if row[0].value == asked]
    texts = ["Van papier", *(f"Zin {n}" for n in range(4)), *(f"Regel {n}" for n in range(1, 5))]
    texts.append('\'=HYPERLINK("x")')
    assert sorted(said) == sorted(texts)
