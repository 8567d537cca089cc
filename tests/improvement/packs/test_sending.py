"""Sending a pack to a mail server on loopback: one email an address, recorded once it is taken."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from improvement.packs.sending import NotSent, read_addresses, send_pack
from plans.models import Role
from tests.factories import make_member
from tests.improvement.digests.conftest import post
from tests.packing import make_closed_pack
from tests.pages import fields_of, text_of

__all__ = ["post"]


@pytest.fixture
def closed(scene):
    return make_closed_pack(scene.meeting, scene.plan, by=scene.editor)


def sent(pack):
    return [sending.email for sending in pack.sendings.all()]


def test_each_address_gets_an_email_of_its_own_with_both_files(scene, closed, post):
    send_pack(closed, ["one@example.org", "two@example.org"], by=scene.editor)
    assert post.people == ["one@example.org", "two@example.org"] == sent(closed)
    [message, _] = post.messages
    assert message["Subject"] == "Pack 1, 30 March 2026: Recovery plan, Teesmere Borough Council"
    body = message.get_body(preferencelist=("plain",)).get_content()
    assert body.startswith("1 of 6 actions is off track, 1 more than on 24 February 2026; 1 date moved.")
    assert f"Digest {closed.digest[:4]} {closed.digest[4:8]}." in body
    attached = {part.get_filename(): part.get_payload(decode=True) for part in message.iter_attachments()}
    assert attached == {"pack-1-2026-03-30.pdf": b"%PDF-1.7", "pack-1-2026-03-30.xlsx": b"PK"}


def test_an_address_that_is_refused_is_said_and_not_recorded(scene, closed, post):
    post.refused.add("gone@example.org")
    with pytest.raises(NotSent) as trouble:
        send_pack(closed, ["one@example.org", "gone@example.org", "two@example.org"], by=scene.editor)
    assert str(trouble.value) == (
        "The mail server refused the address gone@example.org. It was sent to one@example.org and to nobody "
        "else. Check the address and send again."
    )
    assert sent(closed) == ["one@example.org"]


def test_without_a_mail_server_nothing_is_recorded_and_the_page_says_so(scene, closed, signed_in, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    url = reverse("pack_send", args=["here", closed.pk])
    page = signed_in(scene.editor).post(url, {"others": "one@example.org"})
    assert "The mail server did not take the email. It was sent to nobody." in text_of(page)
    assert sent(closed) == []


def test_a_pack_without_its_files_is_not_sent(pack, scene):
    with pytest.raises(ValidationError, match="The files of this pack are not ready yet"):
        send_pack(pack, ["one@example.org"], by=scene.editor)


def test_people_are_chosen_and_others_typed(scene, closed, post, signed_in):
    member = make_member(scene.board, Role.MEMBER, "A member")
    client = signed_in(scene.editor)
    url = reverse("pack_send", args=["here", closed.pk])
    assert "A member, member (" in text_of(client.get(url))
    chosen = {
        "members": [scene.board.memberships.get(user=member).pk],
        "others": f"Cllr@example.org\nchair@example.org, {member.email.upper()}",
    }
    client.post(url, fields_of(client.get(url), "others") | chosen)
    assert sorted(address.casefold() for address in sent(closed)) == sorted(
        [member.email, "cllr@example.org", "chair@example.org"]
    )
    assert "Cllr@example.org" in text_of(client.get(reverse("pack", args=["here", closed.pk])))


def test_pressing_twice_sends_once(scene, closed, post, signed_in):
    client, url = signed_in(scene.editor), reverse("pack_send", args=["here", closed.pk])
    fields = fields_of(client.get(url), "others") | {"others": "chair@example.org"}
    pages = [client.post(url, fields, follow=True) for _ in range(2)]
    assert "You had sent this already: it went out once." in text_of(pages[1])
    assert (len(post.messages), sent(closed)) == (1, ["chair@example.org"])


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (" ".join(f"a{n}@example.org" for n in range(61)), "Send it to at most 60 addresses at a time."),
        ("", "Choose somebody to send it to, or write an address."),
        ("chair", "“chair” is not an email address. Write it like name@example.org."),
        ("a@example.org; b@@example.org", "“b@@example.org” is not an email address."),
    ],
)
def test_a_wrong_address_is_named(scene, closed, signed_in, post, typed, said):
    url = reverse("pack_send", args=["here", closed.pk])
    assert said in text_of(signed_in(scene.editor).post(url, {"others": typed}))
    assert (post.messages, sent(closed)) == ([], [])


def test_addresses_are_read_once_each():
    assert read_addresses("a@example.org, A@example.org;\nb@example.org") == [
        "A@example.org",
        "b@example.org",
    ]


def test_addresses_typed_while_the_session_ended_are_found_again(scene, closed, client, signed_in, post):
    url = reverse("pack_send", args=["here", closed.pk])
    fields = fields_of(signed_in(scene.editor).get(url), "others")
    client.logout()
    client.post(url, fields | {"others": "one@example.org, two@example.org"})
    again = fields_of(signed_in(scene.editor).get(url), "others")
    assert again["others"] == "one@example.org, two@example.org"
    client.post(url, again)
    assert sent(closed) == ["one@example.org", "two@example.org"]
    assert scene.editor.kept_forms.count() == 0
