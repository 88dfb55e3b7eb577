"""The records of a person, and of who handed something in."""

from __future__ import annotations

from typing import Final

import msgspec


class Identity(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is known of a person. All is text, since ids may begin with zeros; what isn't known is "".

    Args:
        name: the full name.
        email: the address.
        id: the number or id that the university gives, such as Canvas' SIS User ID or Gradescope's SID.
        login: the user name.
        canvas: the user id in Canvas.
        moodle: the number of the participant in a Moodle assignment; it differs in each assignment.
        github: the user name on GitHub.
        section: the part of the class.
    """

    name: str = ""
    email: str = ""
    id: str = ""
    login: str = ""
    canvas: str = ""
    moodle: str = ""
    github: str = ""
    section: str = ""

    @property
    def is_known(self) -> bool:
        """Whether anything is known."""
        return any(msgspec.structs.astuple(self))

    @property
    def called(self) -> str:
        """What the person is called: by name if it is known, else by the first other thing that is."""
        return next((one for one in (self.name, *(getattr(self, key) for key in KEYS)) if one), "")

    def updated(self, other: Identity) -> Identity:
        """Return this with what is known of the same person elsewhere; that comes first."""
        known = {name: value for name in self.__struct_fields__ if (value := getattr(other, name))}
        return msgspec.structs.replace(self, **known)

    def differs(self, other: Identity) -> bool:
        """Return whether the first thing that is known of both, and that only one person has, differs."""
        pairs = ((getattr(self, key), getattr(other, key)) for key in KEYS)
        return next((one.casefold() != two.casefold() for one, two in pairs if one and two), False)


KEYS: Final = ("id", "canvas", "moodle", "github", "email", "login")
"""What only one person of a class has, in the order in which it is looked for."""


UNKNOWN: Final = Identity()
"""Somebody of whom nothing is known."""


class Student(msgspec.Struct, frozen=True):
    """Who handed something in: one person, or a group. That is one row of the gradebook, or one a member.

    Args:
        name: the unique name, which is a valid folder name.
        identity: what is known of the person; of a group, nothing.
        members: the members of a group; () if it is one person.
    """

    name: str
    identity: Identity = UNKNOWN
    members: tuple[Identity, ...] = ()

    @property
    def people(self) -> tuple[Identity, ...]:
        """The members of a group, or the one person."""
        return self.members or (self.identity,)
