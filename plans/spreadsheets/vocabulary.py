# ruff: noqa: E501  (a rule reads best on one line)
"""The words that councils put at the head of a column, and which field each of them means."""

import re
from functools import lru_cache
from typing import NamedTuple

FIELDS: dict[str, str] = {
    "reference": "Reference",
    "area": "Area",
    "outcome": "Outcome",
    "objective": "Objective",
    "title": "Action",
    "activity": "Activity",
    "leads": "Leads",
    "target": "Target date",
    "rating": "Rating",
    "success_criteria": "Success criteria",
    "what_it_means": "What it means for children",
    "progress": "Progress",
    "way_back": "What would make it green",
    "recommendation": "Recommendation",
    "recommendation_reference": "Recommendation reference",
    "links": "Links",
    "note": "Kept as a note",
    "ignore": "Left out",
}
LEVEL_FIELDS = ("area", "recommendation", "outcome", "objective")


class Word(NamedTuple):
    """What a header says: a field, how surely (1 to 4), and a sense such as "earlier" or "revised"."""

    field: str
    strength: int
    sense: str = ""


NUMBER = r"(?:no|nos|nr|num|number|numbers|ref|refs|reference|references|id|ids|code|identifier)"
CHILDREN = r"(?:child|children|childrens|young people|young person|famil(?:y|ies)|cyp|carers|parents)"
RAG = r"(?:b ?r ?a ?g ?g?|r ?a ?g ?b?|r y g|rygb|b ?g ?a ?r)"
DATE = r"(?:dates?|timescales?|deadlines?|timeframes?)"
MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|january|february|march|april|june|july|"
    r"august|september|october|november|december)"
)

