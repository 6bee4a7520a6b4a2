"""PDFs that each carry one thing which must not travel. Every secret in them begins with BAD."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from PIL import ExifTags, Image

from tests.exporting.bundle_papers import add_text_page, quarters

Plant = Callable[[Pdf, Dictionary], object]
PLANTS: Final[dict[str, Plant]] = {}
XMP: Final = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
    b'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
    b'xmlns:dc="http://purl.org/dc/elements/1.1/" dc:source="BADXMP"/></rdf:RDF></x:xmpmeta>'
)
SCRIPT: Final = "app.alert('BADSCRIPT')"


def plant(function: Plant) -> Plant:
    PLANTS[function.__name__] = function
    return function


def note(pdf: Pdf, page: Dictionary, **keys) -> None:
    """Hang an annotation on the page."""
    made = Dictionary(Type=Name.Annot, Rect=Array([72, 600, 200, 650]), P=page)
    for key, value in keys.items():
        made[f"/{key}"] = value
    notes = list(page.get("/Annots", Array()))
    page["/Annots"] = Array([*notes, pdf.make_indirect(made)])


def action(kind: str, **keys) -> Dictionary:
    made = Dictionary(S=Name(f"/{kind}"))
    for key, value in keys.items():
        made[f"/{key}"] = value
    return made


def javascript() -> Dictionary:
    return action("JavaScript", JS=String(SCRIPT))


def picture(pdf: Pdf, page: Dictionary, data: bytes, filters, **keys) -> Stream:
    """Draw a picture on the page."""
    made = pdf.make_stream(data)
    about = {"Type": Name.XObject, "Subtype": Name.Image, "Width": 400, "Height": 300,
             "BitsPerComponent": 8, "ColorSpace": Name.DeviceRGB, **keys}  # fmt: skip
    for key, value in about.items():
        made[f"/{key}"] = value
    made["/Filter"] = filters
    drawn = dict(page.Resources.get("/XObject", Dictionary()).items())
    page.Resources["/XObject"] = Dictionary({**drawn, "/Im": made})
    before = page.Contents.read_bytes()
    page.Contents = pdf.make_stream(before + b" q 200 0 0 150 72 300 cm /Im Do Q")
    return made


def jpeg() -> bytes:
    """A JPEG with where and by what it was taken."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "BADCAMERA"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSMapDatum] = "BADPLACE"
    out = io.BytesIO()
    quarters().save(out, "JPEG", exif=exif, comment=b"BADCOMMENT", xmp=b"<x>BADXMP</x>")
    return out.getvalue()


def jpeg2000() -> bytes:
    """A JPEG 2000 file with two boxes of data about it."""
    out = io.BytesIO()
    quarters().save(out, "JPEG2000")
    data = out.getvalue()
    at = data.index(b"jp2c") - 4
    boxes = b"".join(
        (len(body) + 8).to_bytes(4, "big") + kind + body
        for kind, body in ((b"xml ", b"<x>BADXMP</x>"), (b"uuid", bytes(16) + b"BADPLACE"))
    )
    return data[:at] + boxes + data[at:]


@plant
def script_when_opened(pdf, page):
    pdf.Root.OpenAction = javascript()


@plant
def script_by_name(pdf, page):
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), javascript()])))


@plant
def scripts_of_the_document(pdf, page):
    pdf.Root.AA = Dictionary(WC=javascript(), WP=javascript())


@plant
def script_of_a_page(pdf, page):
    page.AA = Dictionary(O=javascript())


@plant
def program_behind_a_link(pdf, page):
    note(pdf, page, Subtype=Name.Link, A=action("Launch", F=String("BADPROGRAM.exe")))


@plant
def link_to_the_web(pdf, page):
    note(pdf, page, Subtype=Name.Link, A=action("URI", URI=String("http://bad.example/BADTRACK")))


@plant
def base_address(pdf, page):
    pdf.Root.URI = Dictionary(Base=String("http://bad.example/BADTRACK"))


@plant
def form_that_sends_itself(pdf, page):
    send = action("SubmitForm", F=String("http://bad.example/BADTRACK"))
    note(pdf, page, Subtype=Name.Widget, FT=Name.Btn, T=String("BADFIELD"), A=send,
         MK=Dictionary(CA=String("Send")))  # fmt: skip
    pdf.Root.AcroForm = Dictionary(Fields=Array([page.Annots[0]]))


@plant
def form_with_scripts(pdf, page):
    note(pdf, page, Subtype=Name.Widget, FT=Name.Tx, T=String("BADFIELD"), V=String("shown"),
         AA=Dictionary(K=javascript(), C=javascript()))  # fmt: skip
    pdf.Root.AcroForm = Dictionary(Fields=Array([page.Annots[0]]), NeedAppearances=True,
                                   CO=Array([page.Annots[0]]))  # fmt: skip


