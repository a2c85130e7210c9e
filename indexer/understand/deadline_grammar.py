"""How administrative prose writes dates and deadlines: one pattern, each kind a named group."""

from __future__ import annotations

import re

from indexer.understand.calendar_words import COUNT, DAY, MONTH, UNIT, YEAR

_SLASHED = rf"(?<![\d/]){DAY}\s?[/.-]\s?{MONTH}\s?[/.-]\s?{YEAR}(?![\d/])"
_WORDED = rf"(?<!\d){DAY}\s+tháng\s+{MONTH}(?!\d)(?:\s*[/,]?\s*(?:năm\s+)?{YEAR}(?!\d))?"
_SHORT = rf"(?<![\d/.,]){DAY}\s?/\s?{MONTH}(?![\d/]|\s?[-/]\s?[A-ZĐ])"
_DAY = rf"(?:{_SLASHED}|{_WORDED}|{_SHORT})"
_MONTH = rf"tháng\s+{MONTH}(?!\d)(?:\s?[/-]\s?{YEAR}|\s+năm\s+{YEAR})?"
DATE = re.compile(
    rf"(?P<full>{_SLASHED}|{_WORDED})|(?:(?:ngày|trước|đến|hết|từ|sáng|chiều|tối|hôm|và|,|dịp|-)\s*)"
    rf"(?P<short>{_SHORT})"
    rf"|(?P<month>tháng\s+{MONTH}(?!\d)(?:\s?[/-]\s?{YEAR}|\s+năm\s+{YEAR}))",
    re.IGNORECASE,
)
EVERY = r"(?:hằng|hàng|mỗi|từng)"
_LAST = (
    r"(?:chậm nhất|muộn nhất|trễ nhất|hạn cuối cùng|hạn cuối|hạn chót|không quá|không muộn hơn"
    r"|không chậm hơn|thời hạn)"
)
_BY = (
    rf"(?:{_LAST}(?:\s*(?:là|vào|trước|đến hết|đến|hết|trong|:))*|trước|đến hết|đến trước|từ nay đến"
    rf"|hết|xong vào|hoàn thành vào)"
)
_HOUR = r"(?:\d{1,2}\s?(?:giờ|h|g)\s?(?:\d{2}(?:\s?phút)?)?\s*,?\s*(?:của\s+)?)?"
_AFTER_DAY = (
    rf"(?:\s*,?\s*(?:của\s+)?(?:năm\s+(?:sau|tiếp theo|kế tiếp|liền kề|báo cáo)(?:\s+liền kề)?"
    rf"|{EVERY}\s+năm|cùng năm"
    rf"|năm\s+{YEAR}))?"
)
_PERIOD = (
    r"(?:tuần|tháng|quý|năm|ngày|(?:\d{1,2}|ba|sáu|chín|hai|một)\s+(?:tháng|năm|tuần)(?:\s+(?:một"
    r"|1)\s+lần|\s+(?:đầu|cuối)\s+năm)?)"
)
_TAIL = (
    r"[^,;()\n]{0,140}?(?=\s*(?:[,;()\n]|\.(?:\s|/|$)|$|\s(?:để|thì|đồng thời)\s|\svà\s(?-i:[a-zà-ỹđ])|\s(?:chủ trì"
    r"|phối hợp|báo cáo|gửi|xây dựng|tổ chức|tổng hợp|trình)\s))"
)
NAMED_DAY = rf"{_DAY}{_AFTER_DAY}"
_WEEKDAY = r"(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ\s+nhật)"
_MEETING = (
    r"(?:tại|trong|vào|trước)\s+(?:các\s+)?(?:kỳ|phiên|cuộc|hội nghị)(?:\s+họp)?"
    r"(?:\s+(?:thường kỳ|thường lệ|định kỳ))?"
)
# "mỗi năm ít nhất 02 cuộc" says how many, not by when.
_HOW_MANY = r"(?!\s+(?:ít nhất|tối thiểu|không quá|\d|(?:một|hai|ba|bốn)\s+(?!lần)))"
_KINDS: tuple[tuple[str, str], ...] = (
    (
        "weekday",
        rf"(?:{_BY}\s+)?(?:sáng\s+|chiều\s+|ngày\s+)?{_WEEKDAY}(?:\s*(?:,|và)\s*{_WEEKDAY})*"
        rf"(?:\s+(?:của\s+)?tuần\s+(?:đầu|cuối|thứ\s+(?:nhất|hai|ba|tư))(?:\s+tiên|\s+cùng)?)?\s+(?:của\s+)?{EVERY}"
        rf"\s+(?:tuần|tháng)|{_BY}\s+{_HOUR}(?:sáng\s+|chiều\s+)?{_WEEKDAY}(?!\s*,?\s*ngày)",
    ),
    (
        "range",
        rf"từ\s+(?:ngày\s+)?(?:{_DAY}|{DAY})\s+(?:đến|tới)\s+(?:hết\s+)?(?:ngày\s+)?{NAMED_DAY}",
    ),
    ("start", rf"từ\s+ngày\s+(?:{_SLASHED}|{DAY}\s+tháng\s+{MONTH}(?!\d)\s*,?\s*năm\s+{YEAR})"),
    (
        "monthly_day",
        rf"(?:(?:{_BY}|vào|định kỳ)\s+)?(?:các\s+)?ngày\s+{DAY}(?:\s*(?:,|và)\s*(?:ngày\s+)?{DAY})*\s+(?:của\s+)?"
        rf"(?:{EVERY}\s+tháng|tháng\s+"
        rf"(?:sau|kế tiếp|tiếp theo|liền kề)(?:\s+liền kề)?)",
    ),
    (
        "quarterly_day",
        rf"(?:(?:{_BY}|vào)\s+)?ngày\s+{DAY}\s+(?:của\s+)?tháng\s+(?:cuối|đầu)(?:\s+(?:của|mỗi|hằng|hàng"
        rf"|từng))*\s+quý(?:\s+(?:sau|tiếp theo|kế tiếp))?",
    ),
    (
        "day",
        rf"{_BY}\s+{_HOUR}(?:các\s+)?(?:ngày\s+)?{NAMED_DAY}|(?:vào\s+)?(?:các\s+)?ngày\s+{_DAY}\s*"
        rf"(?:của\s+)?{EVERY}\s+năm|(?:vào|trong)\s+{_HOUR}(?:các\s+)?ngày\s+{NAMED_DAY}",
    ),
    ("month_day", rf"(?:{_BY}|vào)\s+ngày\s+{DAY}(?!\s*[/.-]\s?\d|\s+tháng\s+\d)"),
    (
        "last_day",
        rf"(?:(?:{_BY}|vào)\s+)?(?:ngày\s+(?:làm\s+việc\s+)?cuối(?:\s+cùng)?\s+(?:của\s+)?)(?:{EVERY}\s+)?"
        rf"(?:tháng|quý|năm)(?:\s+{MONTH}\s?/\s?{YEAR})?",
    ),
    (
        "quarter",
        rf"(?:{_BY}|trong|vào|cuối|đầu|từ)\s+quý\s+(?:IV|III|II|I|[1-4])(?![\w])(?:\s?[/-]\s?{YEAR}|\s+"
        rf"(?:năm\s+)?{YEAR}|\s+{EVERY}\s+năm)?|quý\s+(?:IV|III|II|I)(?:(?:\s?[/-]\s?|\s+năm\s+){YEAR}|\s+{EVERY}\s+năm)",
    ),
    (
        "month",
        rf"(?:{_BY}|trong|vào|(?:trước\s+)?cuối|đầu|giữa)\s+{_MONTH}(?:\s+{EVERY}\s+năm)?"
        rf"|tháng\s+{MONTH}\s+{EVERY}\s+năm|{_MEETING}\s+{_MONTH}",
    ),
    ("meeting", rf"{_MEETING}\s+(?:giữa|cuối|đầu)\s+năm(?:\s+{YEAR}|\s+{EVERY}\s+năm)?"),
    (
        "year",
        rf"(?:{_LAST}(?:\s+(?:là|vào|trong|đến))*|đến hết|hết|trong|vào|trước|cuối|phấn đấu đến)\s+năm\s+{YEAR}"
        rf"(?!\s*[-–]\s*\d)|(?:(?:từ\s+nay\s+)?đến\s+hết|từ\s+nay\s+đến\s+(?:hết|cuối))\s+năm(?!\s+\d)",
    ),
    (
        "duration",
        rf"(?:(?:trong|không quá|tối đa|{_LAST})\s+)*(?:(?:vòng|thời hạn|thời gian|tối đa|không quá|là"
        rf"|sau)\s+)*{COUNT}\s+{UNIT}\s*,?\s*(?:kể\s+từ|tính\s+từ|từ\s+(?:ngày|khi)|sau\s+khi|sau\s+ngày"
        rf"|trước\s+khi|trước\s+ngày\s+(?!\d)){_TAIL}"
        rf"|sau\s+{COUNT}\s+{UNIT}\s+(?:triển khai\s+)?thực hiện(?:\s+\w+\s+\w+\s+này)?(?=\s*(?:[,;.)/]|$))",
    ),
    (
        "periodic",
        rf"(?:định\s+kỳ\s*,?\s*(?:{EVERY}\s+)?|{EVERY}\s+){_PERIOD}(?:\s*(?:,|và|hoặc|,\s*và)\s*(?:"
        rf"(?:{EVERY}|cả|một)\s+)?{_PERIOD}(?!\s*\d))*(?!\s*\d{{3}}){_HOW_MANY}"
        rf"|theo\s+(?:quý|tháng|tuần)(?!\s+[IV\d])|(?:quý,\s*)?6\s+tháng"
        rf"(?:\s+đầu\s+năm)?\s*(?:,|và|hoặc)\s*(?:(?:cả|một|hằng|hàng)\s+)?năm(?!\s*\d)",
    ),
    (
        "request",
        rf"(?:khi|lúc)\s+có\s+(?!hiệu lực|đủ|thể|ý kiến thống nhất)[^\W\d]{_TAIL}"
        rf"|khi\s+(?:được\s+)?(?:yêu cầu|cần thiết|cần"
        rf"|phát sinh|xảy ra)(?:\s+của)?{_TAIL}|(?:trong\s+)?trường\s+hợp\s+(?:cần thiết|đột xuất"
        rf"|phát sinh)|theo\s+yêu cầu\s+của\s{_TAIL}"
        rf"|(?:ngay\s+)?sau\s+khi\s+(?!có ý kiến thống nhất)[^\W\d]{_TAIL}|(?:(?<=báo cáo )|(?<=định kỳ, )|"
        rf"(?<=kỳ và )|(?<=kỳ hoặc )|(?<=năm và )|(?<=năm, ))đột\s+xuất(?:\s+\(nếu có\))?",
    ),
    (
        "vague",
        rf"(?:{_BY}|vào|dịp)?\s*(?:cuối|đầu)\s+(?:{EVERY}\s+)?(?:tháng|quý|năm)(?!\s*(?:\d|\w+/))"
        rf"|(?:trong|vào)\s+tuần\s+(?:đầu|cuối)(?:\s+tiên|\s+cùng)?\s+(?:của\s+)?(?:{EVERY}\s+)?(?:tháng|quý|năm)|định\s+kỳ(?!\s+\d)",
    ),
)
DEADLINE = re.compile(
    r"(?<![\w/])(?:" + "|".join(f"(?P<{name}>{pattern})" for name, pattern in _KINDS) + r")(?![\w])", re.IGNORECASE
)
FIRST_WORD = re.compile(
    r"(?<![\w/])(?:trước|trong|trễ|trường|từ|tối|thời|theo|chậm|các|cuối|chín|muộn|mỗi|một|mười|hạn"
    r"|hết|hằng|hàng|hoàn|hai|không"
    r"|khi|đến|định|đầu|đột|xong|vào|ngày|ngay|năm|quý|giữa|phấn|tại|thứ|chủ|tháng|sáng|chiều|lúc|dịp|ba|bốn|bảy|sau|sáu|tám|\d{1,3})(?!\w)",
    re.IGNORECASE,
)
NO_DEADLINE_BEFORE = re.compile(
    r"(?:ban hành|được ký|đã ký|có hiệu lực|sinh|xảy ra|phát sinh|nghỉ hưu|tuyển dụng|bổ nhiệm"
    r"|được cấp|đã cấp|ký kết"
    r"|công nhận|thành lập|tồn tại)\s*(?:từ\s*)?$",
    re.IGNORECASE,
)
