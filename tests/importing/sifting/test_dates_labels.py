"""Labels of dates in many voices; each named pattern of the data has at least one."""

import pytest

from app.importing.sifting.date_words import label_at_end, role_book

LABELS = {
    "birth": (
        "Date of Birth:", "DOB", "Patient DOB:", "D.O.B.:", "Birth date", "Member's date of birth:",
        "Fecha de nacimiento:", "Born", "Dateof Birth:", "BIRTHDATE",
    ),
    "earlier_notice": (
        "Date of initial denial:", "Original denial date", "Fecha del aviso anterior:",
        "Prior notice date:", "Initial determination date", "Date of notice being appealed:",
    ),
    "due_label": (
        "Payment due date:", "Due date", "Amount due by:", "Respond by:", "Please pay by",
        "Last day to file your appeal:", "Deadline to appeal:", "Fecha límite:", "Vence el",
        "Fecha de vencimiento:", "Pay this amount by:", "Must be received by:", "Return by",
    ),
    "authorization_span": (
        "Authorization valid from:", "Approved from", "Auth dates:", "Valid through",
        "Authorization expires:", "Approval period:", "Start date:", "End date:",
        "Autorizado desde:", "Válido hasta:", "Expiration date:", "Certified through:",
    ),
    "policy_label": (
        "Policy effective date:", "Last review date", "Next review:", "Original effective date:",
        "Plan year", "Publication date:", "Medical policy last revised:",
    ),
    "form_revision": ("Rev.", "Revised:", "Form revised", "OMB expires"),
    "printed": (
        "Print date:", "Printed", "Run date:", "Date printed:", "Fecha de impresión:", "As of",
    ),
    "reported": ("Report date:", "Reported", "Date of report:", "Fecha del informe:"),
    "ordered": ("Order date", "Date ordered:", "Date written", "Ordered on", "Fecha de la orden:"),
    "period": ("Claims Processed Between:", "Billing period:", "Statement period:", "Período:"),
    "fax": ("Fax date:", "Date faxed:", "Transmitted on", "Sent by fax"),
    "signed": ("Date signed:", "Signature date", "Electronically signed by", "Fecha de firma:"),
    "appointment": ("Next appointment:", "Next visit", "Follow-up appointment on", "Próxima cita:"),
    "paid": ("Check date:", "Date paid", "Payment date:", "EFT date", "Fecha de pago:"),
    "requested": (
        "Date of request:", "Request date", "Date submitted:", "Fecha de la solicitud:",
        "Date of injury:", "Member since", "Filed on",
    ),
    "card_expiry": ("Exp:", "Discard after:", "Use by:", "Lot exp.", "Best before"),
    "this_notice": (
        "Date of notice:", "Notice date", "Letter date:", "Date of this letter",
        "Date of this notice:", "Fecha del aviso:", "Fecha de la carta",
        "Fecha de esta notificación:", "Issue date:", "Date issued:", "Dated:", "Prepared on",
        "Notice dated", "DATEOFNOTICE:", "EOB date", "Date of Notice of Action:",
        "Fecha de emisión:",
    ),
    "bare_date": ("Date:", "DATE", "Fecha:", "Today's date:", "Date/Fecha:"),
    "mailed": (
        "Date mailed:", "Mailing date", "Mailed on", "Mail date:", "Fecha de envío:", "Date sent:",
        "Date this notice was mailed:", "Enviado por correo el",
    ),
    "decision": (
        "Date of decision:", "Decision date", "Determination date:", "Date of denial:",
        "Fecha de la decisión:", "Fecha de la determinación:", "Appeal decision date",
    ),
    "received_by_plan": (
        "Date received:", "Received date", "Claim received:", "Rec'd date", "Date appeal received:",
        "Date claim received by plan", "Fecha de recibo:", "Fecha de recepción", "Received on",
        "Date we received your request:", "Appeal received", "Receipt date", "Recibido el",
    ),
    "processed": (
        "Date processed:", "Processed on", "Process date:", "Claim processed date", "Finalized",
        "Adjudication date:", "Fecha de procesamiento:", "Procesado el", "Claim processed on",
    ),
    "statement": (
        "Statement date:", "Bill date", "Billing date:", "Invoice date:", "Date of bill",
        "Fecha de la factura:", "Date of invoice", "Fecha del estado de cuenta:",
    ),
    "postmark": ("Postmark:", "Postmarked", "Matasellos:", "Postmark date", "Date accepted:"),
    "effective": (
        "Effective date:", "Effective", "Coverage effective date:", "Fecha de vigencia:",
        "Date of action:", "Coverage ends on", "Last covered day:",
    ),
    "care_received": (
        "Care received on:", "Service to:", "Date you were seen", "Date you received services",
        "Fecha en que recibió el servicio",
    ),
    "service_date": (
        "Date of service:", "Dates of service", "Date(s) of Service:", "DOS:", "D.O.S.",
        "Service date", "Service dates:", "Date of visit:", "Visit date", "Procedure date:",
        "Date of procedure", "Fill date:", "Date filled", "Date of surgery:", "Infusion date",
        "Date of infusion:", "Collected:", "Date collected", "Exam date:", "Encounter date",
        "Admission date:", "Admit date", "Discharge date:", "DateofService:",
        "Dates of service from", "Svc date", "Date of service (MM/DD/YYYY):",
        "Date 0f Service:", "DOS From", "Date of treatment", "Requested date of service:",
        "Serv. Date", "Session date:", "Service date(s)", "Date services rendered:", "Rx filled",
        "Date of exam:", "Service Date From:",
    ),
    "service_date_spanish": (
        "Fecha de servicio:", "Fechas de servicio", "Fecha(s) de servicio:", "Fecha del servicio",
        "Fecha de la visita:", "Fecha de los servicios recibidos:", "Fecha de la cirugía",
        "Surtido el", "Fecha de atención:", "Fechas de los servicios",
    ),
    "purchase": (
        "Purchase date:", "Date of purchase", "Transaction date:", "Sale date", "Fecha de compra:",
        "Trans date", "Date of sale:",
    ),
    "span_begin": ("From:", "From date", "Desde", "Beginning"),
    "span_end": ("To:", "Through", "Thru", "Hasta:", "To date"),
    "kept_apart": ("Claim number:", "Patient ID", "Phone:", "Amount", "Policy no."),
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "label"), [(name, label) for name, labels in LABELS.items() for label in labels]
)
def test_a_label_says_what_its_date_is_for(name: str, label: str) -> None:
    said = label_at_end(label)
    assert said is not None
    assert said.name == name


def test_every_pattern_of_the_data_has_a_label_here() -> None:
    assert {rule.said.name for rule in role_book().labels} == LABELS.keys()