# The first pattern that is found wins, so the narrower ones stand first.
RULES: tuple[tuple[str, int, str, str], ...] = (
    ("key", 4, "", rf"^(?:{RAG} |rating |colour |status )?(?:key|legend)$"),
    ("way_back", 3, "", r"\b(?:route|path|way|return|get|getting|make|back) .*\b(?:green|on track)\b"),
    ("way_back", 3, "", r"\b(?:recovery|remedial|mitigat\w*|corrective|contingency)\b(?! plan no)"),
    ("note", 3, "", r"^(?:risks?|likelihood|risk (?:score|rating|level)|score|inherent|residual)\b"),
    ("progress", 1, "", rf"\b{RAG} (?:narrative|comment\w*|explanation|reason|rationale)"),
    (
        "note",
        3,
        "",
        rf"^(?:reason|rationale|explanation)s? (?:for|of) (?:the )?(?:{RAG}|rating|delay|change)",
    ),
    (
        "rating",
        3,
        "earlier",
        rf"^(?:previous|last|prior|initial|baseline|start\w*|original|old|former)\b.*\b(?:{RAG}|rating|status)\b",
    ),
    ("rating", 4, "", rf"^(?:.* )?{RAG}(?: (?:rating|ratings|status|score|rated|colour|now|current)\b.*)?$"),
    ("rating", 4, "", rf"\b{RAG}\b(?!.*\bprogress\b.*\bupdate\b)"),
    (
        "rating",
        3,
        "",
        r"^(?:current |latest |overall |progress |delivery |action |performance |assurance )*rating$",
    ),
    ("rating", 3, "", r"^(?:traffic lights?|colour(?: code)?|delivery confidence|confidence(?: level)?)$"),
    (
        "rating",
        2,
        "",
        r"^(?:current |latest |overall |progress |delivery |action |completion |task |implementation )*status"
        r"(?: (?:now|rating|at .*|as at .*))?$",
    ),
    (
        "rating",
        1,
        "done",
        r"^(?:is it |action |task )?(?:completed?|done|achieved|closed|delivered)(?: (?:y n|yes no))?$",
    ),
    (
        "note",
        3,
        "start",
        r"^(?:planned |actual |proposed |anticipated )?(?:start|commence\w*|begin\w*)(?: date| by)?$",
    ),
    ("note", 3, "start", r"^date (?:started|commenced|of (?:start|commencement))$|^from$"),
    (
        "note",
        3,
        "done",
        r"\bdate (?:action |task |it )?(?:was )?(?:completed|closed|achieved|signed off|done|delivered)\b"
        r"|\b(?:completed|closed|achieved|done|signed off|delivered) (?:date|on)\b"
        r"|\bactual\b.*\b(?:date|completion|finish|end)\b|\b(?:date|completion|finish|end) actual\b",
    ),
    (
        "note",
        3,
        "review",
        r"^(?!.*\b(?:target|due|completion|deadline|timescale|end)\b)(?:.*\b(?:review|reviewed|updated|raised|added|"
        r"logged|opened|identified|meeting) (?:date|on|frequency)\b|.*\bdate (?:of |last |for )?(?:the )?(?:review|"
        r"reviewed|update|updated|raised|added|logged|opened|identified)|(?:last|next) (?:review|reviewed|updated)"
        r"|review(?:ed)?$|frequency$|how often)",
    ),
    (
        "note",
        3,
        "",
        r"^(?:governance|board|forum|oversight|report(?:ing|s) to|monitored by|scrutiny|signed off by)\b",
    ),
    (
        "note",
        3,
        "",
        r"\b(?:budget|costs?|resources?|resourcing|resource implications|funding|dependenc\w+|finance)\b",
    ),
    ("recommendation_reference", 3, "", r"\b(?:para|paras|paragraph|paragraphs)\b"),
    (
        "recommendation_reference",
        3,
        "",
        rf"^(?:ofsted |inspection |ilacs |report |cqc |send |jtai |area for improvement )*(?:rec|recs|recommendation|"
        rf"recommendations|finding|ofsted|inspection|ilacs|cqc|afi|report) {NUMBER}$",
    ),
    (
        "recommendation_reference",
        2,
        "",
        r"^(?:links?|linked|relates|maps) .*\b(?:recommendations?|recs?|ofsted)\b",
    ),
    (
        "reference",
        3,
        "",
        rf"^(?:(?:action|actions|task|item|row|unique|plan|activity|line|key action|serial|s|sr|our|wsoa|improvement"
        rf"|action plan) )*{NUMBER}(?: {NUMBER})?$|^(?:sno|sn|n o)$",
    ),
    (
        "reference",
        1,
        "level",
        rf"^(?:objective|outcome|priority|theme|area|standard|commitment|step) {NUMBER}$",
    ),
    (
        "links",
        3,
        "",
        r"^(?:links?|linked|linkages?|cross ref\w*|related|interdependenc\w+)\b|\blinks? (?:to|with)\b",
    ),
    (
        "progress",
        3,
        "",
        r"^(?:actions?|work|activity|steps|progress) (?:taken|completed|done|made|achieved)\b",
    ),
    (
        "progress",
        3,
        "",
        r"^what (?:have we|has been|we have|weve) (?:done|achieved|completed)|\bso far$|\bto date$",
    ),
    (
        "leads",
        1,
        "",
        r"\b(?:support\w*|partners?|agenc(?:y|ies)|sponsor|lead member|contributors?|others?)\b.*\b(?:leads?|officers?|owners?)\b",
    ),
    (
        "leads",
        1,
        "",
        r"^(?:lead |responsible |key )?(?:support\w*|partners?|agenc(?:y|ies)|team|service|organisation)s?(?: involved| responsible)?$",
    ),
    (
        "leads",
        3,
        "when",
        r"\b(?:who|whom|leads?|responsib\w+|owner)\b.*\b(?:when|timescales?|deadlines?|dates?)\b",
    ),
    (
        "leads",
        3,
        "",
        r"\b(?:leads?|owners?|responsible|responsibility|responsibilities|accountable|accountability|sro|ownership)\b"
        r"|^(?:by )?whom?$|^whom? (?:by|is|will|does|leads|owns|are|delivers|to)\b|^by whom?\b|^whos\b",
    ),
    (
        "leads",
        2,
        "",
        r"^(?:named |key |the |designated )?(?:officer|person|contact|manager|individual|name)s?\b(?! .*number)",
    ),
    ("leads", 2, "", r"^(?:assigned|allocated|delegated) to$|^(?:delivered|action|actioned) by(?: whom)?$"),
    ("note", 3, "start", rf"\bstart\b(?!.*\b(?:end|finish|complet\w+)\b).*\b{DATE}\b|\b{DATE} start$"),
    (
        "target",
        3,
        "",
        rf"\b(?:target|due|end|finish|completion|complete|delivery|milestone|implementation|planned|revised|forecast|"
        rf"expected|proposed|agreed|original|new|current|latest|anticipated|action|initial|extended) (?:for )?"
        rf"(?:target |completion |due |end |delivery )?{DATE}\b",
    ),
    (
        "target",
        3,
        "",
        r"\b(?:timescales?|timeframes?|time frames?|time scales?|timelines?|deadlines?)\b|^due\b|^(?:by )?when\b",
    ),
    (
        "target",
        3,
        "",
        rf"^{DATE} (?:for|of|due|by|to be|set|agreed)\b(?!.*\breview\b)|^(?:to be )?completed? by\b|^achieve by\b",
    ),
    ("target", 2, "", r"^(?:planned |expected |target |for )?completion(?: by)?$|^(?:finish|end|by)$"),
    (
        "target",
        2,
        "",
        r"^(?:original |revised |initial |new |current |first )?(?:target|due)(?: (?:original|revised|initial|new|current))?$",
    ),
    ("target", 1, "", r"^dates?$|^(?:month|quarter)$|^delivery$"),
    (
        "progress",
        3,
        "",
        r"^(?:latest |current |overall |monthly |quarterly |board |summary of |last |previous )*(?:progress|updates?|status update)\b(?! (?:measure|indicator))",
    ),
    (
        "what_it_means",
        3,
        "",
        rf"\b(?:means?|impact|differences?|benefits?) .*\b{CHILDREN}\b|^what (?:this|it|does this|will this) means?\b",
    ),
    (
        "what_it_means",
        3,
        "",
        rf"^so what\b|\bwhat difference\b|\bwhat will (?:be|feel|look) different|^what will {CHILDREN}\b|\blived experience\b",
    ),
    ("success_criteria", 4, "", r"\bsuccess\w*\b"),
    (
        "success_criteria",
        3,
        "",
        r"\bhow (?:will|do|would|can|shall|are) (?:we|you|i|it|this)(?: all)? (?:\w+ )?(?:know|knowing|measured?|evidenced?|tell|show|demonstrate|monitor)\b"
        r"|\bhow we (?:will |ll )?(?:know|measure|evidence)|\bwhat (?:does )?good (?:looks?|will look)",
    ),
    ("success_criteria", 3, "", r"\b(?:kpis?|measures?|measured|metrics?|indicators?|measurables?)\b"),
    ("progress", 3, "", r"\b(?:progress|updates?)\b"),
    ("success_criteria", 2, "", r"\b(?:impact|evidence|evidenced)\b"),
    ("success_criteria", 1, "", r"\b(?:monitoring|evaluation|assurance|quality assurance)\b"),
    ("progress", 2, "", r"\b(?:comments?|commentary|narrative|position|status (?:comments?|report))\b"),
    ("progress", 1, "", r"\b(?:notes?|remarks?|achievements?|observations?)\b"),
    (
        "activity",
        3,
        "",
        r"^(?:sub|detailed|supporting|underpinning|key)? ?(?:steps|tasks|sub ?actions?|sub ?tasks?|milestones?|activit(?:y|ies))\b"
        r"|^(?:sub|detailed) ?actions?\b|\b(?:action )?steps\b|^(?:key |main )?milestones?\b",
    ),
    (
        "activity",
        3,
        "",
        r"^how(?: (?:will|are|do|shall) we (?:do|achieve|deliver|get|going|make)\b.*| we (?:will|are|plan|ll)\b.*| (?:it|this) will\b.*)?$",
    ),
    (
        "title",
        4,
        "",
        r"^(?:(?:key|agreed|planned|required|improvement|specific|proposed|priority|smart|main|our|recommended|the|next|council|individual|high level|headline) )*actions?\b",
    ),
    (
        "title",
        4,
        "",
        r"^(?:objectives?|aims?|priority|recommendations?|outcomes?) (?:and |or )?(?:key )?actions?$",
    ),
    (
        "title",
        3,
        "",
        r"^what(?: (?:will|are|do|shall|must) we (?:do|going to do|need to do)\b.*| we (?:will|are going to|need to|must|ll) do\b.*)?$",
    ),
    (
        "title",
        3,
        "",
        r"^what (?:needs|has|is|actions?|needed|must|will)\b(?!.*\b(?:different|found|said)\b)|^tasks?(?: description)?$",
    ),
    (
        "recommendation",
        3,
        "",
        r"\brecommendations?\b|\bareas? (?:for|of|requiring|needing) (?:priority )?(?:improvement|development|action|"
        r"significant weakness|weakness|concern)|\bfindings?\b|\bwhat (?:ofsted|inspectors?|the inspect\w+) (?:said|told|found|say)",
    ),
    (
        "recommendation",
        2,
        "",
        r"^(?:ofsted|inspection|statutory|cqc|identified|key)? ?(?:issues?|concerns?|weakness(?:es)?|requirements?)\b|^ofsted\b",
    ),
    (
        "title",
        3,
        "",
        r"^(?:improvements?(?: required| needed)?|deliverables?|initiatives?|interventions?|proposals?|response)$",
    ),
    (
        "outcome",
        3,
        "",
        r"\boutcomes?\b|^(?:desired |intended |expected |end )?results?$|^(?:what|where) (?:do )?we want to (?:achieve|see|be)",
    ),
    (
        "objective",
        3,
        "",
        r"\b(?:objectives?|aims?|goals?|commitments?|ambitions?|intentions?|what we want)\b",
    ),
    (
        "area",
        3,
        "",
        r"^(?:improvement |priority |key |focus |practice )?(?:areas?|themes?)(?: of focus| of practice)?$",
    ),
    (
        "area",
        3,
        "",
        r"^(?:key |improvement |strategic |our )?(?:priority|priorities|workstreams?|work streams?|strands?|pillars?|domains?)(?: areas?)?$",
    ),
    (
        "area",
        2,
        "",
        r"\b(?:areas?|themes?|priority|workstream|standards?|strand|pillar)\b|^(?:section|category|topic|heading|subject|focus|programme|project)s?$",
    ),
    ("title", 2, "", r"\bactions?\b"),
    ("activity", 1, "", r"^(?:description|details?|method|approach|summary)\b"),
)
PATTERNS = tuple((field, strength, sense, re.compile(rule)) for field, strength, sense, rule in RULES)
EARLIER = re.compile(
    r"\b(?:previous|last (?:month|quarter|board|time|progress|update)|prior|earlier|initial|baseline|former)\b"
)
REVISED = re.compile(r"\b(?:revised|current|new|latest|updated|extended|amended|forecast)\b")
ORIGINAL = re.compile(r"\b(?:original|originally|initial|first|baseline|previous|old)\b")

_APOSTROPHES = re.compile("['\u2018\u2019`]")
_PUNCTUATION = re.compile(r"[^\w]+|_")


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """A header as it is compared: "Action(s) Required." -> "actions required"."""
    text = text.casefold().replace("(s)", "s").replace("&", " and ").replace("#", " number ")
    return " ".join(_PUNCTUATION.sub(" ", _APOSTROPHES.sub("", text)).split())


@lru_cache(maxsize=4096)
def look_up(header: str) -> Word | None:
    """What the words of a header mean, None when they are not known."""
    folded = fold(header)
    if not folded or len(folded) > 120:
        return None
    for field, strength, sense, pattern in PATTERNS:
        if pattern.search(folded):
            return Word(field, strength, sense or _sense(field, folded))
    return None


def _sense(field: str, folded: str) -> str:
    if field == "target":
        if REVISED.search(folded):
            return "revised"
        return "original" if ORIGINAL.search(folded) else ""
    if field in ("progress", "rating") and EARLIER.search(folded):
        return "earlier"
    return ""
