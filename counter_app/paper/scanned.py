"""A PDF of scanned pages: each a picture as large as the paper was, tagged so that text can be laid over.

It follows PDF/A-2b (ISO 19005-2) as far as it is made here: XMP metadata, the sRGB profile, no transparency,
nothing that is fetched; and is tagged (ISO 32000-1, 14.8): a figure a page, which a later recognition of its
text finds. No name of a person stands in it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256
from importlib import import_module
from typing import Any, Final, Protocol
from xml.sax.saxutils import escape

POINTS: Final = 72  # to the inch


class Sink(Protocol):
    """Where a file is written to; `tell` says how many bytes were."""

    def write(self, data: bytes, /) -> object: ...

    def tell(self) -> int: ...


@dataclass(frozen=True)
class Picture:
    """A page as a JPEG, `width` and `height` in dots of which `dpi` make an inch; `grey` or in colour."""

    jpeg: bytes
    width: int
    height: int
    dpi: int
    grey: bool

    def elsewhere(self, read: Callable[[], bytes]) -> FarPicture:
        """The same, whose JPEG is read when it is asked for."""
        return FarPicture(read, self.width, self.height, self.dpi, self.grey)


@dataclass(frozen=True)
class FarPicture:
    """A picture of which the JPEG lies elsewhere, and is in memory only while it is used."""

    read: Callable[[], bytes]
    width: int
    height: int
    dpi: int
    grey: bool

    @property
    def jpeg(self) -> bytes:
        return self.read()

    def elsewhere(self, read: Callable[[], bytes]) -> FarPicture:
        return replace(self, read=read)


def scanned_pdf(pages: Sequence[Picture | FarPicture], *, title: str, out: Sink) -> None:
    """Writes it page by page. `title` names code and component, and no person. The same pages and title give
    the same bytes."""
    # Half a second of imports, in a lane; most of them say nothing of their types.
    generic, writer = (import_module(f"pyhanko.pdf_utils.{part}") for part in ("generic", "writer"))
    image_of = _image_of(generic)
    made: Any = writer.PdfFileWriter(stream_xrefs=False, init_page_tree=True)
    name, root = generic.NameObject, made.root
    root[name("/Lang")] = generic.TextStringObject("vi-VN")
    root[name("/MarkInfo")] = generic.DictionaryObject({name("/Marked"): generic.BooleanObject(True)})
    root[name("/ViewerPreferences")] = generic.DictionaryObject(
        {name("/DisplayDocTitle"): generic.BooleanObject(True)}
    )
    tree = generic.DictionaryObject({name("/Type"): name("/StructTreeRoot")})
    tree_ref = made.add_object(tree)
    document = generic.DictionaryObject(
        {name("/Type"): name("/StructElem"), name("/S"): name("/Document"), name("/P"): tree_ref}
    )
    document_ref = made.add_object(document)
    figures, parents = generic.ArrayObject(), generic.ArrayObject()
    for number, page in enumerate(pages):
        width, height = (side * POINTS / page.dpi for side in (page.width, page.height))
        image = image_of(
            page,
            {
                name("/Type"): name("/XObject"),
                name("/Subtype"): name("/Image"),
                name("/Width"): generic.NumberObject(page.width),
                name("/Height"): generic.NumberObject(page.height),
                name("/ColorSpace"): name("/DeviceGray" if page.grey else "/DeviceRGB"),
                name("/BitsPerComponent"): generic.NumberObject(8),
                name("/Filter"): name("/DCTDecode"),
            },
        )
        drawn = f"/Figure <</MCID 0>> BDC q {width:.3f} 0 0 {height:.3f} 0 0 cm /P Do Q EMC"
        leaf = writer.PageObject(
            contents=made.add_object(generic.StreamObject(stream_data=drawn.encode())),
            media_box=generic.ArrayObject(
                [
                    generic.NumberObject(0),
                    generic.NumberObject(0),
                    *(generic.FloatObject(f"{side:.3f}") for side in (width, height)),
                ]
            ),
            resources=generic.DictionaryObject(
                {name("/XObject"): generic.DictionaryObject({name("/P"): made.add_object(image)})}
            ),
        )
        leaf[name("/StructParents")] = generic.NumberObject(number)
        leaf[name("/Tabs")] = name("/S")
        leaf_ref = made.insert_page(leaf)
        figure = made.add_object(
            generic.DictionaryObject(
                {
                    name("/Type"): name("/StructElem"),
                    name("/S"): name("/Figure"),
                    name("/P"): document_ref,
                    name("/Pg"): leaf_ref,
                    name("/K"): generic.NumberObject(0),
                    name("/Alt"): generic.TextStringObject(f"Trang {number + 1}"),
                }
            )
        )
        figures.append(figure)
        parents += [generic.NumberObject(number), generic.ArrayObject([figure])]
    document[name("/K")] = figures
    tree[name("/K")] = generic.ArrayObject([document_ref])
    tree[name("/ParentTree")] = made.add_object(generic.DictionaryObject({name("/Nums"): parents}))
    root[name("/StructTreeRoot")] = tree_ref
    root[name("/Metadata")] = made.add_object(
        generic.StreamObject(
            dict_data={name("/Type"): name("/Metadata"), name("/Subtype"): name("/XML")},
            stream_data=_xmp(title).encode(),
        )
    )
    root[name("/OutputIntents")] = generic.ArrayObject([made.add_object(_intent(made, generic))])
    made.output_version = (1, 7)
    mark = sha256(b"".join([title.encode(), *(sha256(page.jpeg).digest() for page in pages)])).digest()
    # The writer would put the time and chance into each file, and a pile that is scanned in again after a
    # power cut would be other files.
    made._document_id = generic.ArrayObject([generic.ByteStringObject(mark[:16])] * 2)
    made._update_meta = lambda: None
    made.write(out)


def _image_of(generic: Any) -> Any:
    class Image(generic.StreamObject):  # type: ignore[misc]
        """Of a page, whose bytes are asked for as they are written, and then no more."""

        def __init__(self, page: Picture | FarPicture, dict_data: Any) -> None:
            super().__init__(dict_data)
            self._page = page

        @property
        def encoded_data(self) -> bytes:
            return self._page.jpeg

    return Image


def _intent(out: Any, generic: Any) -> Any:
    """Which colours the pages' numbers mean; PDF/A asks for it."""
    name = generic.NameObject
    profile = generic.StreamObject(dict_data={name("/N"): generic.NumberObject(3)}, stream_data=_srgb())
    profile.compress()
    return generic.DictionaryObject(
        {
            name("/Type"): name("/OutputIntent"),
            name("/S"): name("/GTS_PDFA1"),
            name("/OutputConditionIdentifier"): generic.TextStringObject("sRGB"),
            name("/DestOutputProfile"): out.add_object(profile),
        }
    )


@lru_cache(maxsize=1)
def _srgb() -> bytes:
    from PIL import ImageCms

    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def _xmp(title: str) -> str:
    """ISO 16684-1, with the part of PDF/A that the file follows."""
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">'
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(title)}</rdf:li></rdf:Alt></dc:title>'
        "<xmp:CreatorTool>counter-app</xmp:CreatorTool>"
        "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>"
        '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    )
