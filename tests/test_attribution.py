"""Hold the attribution stage to its cases: who says what, and what each claim rests on."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import comparer
from comparer.attribution.attributions import find_attributions, read_attributions
from comparer.attribution.claims import find_claims
from comparer.attribution.kinds import source_kind
from comparer.attribution.labelling import Chain, Keys, Vocabulary, with_zeros
from comparer.attribution.words import word
from comparer.language.doc import read_docs
from comparer.language.quotations import find_quotations
from comparer.model import (
    Act,
    Article,
    ArticleId,
    Attribution,
    Block,
    BlockKind,
    Claim,
    Manner,
    Source,
    SourceKind,
    Span,
    Voice,
)

CASES = Path(__file__).parent / "cases" / "attribution"
MARK = re.compile(r"\[(source|cue|content)(\d?) ([^\]]*)\]")


def cases(name: str) -> list[Any]:
    """Read one file of cases as pytest parameters."""
    table = tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))
    return [pytest.param(case, id=case["label"]) for case in table.get("case", [])]


def expected(case: dict[str, Any]) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return the marked attributions of a case as (source, cue, contents)."""
    parts: dict[str, dict[str, list[str]]] = {}
    for role, number, words in MARK.findall(case["text"]):
        parts.setdefault(number, {"source": [], "cue": [], "content": []})[role].append(words)
    given = case.get("sources", {})
    return sorted(
        ("".join(p["source"]) or given.get(f"source{n}", ""), "".join(p["cue"]), tuple(p["content"]))
        for n, p in parts.items()
    )


