"""What is known of a person, from one place and from another."""

from __future__ import annotations

from grader.students import Identity, Student


def test_what_is_known_elsewhere_comes_first_and_nothing_is_forgotten() -> None:
    here, there = Identity(name="lovelaceada", canvas="104"), Identity(name="Ada Lovelace", email="a@x.org")
    assert here.updated(there) == Identity(name="Ada Lovelace", email="a@x.org", canvas="104")


def test_a_person_is_called_by_name_or_by_the_first_id() -> None:
    assert Identity(name="Ada", id="7").called == "Ada"
    assert Identity(login="ada", email="a@x.org").called == "a@x.org"
    assert Identity(section="A").called == ""


def test_two_differ_by_the_first_id_that_is_known_of_both() -> None:
    assert Identity(moodle="1").differs(Identity(moodle="2"))
    assert not Identity(id="7", email="a@x.org").differs(Identity(id="7", email="b@x.org"))
    assert not Identity(email="A@x.org").differs(Identity(email="a@X.org"))
    assert not Identity(id="7").differs(Identity(login="ada"))


def test_the_people_of_a_group_are_its_members() -> None:
    ada, bob = Identity(name="Ada"), Identity(name="Bob")
    assert Student("Ada", ada).people == (ada,)
    assert Student("Ada, Bob", members=(ada, bob)).people == (ada, bob)
