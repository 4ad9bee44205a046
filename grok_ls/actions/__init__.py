"""The actions. The order of the table is the order in the menu."""

from grok_ls.actions.action import Action, Offer, Situation, is_within, offers
from grok_ls.actions.explain import EXPLAIN
from grok_ls.actions.fix import FIX
from grok_ls.actions.recipes import RECIPE_KIND, RECIPES, Recipe, asked_for, recipe_offers
from grok_ls.actions.refactor import REFACTOR

ACTIONS: tuple[Action, ...] = (FIX, REFACTOR, EXPLAIN)

__all__ = [
    "ACTIONS",
    "EXPLAIN",
    "FIX",
    "RECIPES",
    "RECIPE_KIND",
    "REFACTOR",
    "Action",
    "Offer",
    "Recipe",
    "Situation",
    "asked_for",
    "is_within",
    "offers",
    "recipe_offers",
]
