"""Countries a learner may declare, by the names people know."""

from functools import cache

from babel import Locale


@cache
def countries() -> dict[str, str]:
    """ISO 3166 code -> English name, by name (Unicode CLDR)."""
    names = Locale("en").territories
    pairs = [
        (code, name)
        for code, name in names.items()
        if len(code) == 2 and code not in ("EU", "EZ", "UN", "XA", "XB", "QO", "ZZ")
    ]
    return dict(sorted(pairs, key=lambda pair: pair[1]))
