"""Words in an update that sit oddly beside a good rating: offered as a question, never as a verdict."""

import re

# The end of a clause: what is denied before it is not denied behind it.
CLAUSE = re.compile(
    r"[.!?;:\n]+|(?:,\s*)?\b(?:but|however|although|though|while|whereas|except)\b|,|[–—]| - "
)
SIGNAL = re.compile(
    r"""\b(?:
    delay(?:s|ed|ing)?
    | not\s+yet | yet\s+to\s+(?:be|begin|start|agree|recruit|complete|receive|see|have|happen)
    | outstanding
    | back-?logs?
    | (?:a?waiting\s+(?:for|on)) | awaiting
    | behind(?=\s*(?:$|[.,;:!?])
      |\s+(?:schedule|plan|target|time|where|on|with|trajectory|expectations?|profile|by)\b)
    | slipp(?:ed|ing|age)
    | vacan(?:t|cy|cies) | unfilled
    | overdue
    | stalled | on\s+hold | postponed | incomplete
    | no\s+(?:real\s+|further\s+)?(?:progress|improvement)
    | (?:has|have|is|are|was|were|been|still)\s+not\s+(?:been\s+)?(?:yet\s+)?
      (?:start(?:ed)?|begun|complet(?:e|ed)|done|met|achieved|implemented|in\s+place|finished|improved|embedded)
    | (?:hasn|haven|isn|aren)['’]t\s+(?:been\s+)?
      (?:start(?:ed)?|begun|complete(?:d)?|done|met|improved|in\s+place)
    | not\s+(?:started|begun)
    )\b""",
    re.VERBOSE | re.IGNORECASE,
)
# What a signal that is itself a denial is not turned round by.
DENIALS = re.compile(r"\bnot\b|\bno\b|n['’]t\b|\byet\b", re.IGNORECASE)
BEFORE = re.compile(
    r"""\b(?:
    no(?:\s+longer)? | not | never | none | nothing | nobody | without | zero | 0 | n['’]t
    | (?:is|are|was|were|has|have|do|does|did)n['’]t
    | fewer | less | any | free\s+of | rather\s+than | instead\s+of
    | clear(?:s|ed)? | resolv(?:es|ed) | eliminat(?:es|ed) | remov(?:es|ed) | end(?:s|ed) | recovered
    | fill(?:s|ed)? | avoid(?:s|ed|ing)? | prevent(?:s|ed|ing)? | caught\s+up | overc[oa]me | made\s+up
    | reduc(?:e|es|ed|ing|tion) | previously | formerly | historic(?:al)? | former | once
    )\b(?:\s+[\w'’%-]+){0,4}\s*$""",
    re.VERBOSE | re.IGNORECASE,
)
AFTER = re.compile(
    r"""\b(?:
    clear(?:ed)? | gone | eliminated | resolved | ended | filled | recruited | closed | recovered
    | (?:is|are|has|have)\s+(?:now\s+|been\s+|all\s+)*(?:complete(?:d)?|done|finished|agreed|in\s+place)
    | now\s+(?:\w+\s+)?(?:complete(?:d)?|done|finished|agreed|in\s+place|on\s+track|received)
    | back\s+on\s+track | caught\s+up | made\s+up
    | fell | fallen | falling | reduced | halved | down\s+(?:to|from)
    )\b""",
    re.VERBOSE | re.IGNORECASE,
)
# What stands further off in a clause neither denies a word nor puts it right.
NEAR = 150
# What denies that something was put right: "the backlog is not cleared".
STILL = re.compile(r"\b(?:not|never|yet|to\s+be|until|unless|n['’]t)\b", re.IGNORECASE)
# The inspectorate's best grade, and praise.
GRADED = re.compile(
    r"\b(?:grad(?:e|ed|es|ing)|rat(?:ed|ing)|judg(?:ed|ement)|scored|good|(?:is|was|were)\s+(?:truly|simply)|an?)"
    r"(?:\s+(?:as|or|and|to|be|was|is|were|it|them))*\s*$",
    re.IGNORECASE,
)
PRAISED = re.compile(
    r"^\s+(?:practice|work|leadership|feedback|results?|grades?|judgements?|schools?|provision|team|effort"
    r"|example|contribution|support|quality|achievement|by\s+(?:ofsted|inspectors?|moderators?))\b",
    re.IGNORECASE,
)


def contradictions(text: str) -> list[str]:
    """The text's own words that say the work is not where it should be, each once, in their order.

    >>> contradictions("The audit is delayed and two posts are vacant.")
    ['delayed', 'vacant']
    """
    if not SIGNAL.search(text):
        return []
    found: dict[str, str] = {}
    clauses = _clauses(text)
    for number, clause in enumerate(clauses):
        following = clauses[number + 1] if number + 1 < len(clauses) else ("", "")
        for signal in SIGNAL.finditer(clause[0]):
            if _counts(signal, clause[0]) and not _is_put_right(signal, clause, following):
                words = " ".join(signal[0].split())
                found.setdefault(words.lower(), words)
    return list(found.values())


def _clauses(text: str) -> list[tuple[str, str]]:
    """The clauses of a text, each with what ends it."""
    parts, start = [], 0
    for end in CLAUSE.finditer(text):
        parts.append((text[start : end.start()], end[0]))
        start = end.end()
    return [*parts, (text[start:], "")]


def _counts(signal: re.Match[str], clause: str) -> bool:
    before, after = clause[: signal.start()][-NEAR:], clause[signal.end() :][:NEAR]
    if signal[0].lower() == "outstanding" and (GRADED.search(before) or PRAISED.match(after)):
        return False
    return bool(DENIALS.search(signal[0])) or not BEFORE.search(before)


def _is_put_right(signal: re.Match[str], clause: tuple[str, str], following: tuple[str, str]) -> bool:
    """The rest of the clause, or a "but" or comma after it, says that it is over."""
    rest = clause[0][signal.end() :][:NEAR]
    goes_on = clause[1].strip(", ").isalpha() or clause[1] == ","
    return any(
        AFTER.search(words) and not STILL.search(words) for words in (rest, following[0][:NEAR] * goes_on)
    )