@plant
def xfa_beside_a_plain_form(pdf, page):
    pdf.Root.AcroForm = Dictionary(Fields=Array([]), XFA=pdf.make_stream(b"<xdp>BADXFA</xdp>"))


@plant
def link_to_another_file(pdf, page):
    note(pdf, page, Subtype=Name.Link, A=action("GoToR", F=String("BADFILE.pdf"), D=String("x")))


@plant
def link_into_an_attachment(pdf, page):
    note(pdf, page, Subtype=Name.Link, A=action("GoToE", F=String("BADFILE.pdf")))


@plant
def attached_file(pdf, page):
    pdf.attachments["BADNAME.txt"] = b"BADATTACHMENT"


@plant
def file_in_a_note(pdf, page):
    inner = pdf.make_stream(b"BADATTACHMENT", Type=Name.EmbeddedFile)
    spec = Dictionary(Type=Name.Filespec, F=String("BADNAME"), EF=Dictionary(F=inner))
    note(pdf, page, Subtype=Name.FileAttachment, FS=pdf.make_indirect(spec), Contents=String("x"))


@plant
def associated_files(pdf, page):
    inner = pdf.make_stream(b"BADATTACHMENT", Type=Name.EmbeddedFile)
    spec = Dictionary(Type=Name.Filespec, F=String("BADNAME"), EF=Dictionary(F=inner))
    pdf.Root.AF = Array([pdf.make_indirect(spec)])
    page.AF = pdf.Root.AF


@plant
def portfolio(pdf, page):
    pdf.attachments["BADNAME.txt"] = b"BADATTACHMENT"
    pdf.Root.Collection = Dictionary(D=String("BADNAME.txt"))


@plant
def film(pdf, page):
    show = action("Rendition", R=Dictionary(S=Name.MR, N=String("BADFILM")), JS=String(SCRIPT))
    note(pdf, page, Subtype=Name.Screen, A=show, T=String("BADFILM"))


@plant
def rich_media(pdf, page):
    inner = pdf.make_stream(b"BADFLASH", Type=Name.EmbeddedFile)
    assets = Dictionary(Names=Array([String("BADNAME"), Dictionary(EF=Dictionary(F=inner))]))
    note(pdf, page, Subtype=Name("/RichMedia"), RichMediaContent=Dictionary(Assets=assets))


@plant
def three_dimensions(pdf, page):
    note(
        pdf,
        page,
        Subtype=Name("/3D"),
        **{"3DD": pdf.make_stream(b"BAD3D", OnInstantiate=String(SCRIPT))},
    )


@plant
def sound(pdf, page):
    note(
        pdf,
        page,
        Subtype=Name.Sound,
        Sound=pdf.make_stream(b"BADSOUND", R=8000),
        T=String("BADWHO"),
    )


@plant
def comment_with_its_author(pdf, page):
    note(pdf, page, Subtype=Name.Text, Contents=String("x"), T=String("BADAUTHOR"),
         Subj=String("BADSUBJECT"), CreationDate=String("D:20260101BADDAY"))  # fmt: skip


@plant
def properties_of_the_document(pdf, page):
    pdf.docinfo["/Author"] = "BADAUTHOR"
    pdf.docinfo["/Company"] = "BADCOMPANY"
    pdf.Root.Metadata = pdf.make_stream(XMP, Type=Name.Metadata, Subtype=Name.XML)


@plant
def properties_of_a_page(pdf, page):
    page.Metadata = pdf.make_stream(XMP)
    page.PieceInfo = Dictionary(App=Dictionary(Private=String("BADPRIVATE")))
    page.LastModified = String("D:2026BADDAY")
    page.Thumb = pdf.make_stream(b"BADTHUMB" * 100)


@plant
def place_on_earth(pdf, page):
    geo = Dictionary(
        Type=Name.Measure, Subtype=Name.GEO, GPTS=Array([1.5, 2.5]), Secret=String("BADPLACE")
    )
    page.VP = Array([Dictionary(Type=Name.Viewport, BBox=Array([0, 0, 9, 9]), Measure=geo)])
    picture(pdf, page, jpeg(), Name.DCTDecode, Measure=geo, PtData=Dictionary(X=String("BADPLACE")))


@plant
def camera_data_in_a_photo(pdf, page):
    picture(pdf, page, jpeg(), Name.DCTDecode)


@plant
def camera_data_in_a_packed_photo(pdf, page):
    picture(pdf, page, zlib.compress(jpeg()), Array([Name.FlateDecode, Name.DCTDecode]))


@plant
def camera_data_in_a_wrapped_photo(pdf, page):
    picture(pdf, page, jpeg().hex().encode() + b">", Array([Name.ASCIIHexDecode, Name.DCTDecode]))


@plant
def data_in_a_jpeg_2000(pdf, page):
    picture(pdf, page, jpeg2000(), Name.JPXDecode)


