"""The codes of countries (ISO 3166-1 alpha-3) by the names that the ledger has for them."""

from collections import Counter
from functools import cache

import pycountry

_EVERYDAY = {"Russia": "RUS", "Turkey": "TUR"}
"""Names that ISO 3166 has in another form only ("Russian Federation", "Türkiye")."""


def country_code(name: str | None) -> str | None:
    """The code of the country with this very name; None: it is no country's.

    >>> country_code("Iran"), country_code("Palestine"), country_code("Russia"), country_code("Varenia")
    ('IRN', 'PSE', 'RUS', None)
    """
    return _codes().get(name or "")


@cache
def _codes() -> dict[str, str]:
    codes = {country.name: country.alpha_3 for country in pycountry.countries}
    # "Palestine, State of" is Palestine; but there are two countries "Korea, …".
    heads = Counter(name.partition(",")[0] for name in codes)
    short = {name.partition(",")[0]: code for name, code in codes.items() if heads[name.partition(",")[0]] == 1}
    common = {
        country.common_name: country.alpha_3 for country in pycountry.countries if hasattr(country, "common_name")
    }
    return {**short, **codes, **common, **_EVERYDAY}
