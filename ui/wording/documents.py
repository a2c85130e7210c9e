"""The words of the page Văn bản."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.types import Relation
from search.shelf import Order


@dataclass(frozen=True, slots=True)
class ShelfWords:
    heading: str
    intro: str
    search: str
    placeholder: str
    order: str
    orders: dict[Order, str]
    found: str
    none_found: str
    none_found_advice: str
    open: str
    back: str
    gone: str
    gone_advice: str
    form: str
    outline: str
    no_outline: str
    references: str
    outgoing: str
    incoming: str
    no_outgoing: str
    no_incoming: str
    not_held: str
    relations: dict[Relation, str]
    relations_inward: dict[Relation, str]
    duties: str
    no_duties: str
    no_deadline: str
    targets: str
    bundled: str
    number: str
    kind: str
    issuer: str
    superior: str
    place: str
    issued_on: str
    summary: str
    addressee: str
    signer: str
    recipients: str
    secrecy: str
    urgency: str
    received: str
    received_number: str
    pages: str
    file: str
    missing: str
    missing_none: str
    missing_parts: dict[str, str]
    unknown: str
    download: str
    no_original: str


VIETNAMESE = ShelfWords(
    heading="Văn bản",
    intro="Toàn bộ văn bản trong kho: tìm theo số ký hiệu, trích yếu, cơ quan ban hành hoặc người ký.",
    search="Tìm văn bản",
    placeholder="Số ký hiệu, trích yếu, cơ quan, người ký",
    order="Sắp xếp",
    orders={
        Order.NEWEST: "Mới ban hành trước",
        Order.OLDEST: "Cũ trước",
        Order.NUMBER: "Theo số ký hiệu",
        Order.ISSUER: "Theo cơ quan ban hành",
    },
    found="{count} văn bản",
    none_found="Không có văn bản nào như vậy",
    none_found_advice="Có thể gõ ít chữ hơn, gõ không dấu, hoặc bỏ bớt điều kiện lọc.",
    open="Mở",
    back="Về danh sách văn bản",
    gone="Văn bản này không có trong kho",
    gone_advice="Văn bản có thể đã được bỏ ra khỏi kho hoặc được đổi tên tệp.",
    form="Thể thức",
    outline="Đề mục",
    no_outline="Văn bản không chia mục.",
    references="Viện dẫn",
    outgoing="Văn bản này viện dẫn",
    incoming="Văn bản viện dẫn đến",
    no_outgoing="Không viện dẫn văn bản nào.",
    no_incoming="Chưa có văn bản nào trong kho viện dẫn đến.",
    not_held="chưa có trong kho",
    relations={
        Relation.BASED_ON: "Căn cứ",
        Relation.CARRIES_OUT: "Thực hiện",
        Relation.FORWARDS: "Sao gửi",
        Relation.REPLACES: "Thay thế",
        Relation.AMENDS: "Sửa đổi, bổ sung",
        Relation.REPEALS: "Bãi bỏ",
        Relation.MENTIONS: "Nhắc tới",
    },
    relations_inward={
        Relation.BASED_ON: "Được lấy làm căn cứ trong",
        Relation.CARRIES_OUT: "Được thực hiện bằng",
        Relation.FORWARDS: "Được sao gửi kèm",
        Relation.REPLACES: "Bị thay thế bởi",
        Relation.AMENDS: "Được sửa đổi, bổ sung bởi",
        Relation.REPEALS: "Bị bãi bỏ bởi",
        Relation.MENTIONS: "Được nhắc tới trong",
    },
    duties="Nhiệm vụ",
    no_duties="Chưa nhận ra nhiệm vụ nào trong văn bản này.",
    no_deadline="không nêu thời hạn",
    targets="Chỉ tiêu",
    bundled="Trong cùng tệp",
    number="Số, ký hiệu",
    kind="Loại văn bản",
    issuer="Cơ quan ban hành",
    superior="Cơ quan cấp trên",
    place="Địa danh",
    issued_on="Ngày ban hành",
    summary="Trích yếu",
    addressee="Kính gửi",
    signer="Người ký",
    recipients="Nơi nhận",
    secrecy="Độ mật",
    urgency="Độ khẩn",
    received="Ngày đến",
    received_number="số đến {number}",
    pages="Số trang",
    file="Tệp",
    missing="Chưa thấy trong văn bản:",
    missing_none="Đủ các thành phần thể thức chính.",
    missing_parts={
        "số, ký hiệu": "số, ký hiệu",
        "tên loại": "tên loại",
        "cơ quan ban hành": "cơ quan ban hành",
        "địa danh, ngày tháng": "địa danh, ngày tháng",
        "trích yếu": "trích yếu",
        "người ký": "người ký",
        "nơi nhận": "nơi nhận",
    },
    unknown="không nêu",
    download="Tải tệp gốc",
    no_original="Tệp gốc không còn trong thư mục văn bản, hoặc đã thay đổi sau lần cập nhật kho.",
)

ENGLISH = ShelfWords(
    heading="Documents",
    intro="All documents of the collection: find them by number, summary, issuing body or signer.",
    search="Find documents",
    placeholder="Number, summary, body, signer",
    order="Order",
    orders={
        Order.NEWEST: "Newest first",
        Order.OLDEST: "Oldest first",
        Order.NUMBER: "By number",
        Order.ISSUER: "By issuing body",
    },
    found="Documents: {count}",
    none_found="There is no such document",
    none_found_advice="Try fewer words, words without diacritics, or clear some filters.",
    open="Open",
    back="Back to the list",
    gone="This document is not in the collection",
    gone_advice="It may have been removed, or its file renamed.",
    form="Form",
    outline="Outline",
    no_outline="The document has no sections.",
    references="References",
    outgoing="This document refers to",
    incoming="Documents that refer to it",
    no_outgoing="It refers to no other document.",
    no_incoming="No document of the collection refers to it.",
    not_held="not in the collection",
    relations={
        Relation.BASED_ON: "Based on",
        Relation.CARRIES_OUT: "Carries out",
        Relation.FORWARDS: "Forwards",
        Relation.REPLACES: "Replaces",
        Relation.AMENDS: "Amends",
        Relation.REPEALS: "Repeals",
        Relation.MENTIONS: "Mentions",
    },
    relations_inward={
        Relation.BASED_ON: "Basis of",
        Relation.CARRIES_OUT: "Carried out by",
        Relation.FORWARDS: "Forwarded with",
        Relation.REPLACES: "Replaced by",
        Relation.AMENDS: "Amended by",
        Relation.REPEALS: "Repealed by",
        Relation.MENTIONS: "Mentioned in",
    },
    duties="Duties",
    no_duties="No duty was found in this document.",
    no_deadline="no deadline stated",
    targets="Targets",
    bundled="In the same file",
    number="Number",
    kind="Type",
    issuer="Issued by",
    superior="Superior body",
    place="Place",
    issued_on="Date of issue",
    summary="Summary",
    addressee="Addressed to",
    signer="Signed by",
    recipients="Recipients",
    secrecy="Secrecy",
    urgency="Urgency",
    received="Received",
    received_number="no. {number}",
    pages="Pages",
    file="File",
    missing="Not seen in the document:",
    missing_none="All main parts of the form are there.",
    missing_parts={
        "số, ký hiệu": "number",
        "tên loại": "type",
        "cơ quan ban hành": "issuing body",
        "địa danh, ngày tháng": "place and date",
        "trích yếu": "summary",
        "người ký": "signer",
        "nơi nhận": "recipients",
    },
    unknown="not stated",
    download="Download the original",
    no_original="The original is no longer in the folder, or has changed since the collection was updated.",
)
