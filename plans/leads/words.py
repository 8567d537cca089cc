"""The words of leads: which phrases can stand alone as a role, a person or a group."""

import re
from enum import IntEnum


def _vocabulary(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
ROLES = _vocabulary(
    "head heads director directors manager managers lead leads leader leaders officer officers chair",
    "chairs chief commissioner commissioners adviser advisers advisor advisors coordinator",
    "coordinators co-ordinator co-ordinators consultant consultants worker workers practitioner",
    "practitioners holder councillor councillors cllr member members nurse nurses doctor doctors",
    "superintendent inspector constable headteacher headteachers teacher teachers analyst analysts",
    "administrator secretary solicitor supervisor supervisors deputy governor governors champion",
    "champions sponsor specialist specialists trainer auditor auditors psychologist clerk executive",
    "sergeant mayor principal",
)
ROLE_LETTERS = _vocabulary(
    "dcs ad ads hos psw psws iro iros sm sms tm tms stm stms atm ceo cex dph dass edcs lado sro vsh",
    "dcx cx dsl pqm",
)
CLOSED_LETTERS = ROLE_LETTERS - _vocabulary("ad ads hos sm sms tm tms stm stms atm")
TEAMS = _vocabulary("team teams unit units service services hub hubs")
GROUPS = _vocabulary(
    "team teams unit units board boards group groups panel panels agencies agency partners committee",
    "forum staff schools police council cabinet network academy college trust ccg icb nhs camhs dfe",
    "ofsted lga cafcass probation lscb lscp scp gps parents carers providers slt dmt cmt dlt smt clt",
    "all directorate colleagues stakeholders",
)
BODIES = _vocabulary(
    "health education housing mash mach yos yot yjs hr ict finance legal communications",
    "transformation performance",
)
BODY_PHRASES = frozenset(
    {"public health", "adult social care", "adult services", "early help", "youth justice", "virtual school"}
    | {f"{word} {end}" for word in ("children's", "children’s") for end in ("social care", "services")}
)
TOPICS = _vocabulary(
    "safeguarding family families support education prevention partnership partnerships assessment",
    "assessments care caring children childrens children's children’s child people people's quality",
    "assurance performance commissioning transformation improvement inclusion send sen health social",
    "permanence permanency fostering adoption leaving leavers youth justice resources corporate",
    "parenting protection planning workforce development practice standards strategy strategic",
    "finance legal housing community communities learning skills schools school disability",
    "disabilities front door intervention edge placement placements residential contextual",
    "exploitation participation business data intelligence systems digital communications young adult",
    "adults public service services early help looked after cla lac cic cin cp cwd yos yot mash mach",
    "ehm lcs operations operational delivery system virtual independent reviewing review reviews",
    "conference conferencing attendance employment inclusive change programme programmes policy",
    "project projects information governance engagement training recruitment retention human court",
    "courts short breaks missing vulnerable duty access referral contact central north south east",
    "west area locality localities district team qa audit customer wellbeing mental emotional needs",
    "special educational resource statutory specialist targeted universal",
)
PARTICLES = _vocabulary("de du la le van von der den bin al el")
NAME_LONGEST = 4


class Standing(IntEnum):
    """How well a phrase stands on its own as a lead."""

    NOT = 0
    LOOSELY = 1
    ALONE = 2


def words_of(phrase: str) -> list[str]:
    """The words of a phrase, without what is in brackets."""
    return WORD.findall(phrase.partition("(")[0] or phrase)


def standing(phrase: str) -> Standing:
    """ALONE for a role, a person or a group; LOOSELY for a body or a first name; NOT for a mere topic."""
    words = words_of(phrase)
    low = [word.lower() for word in words]
    if not words:
        return Standing.NOT
    if is_role(low) or is_group(low) or is_person(words, low):
        return Standing.ALONE
    if len(words) == 1 and words[0][0].isupper() and (low[0] in BODIES or low[0] not in TOPICS):
        return Standing.LOOSELY
    return Standing.LOOSELY if " ".join(low) in BODY_PHRASES else Standing.NOT


def is_role(low: list[str]) -> bool:
    return low[0] in ROLE_LETTERS or low[-1] in ROLE_LETTERS or any(word in ROLES for word in low)


def is_group(low: list[str]) -> bool:
    return low[-1] in GROUPS or (len(low) > 1 and low[-1] == "partnership")


def is_person(words: list[str], low: list[str]) -> bool:
    """Two to four capitalised words none of which is a topic, and not two abbreviations."""
    if not 2 <= len(words) <= NAME_LONGEST or not any(len(word) > 1 for word in words):
        return False
    named = all(word[0].isupper() or plain in PARTICLES for word, plain in zip(words, low, strict=True))
    abbreviated = all(word.isupper() and len(word) <= 3 for word in words if len(word) > 1)
    return named and not abbreviated and not any(plain in TOPICS for plain in low)


def is_open(phrase: str) -> bool:
    """A role whose title may still go on: "Head of Service", "Assistant Director", "AD Safeguarding"."""
    low = [word.lower() for word in words_of(phrase)]
    return bool(low) and is_role(low) and not (len(low) == 1 and low[0] in CLOSED_LETTERS)


def names_a_team(phrase: str) -> bool:
    low = [word.lower() for word in words_of(phrase)]
    return bool(low) and low[-1] in TEAMS and not any(word in ROLES for word in low)
