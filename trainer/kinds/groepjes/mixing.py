"""Whether roles decide a deal, or chance: decision 21 says what deals by role tell."""

from collections.abc import Sized

from trainer.kinds.contract import Count
from trainer.kinds.groepjes.dealing import DealState

# How many deals of a meeting roles decide. Of two, who writes down who sat with whom learns roles.
BY_ROLE = 1
# What is asked before the groups are shuffled, by whether roles decided those that there are.
WARNINGS = {
    False: "Alle groepjes worden nieuw gemaakt. Opnieuw schudden?",
    True: "Alle groepjes worden nieuw gemaakt. De rol telt dan niet meer. Opnieuw schudden?",
}


def decide(roles: Sized, typed: DealState, count: Count, dealt: int) -> bool:
    """Do roles decide a deal for so many people, after `dealt` deals by role in this meeting?

    Not while far fewer phones take part than there are seats: the others would come too late for their role.
    """
    return bool(roles) and dealt < BY_ROLE and not are_few(typed, count)


def how_mixed(roles: Sized, state: DealState, dealt: int) -> str:
    """How the groups were dealt, or will be: by 'role', or by chance, since that was done 'before' or for few
    phones ('early'). '' where there is nothing to say.
    """
    if not roles or not (state.sizes or dealt):
        return ""
    if state.sizes and state.by_role:
        return "role"
    return "before" if dealt >= BY_ROLE else "early"


def are_few(state: DealState, count: Count) -> bool:
    """Are fewer than two in three seats taken, however many phones there are beyond what others may know?"""
    return 3 * (count.phones + count.crowd - 1) < 2 * (state.people - state.without)
