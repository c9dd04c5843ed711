from typing import ClassVar

from api.core.events import Event


class PersonAdded(Event):
    """A person was added."""

    kind: ClassVar[str] = "person.added"


class PersonChanged(Event):
    """What is known of a person changed."""

    kind: ClassVar[str] = "person.changed"


class PersonDisabled(Event):
    """A person may no longer sign in."""

    kind: ClassVar[str] = "person.disabled"


class PersonRestored(Event):
    """A person may sign in again."""

    kind: ClassVar[str] = "person.restored"


class PasswordSet(Event):
    """A person chose a new password; every other sign-in of theirs ended."""

    kind: ClassVar[str] = "password.set"


class LinkMade(Event):
    """A link was made that signs a person in once."""

    kind: ClassVar[str] = "sign_in.link_made"


class SignedIn(Event):
    """A person signed in."""

    kind: ClassVar[str] = "sign_in.made"


class SignInRevoked(Event):
    """A sign-in was ended."""

    kind: ClassVar[str] = "sign_in.revoked"


class TokenMade(Event):
    """A personal token was made."""

    kind: ClassVar[str] = "token.made"


class TokenRevoked(Event):
    """A personal token was revoked."""

    kind: ClassVar[str] = "token.revoked"


class OrganisationAdded(Event):
    """An organisation was added."""

    kind: ClassVar[str] = "organisation.added"


class OrganisationChanged(Event):
    """What is known of an organisation changed."""

    kind: ClassVar[str] = "organisation.changed"