def spoken(text: str, found: Sequence[Attribution] | None = None) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return the speech attributions found in a text in the same form."""
    given = find_attributions(text) if found is None else found
    return sorted(
        (a.source.of(text) if a.source else "", a.cue.of(text) if a.cue else "", tuple(c.of(text) for c in a.content))
        for a in given
        if a.act is Act.SPEECH
    )


def article(*paragraphs: str, title: str | None = None, language: str = "en") -> Article:
    """Build an article of kept blocks, a paragraph each."""
    lines = [*([title] if title else []), *paragraphs]
    text = "\n\n".join(lines)
    blocks, start = [], 0
    for number, line in enumerate(lines):
        kind = BlockKind.TITLE if title and number == 0 else BlockKind.CONTENT
        blocks.append(Block(Span(start, start + len(line)), kind, 1.0, "test"))
        start += len(line) + 2
    return Article(ArticleId("a"), "Vell Courier", text, tuple(blocks), "digest", language=language)


def sources_of(*paragraphs: str, title: str | None = None) -> tuple[Source, ...]:
    """Return the sources of an article."""
    page = article(*paragraphs, title=title)
    return read_attributions(page, *read_docs([page])).sources


def claims_of(*paragraphs: str) -> tuple[Article, tuple[Claim, ...]]:
    """Return an article with its claims."""
    page = article(*paragraphs)
    (doc,) = read_docs([page])
    return page, find_claims(page, doc, read_attributions(page, doc))


@pytest.mark.parametrize("case", [*cases("synthetic"), *cases("negative")])
def test_exactly_the_marked_speech_is_found(case: dict[str, Any]) -> None:
    assert spoken(MARK.sub(r"\3", case["text"])) == expected(case)


@pytest.mark.parametrize("case", cases("other_styles"))
def test_a_report_prints_exactly_the_marked_speech_of_other_styles(case: dict[str, Any]) -> None:
    text = MARK.sub(r"\3", case["text"])
    assert spoken(text) == expected(case)


@pytest.mark.parametrize("case", cases("known_failures"))
@pytest.mark.xfail(strict=True, reason="read wrongly; see the comment of the case")
def test_known_failures_still_fail(case: dict[str, Any]) -> None:
    assert spoken(MARK.sub(r"\3", case["text"])) == expected(case)


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        ("“We left,” he said. “All of us.”", ["We left,", "All of us."]),
        ('He said: "We left."', ["We left."]),
        ("‘It’s ours,’ the players’ union said.", ["It’s ours,"]),
        ("«On part», dit-il.", ["On part"]),
        ("“She said ‘no’ twice,” he said.", ["She said ‘no’ twice,"]),
        ("“First day.\n\n“Second day.”\n\nThird.", ["First day.\n\n“Second day."]),
        ("“Never closed\n\nNext paragraph.", ["Never closed"]),
        ("“First day.\nSecond day.\nThird.” He left.", ["First day.\nSecond day.\nThird."]),
        ("“First day.\nThe “second” day was better.", ["First day.", "second"]),
        ('“First day.\nA board of 12" broke.', ["First day."]),
        ('"We left,” he said. “All of us."', ["We left,", "All of us."]),
        ('"He called it “a day” and left," she said.', ["He called it “a day” and left,"]),
        ("The '90s band didn't play 'til nine.", []),
        ('A 6"-wide crack, and the 5" pipe.', []),
    ],
)
def test_quotations_are_cut_where_a_reader_cuts_them(text: str, contents: list[str]) -> None:
    assert [q.content.of(text) for q in find_quotations(text)] == contents


def test_an_unclosed_quotation_says_so() -> None:
    assert [q.closed for q in find_quotations("“Never closed\n\nNext “one”.")] == [False, True]


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("Ines Obi, the mayor of Vell", "named_person"),
        ("its foreign minister, Ines Obi", "named_person"),
        ("the mayor", "role"),
        ("a spokesman for the firm", "role"),
        ("a defence ministry source", "anonymous"),
        ("officials", "anonymous"),
        ("Ankara", "organisation"),
        ("the ministry", "organisation"),
        ("The New York Times", "media"),
        ("the report", "document"),
        ("residents", "group"),
        ("Forty percent", "group"),
        ("she", "pronoun"),
        ("who", "pronoun"),
        ("Britain and France", "organisation"),
    ],
)
def test_a_source_is_of_the_kind_its_words_say(phrase: str, kind: str) -> None:
    assert source_kind(phrase).value == kind


def test_a_rank_a_full_name_a_surname_and_a_pronoun_are_one_source() -> None:
    found = sources_of(
        "Rear Adm. Ilan Marsh, the ministry’s spokesperson, said the ship was safe.",
        "“It will sail,” Marsh said. He added that the crew had rested.",
    )
    assert [(s.name, s.office, len(s.mentions)) for s in found] == [("Ilan Marsh", "the ministry’s spokesperson", 3)]


def test_an_anonymous_source_is_never_merged_with_a_named_one() -> None:
    found = sources_of(
        "A ministry source said the ship would sail.", "Ilan Marsh, a ministry spokesman, said the ship would sail."
    )
    assert [s.kind.value for s in found] == ["anonymous", "named_person"]


def test_a_later_definite_mention_is_the_source_described_before() -> None:
    found = sources_of(
        "The bridge will close, a Vell defence ministry source said.",
        "The Vell source, requesting anonymity, said it was old.",
    )
    assert [(len(s.mentions), s.anonymity is not None) for s in found] == [(2, True)]


def test_two_indefinite_sources_are_not_taken_for_one() -> None:
    found = sources_of("A source said the ship would sail.", "Another source said it would not.")
    assert len(found) == 2


def test_a_reason_for_anonymity_is_kept_beside_the_request() -> None:
    reason = "because she was not authorised to discuss the talks"
    text = f"No deal was near, said an aide, who spoke on condition of anonymity {reason}."
    (source,) = sources_of(text)
    assert source.anonymity is not None
    assert source.anonymity_reason is not None
    assert source.anonymity_reason.of(text) == reason


def test_a_quotation_in_a_paragraph_of_its_own_is_carried_over_without_a_printed_source() -> None:
    lines = ("“The pier is closed,” said Anna Ruiz.", "“It is old.”", "“It will cost more than the last one did.”")
    text = "\n\n".join(lines)
    carried = find_attributions(text)[-1]
    assert (carried.source, carried.cue) == (None, None)
    assert carried.resolved_source is not None
    assert carried.resolved_source.of(text) == "Anna Ruiz"


def test_an_agency_between_outlet_and_speaker_is_a_link_of_the_chain() -> None:
    text = "The port will reopen on Friday, according to a report by Reuters, citing a spokesman for the harbour board."
    (found,) = find_attributions(text)
    assert [(link.span.of(text), link.kind.value) for link in found.via] == [("a report by Reuters", "media")]


def test_a_belief_and_a_wish_are_not_speech() -> None:
    text = "Ruiz believes the vote was fair. Obi wants to count it again."
    assert [a.act for a in find_attributions(text)] == [Act.THOUGHT, Act.INTENTION]


def test_other_languages_keep_their_quotations_and_print_no_attribution() -> None:
    page = article("Le maire a déclaré : « Le pont restera fermé ».", language="fr")
    (doc,) = read_docs([page])
    read = read_attributions(page, doc)
    assert (len(doc.quotations), read.attributions, read.attempted) == (1, (), False)


def test_an_address_alone_is_no_claim_and_one_in_a_sentence_stays() -> None:
    told = "The pier opens again in May, and https://pier.example/may holds the hours."
    page, claims = claims_of(told, "https://pier.example/tickets")
    assert [c.passage.span.of(page.text) for c in claims] == [told]


def test_a_sentence_with_two_speakers_makes_two_claims() -> None:
    page, claims = claims_of("Ministers said the scheme was on track, but auditors warned that it was two years late.")
    assert [c.passage.span.of(page.text) for c in claims] == [
        "Ministers said the scheme was on track",
        "but auditors warned that it was two years late.",
    ]


def test_a_quotation_and_its_frame_stay_together() -> None:
    _, claims = claims_of("“The old bridge has cracked, and the new one is late,” the engineer said on Monday.")
    assert len(claims) == 1
    assert claims[0].voice is Voice.SOURCE


def test_what_the_outlet_tells_itself_is_in_its_own_voice() -> None:
    _, claims = claims_of("The bridge has been closed since May.")
    assert [c.voice for c in claims] == [Voice.OUTLET]


def test_a_list_is_not_cut_at_its_last_comma() -> None:
    _, claims = claims_of("The board said that one tug, the Marigold, and twelve sailors would be sent to the wreck.")
    assert len(claims) == 1


@pytest.mark.parametrize(
    ("text", "antecedent"),
    [
        (
            "Capt. Ilan Marsh, who speaks for the board, set terms. “We might stay,” he said in an interview.",
            "Capt. Ilan",
        ),
        ("The Taliban object. They say the accord obliges every soldier to go home.", "The Taliban"),
        ("Two drivers waited. They said the gate was shut.", "Two drivers"),
        ("Meanwhile, Venn and her crew had waited. They said the gate was shut.", "Venn and her crew"),
        ("On June 14 the mayor met Obi. Three days later the board said it had agreed.\n\nThey say it was late.", None),
    ],
)
def test_a_pronoun_stands_for_the_subject_of_the_sentence_before(text: str, antecedent: str | None) -> None:
    last = find_attributions(text)[-1]
    resolved = last.resolved_source.of(text) if last.resolved_source else None
    assert (resolved or "").startswith(antecedent or "")
    assert (resolved is None) == (antecedent is None)
    assert resolved is not None or last.resolved_kind is SourceKind.PRONOUN


@pytest.mark.parametrize(("pronoun", "antecedent"), [("She", "Margaret Obi"), ("He", "Daniel Ruiz")])
def test_a_pronoun_passes_over_people_of_the_other_gender(pronoun: str, antecedent: str) -> None:
    text = f"Margaret Obi said the pier was shut. Daniel Ruiz said it was open.\n\n{pronoun} said the tide was late."
    last = find_attributions(text)[-1]
    assert last.resolved_source is not None
    assert last.resolved_source.of(text) == antecedent


@pytest.mark.parametrize(
    ("second", "reason"),
    [
        (
            "The aide spoke on condition of anonymity because the board has yet to meet.",
            "because the board has yet to meet",
        ),
        ("The aide was not allowed to speak publicly because the talks are secret.", "because the talks are secret"),
        ("The aide asked not to be named.", None),
        ("He requested anonymity, citing the rules.", "citing the rules"),
    ],
)
def test_a_request_for_anonymity_in_the_next_sentence_is_the_source_s(second: str, reason: str | None) -> None:
    page = article(f"The ship would sail on Monday, a ministry aide said. {second}")
    (source,) = read_attributions(page, *read_docs([page])).sources
    assert source.anonymity is not None
    assert (source.anonymity_reason.of(page.text) if source.anonymity_reason else None) == reason


def test_a_request_by_somebody_else_is_not_the_source_s() -> None:
    (source,) = sources_of("The ship would sail, a ministry aide said. The buyer asked not to be named.")
    assert source.anonymity is None


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("The two boards have already discussed deploying pilots.", 0),
        ("Vell has maintained good relations with both ports.", 0),
        ("The port has rejected any deployment of tugs.", 0),
        ("The island has declined to impose tolls.", 0),
        ("The board maintained that the tugs were safe.", 1),
        ("The mayor ruled out tolls on the bridge.", 1),
    ],
)
def test_a_deed_is_not_printed_as_a_statement(text: str, printed: int) -> None:
    page = article(text)
    assert len(read_attributions(page, *read_docs([page])).attributions) == printed


@pytest.mark.parametrize("agency", ["Nordpress News Service", "Agence France-Presse (AFP)"])
def test_a_report_by_a_news_service_is_a_medium(agency: str) -> None:
    assert source_kind(f"a report by {agency}") is SourceKind.MEDIA


def test_every_sentence_of_a_long_quotation_is_the_source_s() -> None:
    _, claims = claims_of(
        "“The old bridge has cracked badly. We will close it before the winter. Nobody was hurt,” Ines Obi said.",
        "“The new bridge is two years late,” she said. “It will open in the spring of next year. We will pay for it.”",
    )
    assert [c.voice for c in claims] == [Voice.SOURCE] * len(claims)


def test_a_rank_is_an_office_and_no_part_of_the_name() -> None:
    (source,) = sources_of("“We hunt mines,” said Lt. Cdr. Ilan Marsh.")
    assert (source.name, source.office) == ("Ilan Marsh", "Lt. Cdr.")


def test_a_title_with_initials_keeps_them() -> None:
    (source,) = sources_of("The talks will go on, U.S. President Ilan Marsh said on Monday.")
    assert (source.name, source.office) == ("Ilan Marsh", "U.S. President")


def test_no_source_ends_within_a_clause() -> None:
    text = "Ankara names its terms and says that nothing has been settled."
    assert [a.source.of(text) for a in find_attributions(text) if a.source] != ["Ankara names its terms and"]


def test_a_long_quotation_whose_speaker_is_not_known_has_no_source() -> None:
    text = "The gate was locked at nine.\n\n“Nobody told us that the pier would be closed for the whole summer.”"
    (found,) = find_attributions(text)
    assert (found.source, found.cue, found.manner) == (None, None, Manner.DIRECT)
    assert sources_of(text) == ()


def test_the_weights_are_small_enough_to_ship() -> None:
    folder = Path(comparer.__file__).parent / "resources"
    assert sum(f.stat().st_size for f in folder.glob("attribution*.*")) < 6_000_000


def test_a_chain_sums_over_all_ways_to_label_a_sequence() -> None:
    chain = Chain(
        labels=("O", "T"),
        vocabulary=Vocabulary({"w": {"<>": 1, "said": 2, "late": 3}}),
        templates=((("w", 0),),),
        keys=(Keys.of(np.array([2, 3])),),
        rows=(with_zeros(np.log(np.array([[3.0, 1.0], [1.0, 1.0]]))),),
        moves=np.log(np.array([[2.0, 1.0], [1.0, 2.0]], dtype=np.float32)),
    )
    coded = chain.vocabulary.encode({"w": ["<>", "<>", "said", "late", "<>", "<>"]})
    likely = chain.probabilities(coded, np.array([2, 3]), [2])
    # Ways to label "said late": O O 3*2, O T 3*1, T O 1*1, T T 1*2, of 12 in all.
    assert likely[:, 1].tolist() == pytest.approx([3 / 12, 5 / 12])


@pytest.mark.parametrize(
    ("form", "lemma", "verb"),
    [
        ("grumbled", "grumble", "comc"),
        ("grovelled", "grovel", "mot"),
        ("Obi", "Obi", ""),
        ("spokeswomen", "spokeswoman", ""),
    ],
)
def test_a_word_is_known_by_its_lemma_and_meaning(form: str, lemma: str, verb: str) -> None:
    assert (word(form).lemma, word(form).verb) == (lemma, verb)


PROSE = st.text(alphabet="“”‘’\"'«» ,.;:—\n()abS said told he according to that", max_size=120)


@pytest.mark.slow
@given(st.one_of(st.text(max_size=200), PROSE))
@settings(max_examples=150, deadline=None)
def test_odd_text_never_raises_and_spans_lie_inside_it(text: str) -> None:
    spans = [s for a in find_attributions(text) for s in (a.source, a.cue, *a.content) if s is not None]
    spans += [q.span for q in find_quotations(text)]
    assert all(0 <= s.start < s.end <= len(text) for s in spans)


@pytest.mark.slow
@given(PROSE)
@settings(max_examples=100, deadline=None)
def test_claims_lie_in_their_sentence_in_order_and_apart(text: str) -> None:
    page = article(text)
    (doc,) = read_docs([page])
    claims = find_claims(page, doc, read_attributions(page, doc))
    spans = [c.passage.span for c in claims]
    assert all(doc.sentences[c.sentence].span.covers(c.passage.span) for c in claims)
    assert all(a.end <= b.start for a, b in pairwise(spans))


def test_a_mark_alone_is_no_source() -> None:
    text = "The pier was shut, the harbour master, Orla Venn, told reporters."
    assert all(a.source is None or a.source.of(text)[:1].isalpha() for a in find_attributions(text))