@plant
def properties_of_a_photo(pdf, page):
    made = picture(pdf, page, jpeg(), Name.DCTDecode)
    made["/Metadata"] = pdf.make_stream(XMP)
    made["/OPI"] = Dictionary({"/1.3": Dictionary(F=String("BADFILE"))})
    made["/Alternates"] = Array([Dictionary(Image=pdf.make_stream(b"BADOTHER"))])


@plant
def postscript_on_the_page(pdf, page):
    page.Resources["/XObject"] = Dictionary(
        Ps=pdf.make_stream(b"(BADPOSTSCRIPT) run", Type=Name.XObject, Subtype=Name.PS)
    )
    page.Contents = pdf.make_stream(page.Contents.read_bytes() + b" /Ps Do")


@plant
def drawing_from_another_file(pdf, page):
    form = pdf.make_stream(b"0 0 9 9 re f", Type=Name.XObject, Subtype=Name.Form,
                           BBox=Array([0, 0, 9, 9]))  # fmt: skip
    form["/Ref"] = Dictionary(F=String("BADFILE.pdf"), Page=0)
    page.Resources["/XObject"] = Dictionary(Fx=form)
    page.Contents = pdf.make_stream(page.Contents.read_bytes() + b" /Fx Do")


@plant
def stream_in_another_file(pdf, page):
    made = picture(pdf, page, jpeg(), Name.DCTDecode)
    made["/F"] = Dictionary(
        Type=Name.Filespec, FS=Name.URL, F=String("http://bad.example/BADTRACK")
    )


@plant
def layer_of_a_program(pdf, page):
    usage = Dictionary(CreatorInfo=Dictionary(Creator=String("BADPROGRAM"), Subtype=Name.Artwork))
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Layer"), Usage=usage))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
    page.Resources["/Properties"] = Dictionary(Up=layer)
    page.Contents = pdf.make_stream(page.Contents.read_bytes() + b" /OC /Up BDC 0 0 9 9 re f EMC")


@plant
def signature(pdf, page):
    made = Dictionary(Type=Name.Sig, Name=String("BADSIGNER"), ContactInfo=String("BADPHONE"))
    made.Contents = String(b"BADCERTIFICATE")
    note(pdf, page, Subtype=Name.Widget, FT=Name.Sig, T=String("s"), V=pdf.make_indirect(made))
    pdf.Root.AcroForm = Dictionary(Fields=Array([page.Annots[0]]), SigFlags=3)
    pdf.Root.Perms = Dictionary(DocMDP=made)


@plant
def articles_and_names(pdf, page):
    pdf.Root.Threads = Array(
        [Dictionary(Type=Name.Thread, I=Dictionary(Author=String("BADAUTHOR")))]
    )
    pdf.Root.Dests = Dictionary(BADDEST=Array([page, Name.Fit]))
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(P=String("BADLABEL"))]))
    pdf.Root.OutputIntents = Array([Dictionary(S=Name("/GTS_PDFX"), Info=String("BADPRINTER"))])


@plant
def structure_with_its_author(pdf, page):
    root = Dictionary(
        Type=Name.StructTreeRoot, K=Dictionary(S=Name.P, T=String("BADTITLE"), P=Name.X)
    )
    pdf.Root.StructTreeRoot = pdf.make_indirect(root)
    page.StructParents = 0


@plant
def the_whole_catalog_as_a_resource(pdf, page):
    pdf.Root.AA = Dictionary(WC=javascript())
    page.Resources["/Properties"] = Dictionary(Up=pdf.Root, Own=page)


def planted(path: Path, name: str) -> Path:
    """Write a letter with one such thing in it."""
    with pikepdf.new() as pdf:
        page = add_text_page(pdf, "Visible words")
        PLANTS[name](pdf, page.obj)
        pdf.save(path)
    return path


def with_an_earlier_revision(path: Path) -> Path:
    """Write a letter that was changed: what stood there before still lies in the file."""
    with pikepdf.new() as pdf:
        page = add_text_page(pdf, "BADBEFORE")
        page.obj.Contents = pdf.make_indirect(page.obj.Contents)
        pdf.save(path, compress_streams=False, static_id=True)
    data = path.read_bytes()
    number = next(
        int(part.rsplit(b"\n", 1)[-1].split()[0])
        for part, body in zip(data.split(b" 0 obj"), data.split(b" 0 obj")[1:], strict=False)
        if b"BADBEFORE" in body.split(b"endobj")[0]
    )
    content = b"BT /F 14 Tf 72 700 Td (Visible words) Tj ET"
    at = len(data)
    data += b"%d 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (
        number,
        len(content),
        content,
    )
    before = int(data.rsplit(b"startxref", 1)[1].split()[0])
    table = len(data)
    trailer = data.split(b"trailer", 1)[1].split(b"startxref")[0].strip()
    data += b"xref\n%d 1\n%010d 00000 n \ntrailer %s\nstartxref\n%d\n%%%%EOF\n" % (
        number, at, trailer.replace(b"<<", b"<< /Prev %d" % before, 1), table,
    )  # fmt: skip
    path.write_bytes(data)
    return path
