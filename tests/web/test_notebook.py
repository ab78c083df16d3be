"""How phones are told which notebook a course has."""

from sqlalchemy import text

from tests.support.hall import Hall
from trainer.store.models import Course, db
from trainer.web.notebook import name_of


def test_notebook_of_a_course_keeps_its_name_after_a_restart(hall: Hall) -> None:
    def named(hall: Hall) -> str:
        with hall.app.app_context():
            return name_of(db.session.get_one(Course, 1))

    assert named(hall.restarted()) == named(hall)


def test_course_with_the_number_of_a_deleted_one_has_another_notebook(hall: Hall) -> None:
    with hall.app.app_context():
        first = db.session.get_one(Course, 1)
        name = name_of(first)
        db.session.delete(first)
        db.session.commit()
        later = Course(title="Later", programme="training")
        db.session.add(later)
        db.session.commit()

        assert (later.id, name_of(later) == name) == (1, False)


def test_course_from_before_there_were_notebooks_keeps_the_name_by_its_number(hall: Hall) -> None:
    with hall.app.app_context():
        course = db.session.get_one(Course, 1)
        db.session.execute(text("UPDATE course SET notebook = ''"))
        db.session.expire_all()

        assert name_of(course) == name_of(Course(id=1, notebook=""))
