"""The forms whose templates are data, and the names that those may use: to check one, nothing is drawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from counter_app.domain.errors import BadInput
from counter_app.paper import template
from counter_app.paper.template import Template, Vocabulary

RECEIPT: Final = "receipt"
HANDOVER: Final = "handover"
SUPPLEMENT: Final = "supplement"
REFUSAL: Final = "refusal"
APOLOGY: Final = "apology"
STOP: Final = "stop"
CONTROL: Final = "control"
REGISTER: Final = "register"
LIST: Final = "transfer"
CASH_BOOK: Final = "cashbook"
DAY_CLOSE: Final = "dayclose"
POSTING: Final = "posting"
POSTED_LIST: Final = "postedlist"
PETITION: Final = "petition"
PETITION_ASK: Final = "petitionask"
PETITION_REFUSAL: Final = "petitionrefusal"
PETITION_ANSWER: Final = "petitionanswer"
SURVEY: Final = "survey"
SURVEY_SHEET: Final = "surveysheet"
PETITIONS: Final = (PETITION, PETITION_ASK, PETITION_REFUSAL, PETITION_ANSWER)
LETTERS: Final = (SUPPLEMENT, REFUSAL, APOLOGY, STOP)


def _form(kinds: str, fields: str, conditions: str, layouts: str = "page slip") -> Vocabulary:
    common = "copy gap header letterhead line note rule title"
    return Vocabulary(
        frozenset(f"{common} {kinds}".split()),
        frozenset(fields.split()),
        frozenset(conditions.split()),
        frozenset(layouts.split()),
    )


_LETTER: Final = _form(
    "code head list marks paragraph signatures signer",
    "act_day agency applicant_address applicant_name asked_on code due email fee given_back hotline office"
    " other_codes phone reason received_day request until",
    "has_hotline has_marks has_other_codes has_reason was_asked",
    "page",
)

_PETITION: Final = _form(
    "code head list marks paragraph signatures signer",
    "about agency answer content due hotline office reason received_at received_day rule sender_address"
    " sender_name sender_phone source subject",
    "has_about has_due has_hotline has_marks has_rule has_sender is_anonymous",
    "page",
)
_SURVEY: Final = _form("levels pen survey", "hotline link pen", "has_hotline has_survey", "page")


WORDS: Final[Mapping[str, Vocabulary]] = {
    RECEIPT: _form(
        "code due list marks signatures survey table",
        "applicant_address applicant_id applicant_name authority code contact_via due email fee hotline limit"
        " number office officer_name other_codes phone procedure_code promise reasoning received_at request"
        " return_at sets submitter_name volume",
        "has_address has_components has_contact has_email has_fee has_hotline has_id has_limit has_marks"
        " has_other_codes has_phone has_phone_or_email has_procedure_code has_reasoning has_return_at"
        " has_submitter has_survey has_volume",
    ),
    HANDOVER: _form(
        "list signatures table",
        "capacity collector fee given given_at hotline left paper",
        "has_fee has_hotline has_paper is_part",
    ),
    **dict.fromkeys(LETTERS, _LETTER),
    CONTROL: _form(
        "code hops marks",
        "applicant_name due helping hotline other_codes received_at request solving",
        "has_helping has_hotline has_marks has_other_codes",
        "page",
    ),
    REGISTER: _form("table", "first hotline last volume", "has_hotline", "page"),
    POSTING: _form("code parts", "at field hotline name", "has_hotline", "page"),
    POSTED_LIST: _form("table", "at count hotline", "has_hotline", "page"),
    CASH_BOOK: _form(
        "counts officers signatures table",
        "at cash day hotline portal total transfer",
        "has_counts has_hotline has_moved has_no_counts has_none has_officers",
        "page",
    ),
    DAY_CLOSE: _form(
        "closes left signatures sums",
        "at day hotline",
        "has_closes has_hotline has_left has_no_closes has_nothing_left",
        "page",
    ),
    **dict.fromkeys(PETITIONS, _PETITION),
    **dict.fromkeys((SURVEY, SURVEY_SHEET), _SURVEY),
    LIST: _form("signatures table", "agency at count giver hotline taker", "has_hotline", "page"),
}


def read(text: str) -> Template:
    """A template of any of these forms; raises BadInput (`bad-template`)."""
    form = template.form_of(text)
    words = WORDS.get(form) if isinstance(form, str) else None
    if words is None:
        raise BadInput("bad-template", field="form", value=form)
    return template.load(text, words)
