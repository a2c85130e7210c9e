"""Names of organisations and offices in running text, and lists of them split into their members.

A name begins with a known head ("Ban cán sự đảng", "các sở", "LĐLĐ") and runs until a verb, a function word or a
mark that doesn't join it. "Các tỉnh ủy, thành ủy" and "LĐLĐ huyện, thành phố" are one member each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from indexer.types import Span
from indexer.understand.phrases import Phrases
from indexer.understand.sentences import plain, shadow

_PLURAL = r"(?:các|những|toàn thể|tất cả các|tất cả|mỗi|từng|một số)\s+"
_ANY_CASE = (
    "ban bí thư|bộ chính trị|ban chấp hành|ban thường vụ|ban cán sự đảng|ban cán sự|ban chỉ đạo"
    "|ban tổ chức|ban kiểm tra"
    "|ban tuyên giáo|ban dân vận|ban nội chính|ban kinh tế|ban đối ngoại|ban quản lý|ban giám hiệu|ban giám đốc"
    "|ban chính sách|ban đảng|ban thư ký|ban chỉ huy|ban dân tộc|ban tôn giáo|ban pháp chế|ban biên tập|đảng đoàn"
    "|đảng ủy|đảng bộ|chi bộ|chi ủy|tỉnh ủy|thành ủy|huyện ủy|quận ủy|thị ủy|quân ủy|cấp ủy|văn phòng"
    "|ủy ban nhân dân"
    "|ủy ban mặt trận|ủy ban kiểm tra|ủy ban|hội đồng nhân dân|hội đồng|mặt trận tổ quốc|mặt trận"
    "|liên đoàn lao động"
    "|tổng liên đoàn|tổng công ty|công đoàn|nghiệp đoàn|đoàn thanh niên|đoàn chủ tịch|đoàn thể"
    "|đoàn kiểm tra|đoàn giám sát"
    "|đoàn khảo sát|đoàn công tác|đoàn đại biểu|tổ công tác|tổ giúp việc|tổ biên tập|tổ kiểm tra"
    "|hội nông dân|hội phụ nữ"
    "|hội liên hiệp|hội cựu chiến binh|hội quần chúng|hội đoàn thể|cơ quan|đơn vị|địa phương|cấp trên"
    "|cấp có thẩm quyền|quý cơ quan|quý đơn vị|chính quyền"
    "|doanh nghiệp|hợp tác xã|tập đoàn|trường học|trung tâm|bệnh viện|nhà trường|học viện|công an|kho bạc"
    "|ngân hàng|bảo hiểm xã hội|tòa án|viện kiểm sát|viện|cục thống kê|tổng cục|chi cục|thường trực"
    "|thủ trưởng|người đứng đầu"
    "|chủ tịch|phó chủ tịch|bí thư|phó bí thư|giám đốc|tổng giám đốc|trưởng ban|trưởng phòng|chánh văn phòng"
    "|trưởng thôn|tổ trưởng"
    "|phó chánh văn phòng|thủ tướng chính phủ|chính phủ|quốc hội|bộ trưởng|bộ tư lệnh|bộ chỉ huy|kế toán trưởng"
    "|tổ chức đảng|tổ chức chính trị|tổ chức công đoàn|tổ chức cơ sở|tổ chức thành viên|thành viên"
    "|cơ sở giáo dục|báo chí"
    "|cục thuế|cục hải quan|hiệu trưởng|đồng chí"
)
_LOWER_AFTER_PLURAL = (
    "ban|sở|bộ|ngành|cấp|cục|vụ|phòng|hội|tổ chức|trường|huyện|xã|phường|thành phố|tỉnh|thị xã|quận"
    "|đoàn|cơ sở|cá nhân"
    "|công ty|chủ đầu tư|bộ phận|khoa|báo|đài|tổ|nhà thầu|chủ nhiệm|khối|cụm|thôn|đặc khu|đại biểu|đảng viên|cán bộ"
)
_CAPITAL = (
    r"Ban(?!\s+hành)|Bộ(?!\s+(?:luật|phận|máy))|Sở|Cục|Vụ(?!\s+(?:việc|án))|Phòng(?!,)|Hội(?!\s+"
    r"(?:nghị|thảo|đàm|họp))"
    r"|Đảng(?!\s+(?:viên|phí))|Nhà nước|Trung ương|Trường(?!\s+hợp)|Đài|Báo(?!\s+(?:cáo|đảm))|Đoàn"
    r"(?!\s+(?:viên|kết))"
    r"|Tổ(?!\s+chức)|Khoa(?!\s+học)|Công ty|Chủ đầu tư|Khối|Trạm|Nhà (?:xuất bản|văn hóa|khách)|Quỹ"
    r"|Hiệp hội|Liên hiệp"
    r"|Liên minh|Hạt|Đội|(?i:lãnh đạo)(?=\s+(?:các\s+(?:cơ quan|đơn vị|sở|ban|ngành|cấp|huyện|xã"
    r"|địa phương)|cơ quan|đơn vị|[A-ZĐ]))"
    r"|(?i:thanh tra)(?=\s+(?:tỉnh|thành phố|huyện|nhà nước|bộ|sở|[A-ZĐ]))"
)
_INITIALS = (
    "LĐLĐ|TLĐ|UBND|HĐND|MTTQ|UBMTTQ|UBKT|BCH|BTV|CĐCS|CĐN|CĐVC|BHXH|BQL|BCĐ|TAND|VKSND|BCSĐ|VPTW|VPTU|BTGDVTU|BTCTU"
    "|BNCTU|B[A-ZĐ]{2,7}TW|B[A-ZĐ]{2,7}TU|TNCS|HTX|THPT|THCS|CĐ|TT(?=\\s+(?:Tỉnh|Thành|Huyện|HĐND|UBND|LĐLĐ))"
)
_HEAD = Phrases(
    re.compile(
        rf"(?<![\w/-])(?:(?i:{_PLURAL})?(?:(?i:{_ANY_CASE})|(?:{_CAPITAL})|(?:{_INITIALS}))"
        rf"|(?i:{_PLURAL})(?i:{_LOWER_AFTER_PLURAL}))(?![\w/])"
    ),
    "các|những|toàn thể|tất cả|mỗi|từng|một số",
    _ANY_CASE,
    _CAPITAL,
    _INITIALS,
)
_VERBS = (
    "soạn|cam kết|khám|dành|tặng|trao|thăm|lắp đặt|mua sắm|sửa chữa|kê khai|chuyển|lưu trữ|tiếp thu|"
    "chủ trì|phối hợp|xây dựng|ban hành|tổ chức|thực hiện|triển khai|chỉ đạo|lãnh đạo|hướng dẫn"
    "|kiểm tra|giám sát|đôn đốc"
    "|theo dõi|tổng hợp|báo cáo|tham mưu|rà soát|bố trí|đánh giá|phân công|quán triệt|tuyên truyền"
    "|phổ biến|vận động"
    "|tăng cường|nâng cao|đẩy mạnh|bảo đảm|đảm bảo|cụ thể|nghiên cứu|đề xuất|kiến nghị|trình|gửi|lập"
    "|nộp|cung cấp|tiếp nhận"
    "|xử lý|giải quyết|thành lập|tiến hành|hoàn thành|hoàn thiện|thống nhất|thẩm định|thẩm tra"
    "|phê duyệt|xem xét|quyết định"
    "|công bố|công khai|cập nhật|sửa đổi|bổ sung|sơ kết|tổng kết|khảo sát|kiện toàn|sắp xếp|lựa chọn"
    "|ký kết|giới thiệu"
    "|tham gia|phát động|phát huy|quản lý|sử dụng|chuẩn bị|thông báo|thông qua|giao|đề nghị|yêu cầu"
    "|tập trung|bám sát"
    "|niêm yết|đăng tải|đăng ký|đưa|bàn giao|ký|chấp hành|rút|khắc phục|ứng dụng|đổi mới|thu thập|nắm"
    "|cử|mở|lồng ghép"
    "|tư vấn|giải đáp|đối thoại|thương lượng|tiếp thu|giải trình|thường xuyên|chủ động|kịp thời|nghiêm túc|tích cực"
    "|khẩn trương|tiếp tục|định kỳ|phụ trách|chịu|quan tâm|gắn|lấy|góp ý|cho|thanh tra|xác định|thu(?! hút| ngân)"
    "|chi(?! bộ| hội| nhánh| đoàn| ủy| tiết| cục)|hỗ trợ|duy trì"
    "|căn cứ|dự(?! toán| kiến| án| phòng| báo)"
    "|bồi dưỡng|tập huấn|trích|phân bổ|đề ra|đề cao|tạo điều kiện|góp phần|giữ|vào|ghi"
    "|chấn chỉnh|biểu dương|khen thưởng"
    "|xin|rà|tự|đăng|biên soạn|in|cấp phát|phát hành|nhận|ra|họp|làm|quy định|thông tin|huy động"
    "|động viên|trao đổi|quyết liệt|đạt|nhận định|khẳng định|nhấn mạnh|phát biểu|biết|áp dụng|lưu|đôn"
    "|bảo vệ|phấn đấu"
    "|giúp(?! việc)|kèm cặp|xử phạt|đối chiếu|thuê|vận hành|kêu gọi|sơ tán|di dời|chi trả|thống kê|dự thảo|phân loại"
    "|trang bị|hoàn tất|nhập|rút kinh nghiệm|chấm điểm|kiểm điểm|quán xuyến|vận dụng|đảm nhiệm|điều tra|đo|trả lời"
    "|tiếp(?! tục| theo| nối| cận| thu| đó| giáp)|thẩm tra|ủng hộ|khởi công|đầu tư|nghiệm thu|thanh toán|trồng"
)
_FUNCTION = (
    "để|trong|trước|về|theo|khi|từ|với|được|phải|cần|là|do|qua|nhằm|tại|đến|tới|sẽ|không|chưa|đang|đã"
    "|hằng|hàng|mỗi|sau|nếu|hết hiệu lực|kể từ"
    "|thì|mà|như|này|đó|nêu|nói|cũng|đều|ngoài|bằng|vì|nên|chậm nhất|bắt buộc|luôn|trực tiếp|ngay|sớm"
    "|đồng thời|nhất là|trở lên"
    "|kết quả|tình hình|tiến độ|việc|nội dung|số liệu|danh sách|ý kiến|kế hoạch|chương trình|hồ sơ"
    "|ít nhất|tối thiểu|đúng"
    "|nhiệm vụ|giải pháp|lần|văn bản|danh mục"
    "|các(?!\\s+(?:huyện|xã|phường|thành phố|thị xã|quận|tỉnh|cơ quan|sở|ban|bộ|ngành|cấp|đơn vị"
    "|trường|doanh nghiệp|công đoàn"
    "|LĐLĐ|UBND|đoàn thể|hội|tổ chức|địa phương|khu|đặc khu|chi bộ|đảng|tổ|phòng|trung tâm|công ty|Sở"
    "|Ban|Bộ))|những"
    "|có(?!\\s+(?:liên quan|thẩm quyền|chức năng|tổ chức|điều kiện|trách nhiệm liên quan))|cùng(?!\\s+cấp)"
    "|trên(?!\\s+(?:địa bàn|trực tiếp|cơ sở))"
)
_STOP = Phrases(re.compile(rf"(?:{_VERBS}|{_FUNCTION})(?!\w)"), _VERBS, _FUNCTION)
_COMMA = re.compile(r",\s+")
_COMMA_THEN = re.compile(r",\s+(?:thì\s+)?")
_SHORT_FIGURE = re.compile(r"\d{1,3}(?!\d)(?!\s*(?:ngày|tháng|năm|%))")
_PARTS_OF_NAME = re.compile(r"\s*,\s*|\s+và\s+|(?:^|\s)(?:các|những|các cấp)\s+", re.IGNORECASE)
_UNIT = re.compile(
    r"cấp trên trực tiếp(?: của)?(?: cơ sở)?|cấp trên(?: cơ sở)?|phòng,? chống(?: [a-zà-ỹđ]+){2}(?:, "
    r"(?:lãng phí|tiêu cực))*"
    r"|công trình(?: \w+ \w+)?|tham mưu, giúp việc(?: của)?"
    r"|(?:tham nhũng|lãng phí)(?:, (?:tham nhũng|lãng phí|tiêu cực))+|Văn hóa, Thể thao(?: và Du lịch)?|đ/c"
    r"|[Cc]ông chức, viên chức|Lao động, Thương binh|an toàn, vệ sinh lao động|công nhân, viên chức"
    r"|cán bộ, công chức(?:, viên chức)?"
)
_LISTS_KIND = re.compile(r"(?:các|những)\s+\w+(?:,?\s+\w+){0,3}$", re.IGNORECASE)
_LISTS_KIND_ANYWHERE = re.compile(r"(?<!\w)(?:các|những)\s+(?:ban|sở|bộ|ngành|cục|phòng|hội|đoàn)(?!\w)", re.IGNORECASE)
_ELIDED_HEAD = re.compile(r"(?:ban|sở|ngành|cục|phòng|hội|đoàn)(?!\w)|[A-ZĐÀ-Ỹ]\w*")
_COLON_NAME = re.compile(r"\s*:\s*([A-ZĐÀ-Ỹ]\w*)")
_DOCUMENT = re.compile(
    r"(?:Nghị (?:quyết|định)|Ch(?:ương trình|ỉ thị|iến lược)|Kế hoạch|K(?:ết luận)|Quy(?:ết định| định"
    r"| chế)|Công văn|Hướng dẫn"
    r"|Thông (?:báo|tư|tri)|Luật|Đề án|Báo cáo|Tờ trình|Điều)(?!\w)"
)
_TOKEN = re.compile(r"[\w/]+")
_GAP = re.compile(r"[^\S\n]+(?:[-–]\s+|-)?|[-–]")
_SEPARATOR = re.compile(r"\s*(?:,\s*(?:và|cùng)?|;\s*|\s(?:và|hoặc|cùng)(?=\s))\s*")
_PLACE_LEVELS = "tỉnh|huyện|thành phố|thị xã|quận|xã|phường|thị trấn|đặc khu|tp"
_ENDS_IN_LEVEL = re.compile(rf"(?<!\w)(?:{_PLACE_LEVELS})$", re.IGNORECASE)
_PLACES, *_OTHERS = (
    re.compile(rf"(?:(?:các|những)\s+)?(?:{words})(?!\w)", re.IGNORECASE)
    for words in (
        _PLACE_LEVELS,
        "tỉnh ủy|thành ủy|huyện ủy|thị ủy|quận ủy",
        "bộ|sở|ban|ngành|đoàn thể|cơ quan|đơn vị|địa phương|tổ chức|doanh nghiệp|cá nhân|phòng|hội|cấp",
    )
)
_JOINED = (_PLACES, *_OTHERS)
_ADJECTIVAL = re.compile(
    r"(?:công tác|cán bộ|đoàn viên|hoạt động|phong trào|kinh phí|tài chính|điều lệ|luật|quy chế"
    r"|nghị quyết)\s+$",
    re.IGNORECASE,
)
# Bounds that no real name or list reached in the documents looked at; they keep broken text from costing much.
_MOST_LOWER_WORDS = 12
_LONGEST_NAME = 240
_LONGEST_LIST = 60
# A sentence is asked for its bearers and recipients several times in a row, from its block, its clauses, its pieces.
_REMEMBERED = 256


def bodies(text: str, within: Span) -> list[Span]:
    """Every named body in reading order, members of lists apart. "công tác công đoàn" names none."""
    content = shadow(within.of(text))
    found: list[Span] = []
    position = 0
    while head := _HEAD.search(content, position):
        if _ADJECTIVAL.search(content[max(head.start() - 14, 0) : head.start()]):
            position = head.end()
            continue
        members = list_at(content, head.start())
        found += [span.shift(within.start) for span in members]
        position = max(members[-1].end if members else 0, head.end())
    return found


def split_bodies(phrase: str) -> tuple[str, ...]:
    """The members of a list of bodies, each as written; the phrase itself where it isn't such a list.

    >>> split_bodies("Các tỉnh ủy, thành ủy, ban đảng và Sở Văn hóa, Thể thao và Du lịch")
    ('Các tỉnh ủy, thành ủy', 'ban đảng', 'Sở Văn hóa, Thể thao và Du lịch')
    """
    content = shadow(phrase)
    members = list_at(content, len(content) - len(content.lstrip()), bare=True)
    return tuple(plain(phrase, span) for span in members) or ((" ".join(phrase.split()),) if phrase.strip() else ())


def list_at(content: str, position: int, bare: bool = False) -> list[Span]:
    """The members of the list that begins exactly at a position of a shadow text; empty where no name begins there.

    `bare`: heads that only follow "các" elsewhere ("ban đảng ủy", "sở") count after a separator too.
    """
    head = _HEAD.match(content, position)
    members: list[Span] = []
    while head and len(members) < _LONGEST_LIST:
        member = _member(content, head)
        members.append(member)
        gap = _SEPARATOR.match(content, member.end)
        head = _next_head(content, gap.end(), position) if gap else None
    return members


@lru_cache(maxsize=_REMEMBERED)
def is_list(phrase: str) -> bool:
    """Whether a phrase, as a heading, names bodies and nothing else."""
    if not phrase:
        return False
    content = shadow(phrase).strip().rstrip(".:;, ")
    members = list_at(content, 0)
    rest = content[members[-1].end :].strip() if members else content
    return bool(members) and (not rest or bool(re.match(r"(?:do|được|\(|thuộc|có)(?!\w)|\(", rest)))


def _next_head(content: str, position: int, start: int) -> re.Match[str] | None:
    """A head after a separator; behind "Các Sở Nội vụ" or "các Sở: Nội vụ" a capitalised word is one too."""
    head = _HEAD.match(content, position)
    if head or not _LISTS_KIND_ANYWHERE.search(content[start : start + 160]):
        return head
    return _ELIDED_HEAD.match(content, position)


def _member(content: str, head: re.Match[str]) -> Span:
    """Grow a name from its head, word by word."""
    end, lower_words = head.end(), 0
    elided = not _HEAD.match(content, head.start())
    while lower_words <= _MOST_LOWER_WORDS and end - head.start() < _LONGEST_NAME:
        step = _within_name(content, end) or _joined(content, head.start(), end, elided)
        step = step or _past_colon(content, head.start(), end)
        if step is None:
            break
        lower_words = lower_words + 1 if content[end:step].strip()[:1].islower() else 0
        end = step
    return Span(head.start(), end)


def _within_name(content: str, end: int) -> int | None:
    """Where the next word of the name ends, None where the name is over."""
    gap = _GAP.match(content, end)
    if gap is None:
        return None
    unit = _UNIT.match(content, gap.end())
    if unit:
        return unit.end()
    word = _TOKEN.match(content, gap.end())
    if word is None or _is_stop(content, word) or word[0] in {"và", "hoặc"}:
        return None
    if word[0] == "của":
        return word.end() if _names_follow(content, word.end()) else None
    return word.end()


def _is_stop(content: str, word: re.Match[str]) -> bool:
    if word[0][0].isdigit():
        return not _SHORT_FIGURE.match(content, word.start())
    return bool(_STOP.match(content, word.start())) and not content[word.start() - 8 : word.start()].endswith("các ")


def _names_follow(content: str, position: int) -> bool:
    following = content[position : position + 60].lstrip()
    return bool(_HEAD.match(following)) or following[:1].isupper()


def _past_colon(content: str, start: int, end: int) -> int | None:
    """ "các Sở: Tài chính, Nội vụ": the first name stands behind the colon."""
    colon = _COLON_NAME.match(content, end)
    if colon:
        unit = _UNIT.match(content, colon.end() - len(colon[1]))
        colon_end = unit.end() if unit else colon.end()
    return colon_end if colon and _LISTS_KIND.search(content[max(end - 40, start) : end]) else None


def _joined(content: str, start: int, end: int, elided: bool) -> int | None:
    """Where a part after a comma or "và" ends that belongs to the name: "huyện, thành phố", "ngành và tương đương"."""
    gap = _SEPARATOR.match(content, end)
    if gap is None or ";" in gap[0]:
        return None
    for kind in _JOINED:
        part = kind.match(content, gap.end())
        if part and _ends_with(content[start:end], kind) and not _longer_head(content, gap.end(), part.end()):
            return part.end()
    if elided or "," in gap[0] or _HEAD.match(content, gap.end()):
        return None
    word = _TOKEN.match(content, gap.end())
    return word.end() if word and not _is_stop(content, word) and not _DOCUMENT.match(content, gap.end()) else None


def _ends_with(name: str, kind: re.Pattern[str]) -> bool:
    """Whether the last part of a name is of a kind: a place level, or a bare general word ("các sở", not "xã hội")."""
    if kind is _PLACES:
        return bool(_ENDS_IN_LEVEL.search(name[-12:]))
    return bool(kind.fullmatch(_PARTS_OF_NAME.split(name)[-1]))


def _longer_head(content: str, start: int, end: int) -> bool:
    """Whether the part begins a longer name of its own: "ban đảng" after "sở, ban"."""
    head = _HEAD.match(content, start)
    return bool(head and head.end() > end)


@lru_cache(maxsize=_REMEMBERED)
def subject(content: str) -> tuple[tuple[Span, ...], int] | None:
    """Who a sentence (as a shadow) says must act, and where its predicate begins; None where it names nobody.

    The name stands first or behind adverbials ("Căn cứ …, Văn phòng và các ban phối hợp …").
    """
    for position in _subject_places(content):
        members = list_at(content, position)
        predicate = predicate_after(content, members[-1].end) if members else None
        if predicate is not None:
            return tuple(members), predicate
        told = _described(content, members)
        if told:
            return told
    return None


def _described(content: str, members: Sequence[Span]) -> tuple[tuple[Span, ...], int] | None:
    """ "Những đơn vị chưa gửi thì hoàn thành …": who is meant is described, and "thì" says what they owe."""
    having = _HAVING.match(content, members[0].end) if len(members) == 1 else None
    if having and predicate_after(content, having.end()) is not None:
        return (Span(members[0].start, having.end()),), predicate_after(content, having.end()) or having.end()
    then = _THEN.match(content, members[0].end) if len(members) == 1 else None
    predicate = predicate_after(content, then.end()) if then else None
    return ((Span(members[0].start, then.start("then")),), predicate) if then and predicate is not None else None


@lru_cache(maxsize=_REMEMBERED)
def assigned(content: str) -> tuple[tuple[Span, ...], int] | None:
    """The bodies that a clause gives a task with "giao", "phân công", "đề nghị", "yêu cầu", and where the task begins.

    "nhiệm vụ được giao", "theo yêu cầu của …" and what somebody else was given already are none.
    """
    for match in _ASSIGNS.finditer(content):
        members = list_at(content, match.end())
        predicate = predicate_after(content, members[-1].end) if members else None
        if predicate is not None and not _GIVEN_BEFORE.search(content[max(match.start() - 24, 0) : match.start()]):
            return tuple(members), predicate
    return None


def predicate_after(content: str, position: int) -> int | None:
    """Where the predicate after a name begins: a verb, a modal or an adverb of duty; None for "đã", "được", "là"."""
    lead = _BEFORE_PREDICATE.match(content, position)
    return lead.end() if lead and _PREDICATE.match(content, lead.end()) else None


def begins_with_verb(content: str) -> bool:
    """Whether a clause without a subject says what to do, also behind adverbials ("Định kỳ …", "Căn cứ …")."""
    words = content.lstrip()
    if predicate_after(words[:1].lower() + words[1:], 0) is not None:
        return True
    lead = _ADVERBIAL.match(words)
    if lead is None:
        return False
    if _TIME_OR_GROUND.match(words):
        return bool(_ANY_VERB.search(words, lead.end()))
    return any(predicate_after(words, comma.end()) is not None for comma in _COMMA.finditer(words[:320]))


@lru_cache(maxsize=_REMEMBERED)
def recipients(content: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """To whom a clause (a shadow) sends or reports something, and through whom ("qua …"); empty where unsaid.

    "về" and "cho" point at a recipient only where something is sent or reported before them.
    """
    purpose = _PURPOSE.search(content)
    reach = content[: purpose.start()] if purpose else content
    sends = _SENDS.search(reach)
    pointing = (match for match in _TO.finditer(reach) if match["strong"] or (sends and sends.end() <= match.start()))
    found = next((names for match in pointing if (names := list_at(reach, match.end()))), [])
    through = next((names for match in _VIA.finditer(reach) if (names := list_at(reach, match.end()))), [])
    return tuple(found), tuple(through) if found or sends else ()


def _subject_places(content: str) -> Iterator[int]:
    """Where a subject may stand: first, after "Ở cấp" or "Đối với", after the commas of adverbials before any verb."""
    first = len(content) - len(content.lstrip(" \"“'"))
    yield first
    scope = _SCOPE.match(content, first) or _PERIOD_FIRST.match(content, first)
    if scope:
        yield scope.end()
    if not _ADVERBIAL.match(content, first):
        return
    for match in _COMMA_THEN.finditer(content[:320]):
        if predicate_after(content, match.end()) is not None:
            return
        yield match.end()


_ASSIGNING = (
    "giao nhiệm vụ cho|giao trách nhiệm cho|giao cho|giao|phân công|kính đề nghị|đề nghị|yêu cầu|ủy quyền cho|ủy quyền"
    "|kính mời|mời"
)
_ASSIGNS = Phrases(re.compile(rf"(?<!\w)(?:{_ASSIGNING})\s+(?=\S)", re.IGNORECASE), _ASSIGNING)
_GIVEN_BEFORE = re.compile(
    r"(?:được|đã|theo|các|những|của|nhiệm vụ|có|khi|nếu|từng|sau khi|nội dung|đáp ứng|về việc)\s+$", re.IGNORECASE
)
_BEFORE_PREDICATE = re.compile(r"\s*(?:\([^()]{0,90}\)\s*)?[,:]?\s*")
_MODALS = (
    "phải|cần|có trách nhiệm|có nhiệm vụ|trên cơ sở|theo chức năng|theo nhiệm vụ|trong phạm vi|hằng|hàng|không|sẽ|sớm"
    "|ngay|đồng thời|chậm nhất|trước ngày|trực tiếp|nhanh chóng|tùy|dựa"
    "|mỗi (?:năm|quý|tháng|tuần)(?= )"
    "|là(?=\\s+(?:cơ quan |đơn vị )?(?:đầu mối|thường trực))"
)
_PREDICATE = Phrases(re.compile(rf"(?:{_VERBS}|{_MODALS})(?!\w)"), _VERBS, _MODALS)
_HAVING = re.compile(
    r"\s+có\s+(?!kế hoạch|trách nhiệm|nhiệm vụ|văn bản|chương trình|báo cáo|công văn|thể|quyền|thẩm quyền|đủ|ý kiến)"
    r"(?:(?:từ|trên|dưới)\s+\d[\d.]*\s+[^\W\d]+\s+[^\W\d]+(?:\s+trở\s+(?:lên|xuống))?|[^\W\d]+(?:\s+[^\W\d]+)?)"
    r"(?=\s+(?:báo cáo|gửi|nộp|định kỳ|hằng|hàng|phải|xây dựng|lập|tổ chức|thực hiện)\s)",
    re.IGNORECASE,
)
_THEN = re.compile(r"\s+(?:chưa|có|không|đã|nào|còn|đang)\s[^,;.:]{2,90}?(?P<then>\s+thì\s+)", re.IGNORECASE)
_PERIOD_FIRST = re.compile(
    r"(?:(?:mỗi|hằng|hàng|định kỳ hằng|định kỳ hàng)\s+(?:năm|quý|tháng|tuần)|năm\s+\d{4}),?\s+", re.IGNORECASE
)
_SCOPE = re.compile(r"(?:ở|tại|đối với|riêng|về phía)\s+(?:cấp\s+)?", re.IGNORECASE)
_TIME_OR_GROUND = re.compile(r"(?:6 tháng|căn cứ|trên cơ sở|trước|trong|chậm nhất|từ|ngay|ngày)(?!\w)", re.IGNORECASE)
_ANY_VERB = Phrases(re.compile(rf"(?<!\w)(?:{_VERBS})(?!\w)"), _VERBS)
_ADVERBIAL = re.compile(
    r"(?:căn cứ|trên cơ sở|theo|định kỳ|hằng|hàng|trường hợp|khi|sau|ngay|trong|kết thúc|để|nhằm"
    r"|đối với|trước|chậm nhất|từ|ngày|về phía|định kỳ"
    r"|thực hiện|triển khai|ngoài ra|đồng thời|riêng|nếu|hết|cuối|tại|ở|quá trình|trên đây|vì vậy"
    r"|do đó|tiếp theo|sáng|chiều|qua|6 tháng,? (?:và )?(?:một |cả |hằng |hàng )?năm"
    r"|mỗi (?:năm|quý|tháng|tuần))(?!\w)",
    re.IGNORECASE,
)
_PURPOSE = Phrases(re.compile(r"(?<!\w)(?:để|nhằm)\s", re.IGNORECASE), "để|nhằm")
_SENDING = (
    "báo cáo|gửi|nộp|(?<!chương )(?<!quá )(?<!quy )(?<!lộ )(?<!công )trình(?! độ| tự)"
    "|chuyển(?! đổi| biến| tiếp| giao| hóa)|phản ánh|cung cấp"
)
_SENDS = Phrases(re.compile(rf"(?<!\w)(?:{_SENDING})(?!\w)", re.IGNORECASE), _SENDING)
_TO = Phrases(
    re.compile(
        r"(?<!\w)(?P<strong>(?<!các )báo cáo(?:\s+[^\W\d]+){1,3}\s+với|thông báo(?:\s+[^\W\d]+){0,3}\s+cho"
        r"|(?:gửi|nộp|chuyển|phản ánh)(?:\s+(?:báo cáo|kết quả|văn bản|hồ sơ|kịp thời"
        r"|bằng văn bản))?(?:\s+(?:về|cho|đến|tới|lên))?"
        r"|(?<!các )(?:báo cáo|(?<!chương )(?<!quá )(?<!quy )trình)(?:\s+(?:kịp thời|ngay|kết quả"
        r"|bằng văn bản|xin ý kiến))?(?:\s+(?:về|với|cho|lên))?"
        r")\s+(?=\S)"
        r"|(?<!\w)(?:về|cho|lên|đến)\s+(?=\S)",
        re.IGNORECASE,
    ),
    "gửi|nộp|chuyển|phản ánh|báo cáo|trình|thông báo|về|cho|lên|đến",
)
_VIA = Phrases(re.compile(r"(?<!\w)(?:thông\s+)?qua\s*:?\s+(?=\S)", re.IGNORECASE), "thông|qua")
