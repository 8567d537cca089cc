"""What a row's texts cite, as recommendations that its action answers: values in, values out, no models."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from .citations import PARAGRAPH, Citation, bare_number, read_citations
from .matching import collapsed, fold
from .proposals import Content, Proposal

Answer = tuple[str, str]
LONGEST_REFERENCE = 100
# No expression reads across it, so that a row's texts are read at once.
APART = "\0"
# Progress is left out: it tells what was talked about, not what the action answers.
CITING = ("title", "activity", "outcome", "objective", "success_criteria", "what_it_means", "links")
ANSWERS = frozenset({"recommendation", "recommendation_reference"})


@dataclass(frozen=True, slots=True)
class Known:
    """A recommendation of the board; `kind`, `title` and `year` are its inspection's, "" without one."""

    reference: str
    text: str
    paragraph: str = ""
    kind: str = ""
    title: str = ""
    year: str = ""

    @property
    def answer(self) -> Answer:
        return self.reference, self.text


def cite(proposals: Sequence[Proposal]) -> dict[int, list[Citation]]:
    """The citations of each row that has any, by `id(proposal)`."""
    found = {id(one): citations_of(_texts(one)) for one in proposals}
    return {key: citations for key, citations in found.items() if citations}


def citations_of(texts: Iterable[str]) -> list[Citation]:
    return read_citations(APART.join(texts))


def _texts(one: Proposal) -> Iterable[str]:
    yield from (text for name in CITING if (text := one.texts[name]))
    yield from one.path
    yield from (text for _, text in one.notes)


def propose_answers(
    proposals: Iterable[Proposal], cited: Mapping[int, list[Citation]], known: Sequence[Known]
) -> None:
    """Gives each row what it cites: a recommendation of the board where only one fits, else the words.

    What the row's own recommendation says already is not said twice.
    """
    spelt: dict[str, str] = {fold(one.reference): one.reference for one in reversed(known)}
    resolved: dict[Citation, Answer | None] = {}
    for proposal in proposals:
        answers: dict[Answer, None] = {}
        for citation in cited.get(id(proposal), ()):
            if any(says(answer, citation) for answer in proposal.recommendations):
                continue
            if citation not in resolved:
                resolved[citation] = _resolve(citation, known) or _in_words(citation, spelt)
            if resolved[citation]:
                answers[resolved[citation]] = None
        proposal.cited = tuple(answers)


def _resolve(citation: Citation, known: Sequence[Known]) -> Answer | None:
    """The one recommendation that a citation can mean."""
    named = [one for one in known if fold(one.reference) == fold(citation.words)]
    fitting = named or [one for one in known if _fits(one, citation)]
    answers = [one.answer for one in fitting]
    # Another with the same reference and words could not be told from it.
    alike = sum(one.answer == answers[0] for one in known) if answers else 0
    return answers[0] if len(answers) == 1 and alike == 1 else None


def _fits(one: Known, citation: Citation) -> bool:
    if citation.kinds and one.kind not in citation.kinds:
        return not one.kind and any(citation.may_be(own) for own in _own(one.reference))
    if citation.year and one.kind and citation.year != one.year and citation.year not in one.title:
        return False
    if citation.noun == PARAGRAPH:
        return bare_number(one.paragraph) == citation.number
    if bare_number(one.reference):
        return bool(one.kind) and bare_number(one.reference) == citation.number
    return any(own.number == citation.number and own.noun == citation.noun for own in _own(one.reference))


def _in_words(citation: Citation, spelt: dict[str, str]) -> Answer | None:
    """The cited words as a reference, spelt the same each time; a paragraph alone recommends nothing."""
    if citation.noun == PARAGRAPH or len(citation.words) > LONGEST_REFERENCE:
        return None
    return spelt.setdefault(fold(citation.words), citation.words), ""


def says(answer: Answer, citation: Citation) -> bool:
    """Whether a recommendation written beside an action says what a text of it cites."""
    reference = answer[0]
    if bare_number(reference):
        return bare_number(reference) == citation.number
    return fold(citation.words) in fold(reference) or any(citation.may_be(own) for own in _own(reference))


@lru_cache(maxsize=4096)
def _own(reference: str) -> list[Citation]:
    """What a reference in words means, such as "Ofsted recommendation 3"."""
    return read_citations(reference)


def complete_answers(proposal: Proposal, standing: Content | None, columns: Collection[str]) -> None:
    """Puts what the row cites behind what it, or for a file that does not say the board, names."""
    named = proposal.recommendations
    silent = not named and not ANSWERS.intersection(columns)
    if standing and (silent or _told(proposal, standing)):
        named = standing.recommendations
    cited = [one for one in proposal.cited if one not in named and not _named_by_words(one, named)]
    proposal.recommendations = (*named, *cited)


def _told(proposal: Proposal, standing: Content) -> bool:
    """Whether one cell says all that stands: a download writes several below each other, but for those
    that the texts say."""
    own = [one for one in standing.recommendations if one[1] or one not in proposal.cited]
    told = [collapsed(" ".join(part)) for part in zip(*own, strict=True)]
    return len(proposal.recommendations) == 1 and told == list(map(collapsed, proposal.recommendations[0]))


def said_as_answer(words: str, standing: Content) -> bool:
    """Whether an objective is no more than the words of what is answered, which stand for one in a file."""
    return bool(words) and fold(words) == fold(" ".join(text for _, text in standing.recommendations))


def _named_by_words(cited: Answer, named: Iterable[Answer]) -> bool:
    return any(fold(reference) == fold(cited[0]) for reference, _ in named if not bare_number(reference))
