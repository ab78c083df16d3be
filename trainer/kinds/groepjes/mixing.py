"""Whether roles decide a deal, or chance: decision 21 says what deals by role tell."""

from collections.abc import Sized

from trainer.kinds.contract import Count
from trainer.kinds.groepjes.dealing import DealState

# How many deals of a meeting roles decide. Of two, who writes down who sat with whom learns roles.
BY_ROLE = 1
# What is asked before the groups are shuffled, by whether roles decided those that there are.
WARNINGS = {
    False: "Iedereen krijgt een ander groepje. Opnieuw schudden?",
    True: "Iedereen krijgt een ander groepje. De rol telt dan niet meer. Opnieuw schudden?",
}


def decide(roles: Sized, typed: DealState, count: Count, dealt: int) -> bool:
    """Do roles decide a deal for so many people, after `dealt` deals by role in this meeting?

    There must be as many phones as seats for them, as far as the `count` of phones says: of seats without a
    phone, and of phones that share one, everybody could see that only some roles can be there.
    """
    fit = count.phones <= typed.people - typed.without < count.phones + count.crowd
    return bool(roles) and dealt < BY_ROLE and fit


def how_mixed(roles: Sized, state: DealState, dealt: int) -> str:
    """How the groups were dealt, or will be: by 'role', or by chance, since that was done 'before' or numbers
    are 'amiss'. '' where there is nothing to say.
    """
    if not roles or not (state.sizes or dealt):
        return ""
    if state.sizes and state.by_role:
        return "role"
    return "before" if dealt >= BY_ROLE else "amiss"


def are_few(state: DealState, count: Count) -> bool:
    """Are fewer than two in three seats taken, however many phones there are beyond what others may know?"""
    return bool(state.sizes) and 3 * (count.phones + count.crowd - 1) < 2 * len(state.seats)
