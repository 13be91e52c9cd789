"""Who a provider says it is, and which account that opens, on both engines."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from modules.actions.openid import SENTENCES, Claims, arrive, claims_of
from modules.actions.openid_providers import read_providers
from modules.core.errors import SettingsError
from modules.core.people import Account
from modules.records.records import Records

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
HOSPITAL = "https://id.hospital.example"
ANN = Claims(HOSPITAL, "ann", "ann@example.org", verified=True)


def new(name: str, email: str = "ann@example.org", *, confirmed: bool = True) -> Account:
    return Account(name, f"learner-{name}", email, NOW, frozenset({"learner"}), NOW if confirmed else None)


def arrived(records: Records, claims: Claims, name: str = "new", signed_in: str | None = None) -> Account | str:
    return arrive(records, claims, new(name, claims.email or ""), signed_in=signed_in)


def first(records: Records, account: Account) -> str:
    """An account that is there already, beside an owner."""
    records.accounts.create(new("the-owner", "owner@example.org"), first=True)
    assert records.accounts.create(account)
    return account.id


def test_somebody_new_gets_an_account_that_is_confirmed_and_comes_back_to_it(records: Records) -> None:
    first(records, new("somebody", "somebody@example.org"))
    made = arrived(records, ANN)
    assert isinstance(made, Account)
    assert (made.email, made.confirmed, made.has_password) == ("ann@example.org", NOW, False)
    assert made.duties == {"learner"}
    assert arrived(records, ANN, "another") == made


def test_the_subject_counts_and_not_the_address(records: Records) -> None:
    made = arrived(records, ANN)
    renamed = Claims(HOSPITAL, "ann", "ann.married@example.org", verified=True)
    assert arrived(records, renamed, "another") == made
    assert isinstance(made, Account)
    elsewhere = arrived(records, Claims("https://other.example", "ann", "x@example.org", verified=True), "x")
    assert isinstance(elsewhere, Account)
    assert elsewhere.id != made.id


def test_the_first_account_of_an_instance_becomes_its_owner_this_way_too(records: Records) -> None:
    made = arrived(records, ANN)
    assert isinstance(made, Account)
    assert made.duties == {"learner", "owner"}


def test_an_address_confirmed_on_both_sides_is_one_account(records: Records) -> None:
    mine = first(records, new("mine", "Ann@Example.org"))
    found = arrived(records, ANN)
    assert isinstance(found, Account)
    assert found.id == mine


@pytest.mark.parametrize("verified", [None, False, "false", "yes", 1.5])
def test_an_address_the_provider_has_not_confirmed_opens_nothing(records: Records, verified: object) -> None:
    first(records, new("mine"))
    said = {"iss": HOSPITAL, "sub": "eve", "email": "ann@example.org", "email_verified": verified}
    assert arrived(records, claims_of(said)) == "unverified"
    assert arrived(records, Claims(HOSPITAL, "eve", "nobody@example.org")) == "unverified"
    assert len(records.accounts.everyone()) == 2


def test_an_account_nobody_confirmed_is_not_taken_over_nor_shared(records: Records) -> None:
    """Whoever registers somebody's address first must not get what they do later."""
    first(records, new("squatter", confirmed=False))
    assert arrived(records, ANN) == "unconfirmed"
    assert records.accounts.of_identity(HOSPITAL, "ann") is None


def test_a_closed_account_stays_closed(records: Records) -> None:
    mine = first(records, new("mine"))
    records.accounts.close(mine, NOW)
    assert arrived(records, ANN) == "closed"
    records.accounts.reopen(mine)
    assert isinstance(arrived(records, ANN), Account)
    records.accounts.close(mine, NOW)
    assert arrived(records, ANN) == "closed"


def test_who_is_signed_in_connects_whatever_the_address(records: Records) -> None:
    mine = first(records, new("mine", "private@example.org"))
    found = arrived(records, Claims(HOSPITAL, "ann"), signed_in=mine)
    assert isinstance(found, Account)
    assert found.id == mine
    assert arrived(records, Claims(HOSPITAL, "ann")) == found


def test_a_sign_in_that_belongs_to_another_account_is_not_moved(records: Records) -> None:
    mine = first(records, new("mine", "private@example.org"))
    arrived(records, ANN)
    assert arrived(records, ANN, signed_in=mine) == "taken"


def test_true_as_text_is_true_and_missing_is_not() -> None:
    said = {"iss": HOSPITAL, "sub": 7, "email": "a@example.org", "email_verified": "true"}
    assert claims_of(said) == Claims(HOSPITAL, "7", "a@example.org", verified=True)
    assert claims_of({"iss": HOSPITAL, "sub": "7"}) == Claims(HOSPITAL, "7")


def test_every_refusal_is_a_sentence_that_says_what_to_do() -> None:
    assert all(sentence.format(label="City Hospital").endswith(".") for sentence in SENTENCES.values())


GOOD = """
[auth]
redirect_uri = "http://localhost:8501/oauth2callback"
cookie_secret = "whatever Streamlit wants"

[auth.hospital]
label = "City Hospital"
client_id = "landmark"
client_secret = "s"
server_metadata_url = "https://id.hospital.example/.well-known/openid-configuration"
client_kwargs = { prompt = "login" }

[auth.second-one]
client_id = "landmark"
client_secret = "s"
server_metadata_url = "http://localhost:9000/.well-known/openid-configuration"
"""


def test_the_sections_that_streamlit_reads_name_the_providers(tmp_path: Path) -> None:
    file = tmp_path / "secrets.toml"
    assert read_providers(file) == ()
    file.write_text(GOOD)
    one, two = read_providers(file)
    assert (one.name, one.label, one.scope, one.asked) == (
        "hospital", "City Hospital", "openid email profile", (("prompt", "login"),),
    )  # fmt: skip
    assert (two.name, two.label) == ("second-one", "Second One")
    assert "client_secret" not in repr(one)


@pytest.mark.parametrize(
    ("old", "wrong", "told"),
    [
        ('client_id = "landmark"', "", "[auth.hospital]: client_id missing"),
        ("https://id", "http://id", "begins with https://"),
        ("[auth.hospital]", "[auth.Hospital_1]", "small letters"),
        ('prompt = "login"', 'scope = "email"', 'the scope needs "openid"'),
        ("[auth]", "[auth", "cannot be read"),
    ],
)
def test_a_section_that_cannot_work_stops_the_start_with_a_sentence(
    tmp_path: Path, old: str, wrong: str, told: str
) -> None:
    file = tmp_path / "secrets.toml"
    file.write_text(GOOD.replace(old, wrong, 1))
    with pytest.raises(SettingsError) as refused:
        read_providers(file)
    assert told in str(refused.value)
