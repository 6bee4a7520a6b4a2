"""Where an appeal goes, and the numbers and addresses that are of something else."""

import string
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.importing.sifting.contacts import contact_facts
from app.importing.sifting.paper import Paper


def read(text: str) -> dict[str, object]:
    return {found.name: found.value for found in contact_facts(Paper.of_text(text))}


FAXES = [
    "Fax appeals to (866) 555-0116.",
    "Mail your appeal to the address below. You may also fax it to (866) 555-0116.",
    "Appeals Department\nFax: (866) 555-0116",
    "You may appeal.\n1. Call (800) 555-0135\n2. Write to us\n3. Fax (866) 555-0116",
    "Send your grievance by fax: (866) 555-0116",
    "Envíe su apelación por fax al (866) 555-0116.",
]


@pytest.mark.parametrize("text", FAXES)
def test_the_fax_for_appeals_is_found(text):
    assert read(text).get("appeal_fax") == "(866) 555-0116"


def test_a_fax_number_may_be_parted_by_a_line():
    assert (
        read("You may also fax your appeal to (866)\n555-0137.")["appeal_fax"] == "(866) 555-0137"
    )


OTHERS = [
    "Pharmacy fax: 866-555-0116",
    "You may appeal. The pharmacy's fax is 866-555-0116.",
    "You may appeal. To ask for an external review, fax 866-555-0116.",
    "Provider appeals go to fax 866-555-0116.",
    "Bayview Clinic, Fax 866-555-0116",
    "If you appeal, keep a copy. Fax line closed.",
    "You may appeal.\nQuestions? Call (800) 555-0100.",
    "You may appeal. For language help call (800) 555-0100 (TTY: 711).",
]


@pytest.mark.parametrize("text", OTHERS)
def test_the_number_of_something_else_is_left_alone(text):
    assert read(text) == {}


ADDRESSES = [
    (
        "Mail your appeal to: Juniper Mutual, Appeals Department, P.O. Box 98, Dayton, OH 45402.",
        "Juniper Mutual, Appeals Department, P.O. Box 98, Dayton, OH 45402",
    ),
    (
        "Send your appeal to:\nJuniper Mutual\nAttn: Appeals\nPO Box 98\nDayton, OH 45402-0098\n",
        "Juniper Mutual, Attn: Appeals, PO Box 98, Dayton, OH 45402-0098",
    ),
    (
        "Mail your appeal to Juniper Mutual, Grievances, P.O. Box 98, El\nPaso, TX 79901",
        "Juniper Mutual, Grievances, P.O. Box 98, El Paso, TX 79901",
    ),
    (
        "Envíe su apelación a Juniper Mutual, P.O. Box 98, Mesa, AZ 85201, o por fax.",
        "Juniper Mutual, P.O. Box 98, Mesa, AZ 85201",
    ),
    ("Do you want to appeal? Send it to 12 Main St, Mesa, AZ 85201.", "12 Main St, Mesa, AZ 85201"),
]


@pytest.mark.parametrize(("text", "address"), ADDRESSES)
def test_the_address_for_appeals_is_given_in_one_line(text, address):
    assert read(text).get("appeal_address") == address


NO_ADDRESSES = [
    "Mail your payment to PO Box 98, Dayton, OH 45402.",
    "Appeals are decided within 30 days. Ana Ruiz, 12 Elm St, Dayton, OH 45402",
    "Send your appeal to us within 60 days of the date on which you got this, Dayton, OH 45402.",
    "You may appeal. For a fair hearing write to Hearings Office, PO Box 1, Dayton, OH 45402.",
]


@pytest.mark.parametrize("text", NO_ADDRESSES)
def test_another_address_is_left_alone(text):
    assert "appeal_address" not in read(text)


def test_telephone_and_web_page_of_appeals_are_found():
    text = (
        "To appeal by phone, call 1-800-555-0142, or appeal online at www.juniper.example/appeals."
    )
    assert read(text) == {
        "appeal_phone": "1-800-555-0142", "appeal_portal": "www.juniper.example/appeals",
    }  # fmt: skip


def test_a_web_page_far_from_appeals_is_left_alone():
    assert read("See your benefits at www.juniper.example today.") == {}


@given(st.text(alphabet=string.ascii_lowercase + string.digits + " .,()-\nfax", max_size=400))
@settings(deadline=None, max_examples=60)
def test_any_text_is_read_without_harm(text):
    paper = Paper.of_text("appeal to " + text)
    for found in contact_facts(paper):
        assert 0 <= found.start < found.end <= len(paper.text)


@pytest.mark.parametrize(
    "piece", ["appeal fax ", "send to appeal ", "call (800) 555-0100 appeal ", "www.a.b."]
)
def test_hostile_repetition_is_read_in_bounded_time(piece):
    paper = Paper.of_text("\n".join([piece * 6] * (100_000 // (6 * len(piece)))))
    began = time.perf_counter()
    contact_facts(paper)
    assert time.perf_counter() - began < 5


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Send the appeal to Member Relations, 500 NE Multnomah St, Portland OR 97232",
         "Member Relations, 500 NE Multnomah St, Portland OR 97232"),
        ("Mail your appeal to the Claim Review Section, P.O. Box 2401, Chicago, IL 60690",
         "Claim Review Section, P.O. Box 2401, Chicago, IL 60690"),
        ("Mail your appeal to: Appeals Unit, P.O. Box 7719, Phone: 937-555-0119 Dayton, OH 45401",
         None),
    ],
)  # fmt: skip
def test_an_appeal_address_begins_with_who_gets_the_appeal(text, address):
    found = {item.name: item.value for item in contact_facts(Paper.of_text(text))}
    assert found.get("appeal_address") == address
