"""A worker that is killed in the middle of a request, after each of its writes in turn."""

import pytest

from tests.faults import deeds
from tests.faults.held import held
from tests.faults.serving import Person

DEEDS = [
    deeds.update_with_evidence,
    deeds.import_of_a_plan,
    deeds.taking_back_of_an_import,
    deeds.sign_off,
    deeds.refused_sign_off,
    deeds.closing_of_papers,
]


@pytest.fixture(params=DEEDS, ids=lambda make: make.__name__)
def deed(request, scratch):
    return request.param()


def test_nothing_is_half_done_wherever_it_is_killed(deed, serve):
    """Killed after its first write, its second, and so on; last when all is saved but not answered."""
    person = Person(serve(workers=2), deed.by)
    fields = deed.fill(person)
    before, deaths = held(), 0
    while held() == before:
        deaths += 1
        person.post_and_kill(deed.path, fields, deaths, files=deed.files)
    print(f"killed {deaths} times: {deaths - 1} times nothing was done, then all of it")
    assert (deaths > 3, deed.outcome()) == (True, deed.done)
    after = held()
    assert person.post(deed.path, fields, files=deed.files).status_code == 302
    assert (deed.outcome(), held()) == (deed.done, after)
