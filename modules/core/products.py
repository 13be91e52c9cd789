"""Names of medicines: what a lesson calls them, and the trade names it must not use."""

from modules.core.authored import Authored, Id, Text


class Product(Authored):
    """One entry of content/products.yaml: names only, nothing clinical.

    `short` are other neutral names (T-DXd). `company` only where a disclosure, a statement of support or a source
    names it.
    """

    id: Id
    generic: Text
    short: tuple[Text, ...] = ()
    trade: tuple[Text, ...] = ()
    company: str | None = None
    drug_class: Text

    @property
    def names(self) -> tuple[str, ...]:
        return (self.generic, *self.short)


class ProductFile(Authored):
    """content/products.yaml"""

    products: tuple[Product, ...]
