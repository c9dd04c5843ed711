"""How rules about permission are asked.

A rule is a pure function of an actor and a thing. Its docstring is one sentence with three
readers: the programmer, the person refused, and the table of permissions.
"""

from collections.abc import Callable
from typing import TypeVar

from api.core.actor import Actor
from api.core.problems import Forbidden

T = TypeVar("T")
Rule = Callable[[Actor, T], bool]


def permit(rule: Rule[T], actor: Actor, thing: T) -> None:
    """Refuse in the rule's own words, unless it lets the actor through."""
    if not rule(actor, thing):
        raise Forbidden(rule.__doc__)


def within(actor: Actor, scope: str) -> None:
    """Refuse what a token was narrowed away from."""
    if actor.scopes is not None and scope not in actor.scopes:
        raise Forbidden(f"This token was not given the scope {scope}.")


def granted(actor: Actor, thing: T, rules: tuple[Rule[T], ...]) -> list[str]:
    """Name the rules that would let this actor through, so that clients need none of their own."""
    return [rule.__name__ for rule in rules if rule(actor, thing)]
