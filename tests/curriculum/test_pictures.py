"""A picture in a text or a list: shown from the folder of its programme, and in words by its description."""

from trainer.curriculum.model import StepSource
from trainer.curriculum.problems import Problems
from trainer.curriculum.render import inline, prose
from trainer.kinds.material import texts

BODY = (
    'Waar kom jij tot rust?\n\n- ![Een "leeg" strand](strand.png)\n- ![Een bos](bos.png) **Onder** de bomen\n'
)


def test_a_picture_is_its_description_in_plain_text() -> None:
    assert inline("![Een bos](bos.png) **Onder** de bomen").plain == "Een bos Onder de bomen"
    assert prose("Kijk:\n\n![Een bos & mos](bos.png)").plain == "Kijk: Een bos & mos"


def test_bullets_may_be_pictures_from_the_folder_of_the_programme() -> None:
    step = StepSource("deel.md", 1, "rust", "Rust", "foto", {}, BODY, 2, "", None, base="/programma/rust/")
    problems = Problems()

    beach, wood = texts(step, problems)

    assert problems.sorted() == []
    assert (beach.plain, wood.plain) == ('Een "leeg" strand', "Een bos Onder de bomen")
    assert 'src="/programma/rust/strand.png"' in beach.html
