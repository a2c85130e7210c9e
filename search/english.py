"""English questions around Vietnamese names: a small lexicon of the domain brings them to Vietnamese words."""

from __future__ import annotations

import re

# Longer phrases first; the empty translation drops a word that only holds an English sentence together.
_PHRASES: tuple[tuple[str, str], ...] = (
    (r"(?:five|5)[- ]years?(?= review| report| preliminary)", "5 năm"),
    (r"(?:ten|10)[- ]years?(?= review| report| final)", "10 năm"),
    (r"(?:mid[- ]term|preliminary|interim|5 năm) review", "sơ kết 5 năm"),
    (r"(?:10 năm) review|final review|summing[- ]up", "tổng kết 10 năm"),
    (r"by when|(?:by|before) (?:what|which) (?:date|day)|until when", "trước ngày nào"),
    (r"how often", "định kỳ bao lâu"),
    (r"how long", "bao lâu"),
    (r"how many|how much", "bao nhiêu"),
    (r"what (?:percentage|percent|share|proportion)", "tỷ lệ bao nhiêu"),
    (r"due date|deadlines?|time limit", "thời hạn"),
    (r"every year|each year|yearly|annual(?:ly)?", "hằng năm"),
    (r"every month|each month|monthly", "hằng tháng"),
    (r"every quarter|quarterly|each quarter", "hằng quý"),
    (r"every six months|twice a year|half[- ]yearly|semi[- ]annual(?:ly)?", "6 tháng"),
    (r"trade unions?|labou?r unions?|unions?", "công đoàn"),
    (r"grass[- ]?roots (?:trade )?unions?", "công đoàn cơ sở"),
    (r"(?:provincial )?labou?r federations?", "Liên đoàn Lao động"),
    (r"general confederation of labou?r", "Tổng Liên đoàn Lao động"),
    (r"provincial party committees?", "tỉnh ủy"),
    (r"district party committees?", "huyện ủy"),
    (r"party committees?", "cấp ủy"),
    (r"people'?s committees?", "Ủy ban nhân dân"),
    (r"people'?s council", "Hội đồng nhân dân"),
    (r"central economic (?:commission|committee)", "Ban Kinh tế Trung ương"),
    (r"steering committee", "Ban Chỉ đạo"),
    (r"standing committee|standing board", "Ban Thường vụ"),
    (r"inspection commission|inspection committee", "Ủy ban Kiểm tra"),
    (r"occupational safety(?: and (?:health|hygiene))?|work(?:place)? safety", "an toàn, vệ sinh lao động"),
    (r"social (?:criticism|feedback|counter[- ]argument)", "phản biện xã hội"),
    (r"outstanding (?:union )?members?", "đoàn viên ưu tú"),
    (r"union members?|members", "đoàn viên"),
    (r"action programmes?|action programs?", "chương trình hành động"),
    (r"official letters?|dispatch(?:es)?|letters?", "công văn"),
    (r"directives?", "chỉ thị"),
    (r"resolutions?", "nghị quyết"),
    (r"decisions?", "quyết định"),
    (r"conclusions?", "kết luận"),
    (r"guidelines?|guidance|instructions?", "hướng dẫn"),
    (r"regulations?", "quy chế"),
    (r"decrees?", "nghị định"),
    (r"circulars?", "thông tư"),
    (r"notices?|announcements?|notifications?", "thông báo"),
    (r"programmes?|programs?", "chương trình"),
    (r"proposals?", "tờ trình"),
    (r"invitations?", "giấy mời"),
    (r"minutes", "biên bản"),
    (r"plans?", "kế hoạch"),
    (r"documents?", "văn bản"),
    (r"reports?|reported|reporting", "báo cáo"),
    (r"supports?|supported|assistance|aid", "hỗ trợ"),
    (r"paid|pays?|payments?|spend|spent", "chi"),
    (r"build(?:ing)?|built", "xây"),
    (r"newer|more recent", "mới hơn"),
    (r"older", "cũ hơn"),
    (r"earlier", "sớm hơn"),
    (r"later", "muộn hơn"),
    (r"higher|larger|greater|bigger", "cao hơn"),
    (r"lower|smaller", "thấp hơn"),
    (r"compared?", "so sánh"),
    (r"(?<= )or(?= )", "hoặc"),
    (r"new", "mới"),
    (r"repair(?:s|ed|ing)?", "sửa chữa"),
    (r"chairs|chaired|chairing", "chủ trì"),
    (r"own|separate", "riêng"),
    (r"directly|immediate", "trực tiếp"),
    (r"subordinate", "trực thuộc"),
    (r"every(?= \w)", "các"),
    (r"accidents?", "tai nạn"),
    (r"labou?r", "lao động"),
    (r"address", "địa chỉ"),
    (r"phone(?: number)?|telephone", "điện thoại"),
    (r"dialogues?", "đối thoại"),
    (r"contracts?", "hợp đồng"),
    (r"collective (?:labou?r )?agreements?", "thỏa ước lao động tập thể"),
    (r"cadres?|officials?|officers?", "cán bộ"),
    (r"begins?|starts?|start(?:ed|ing)", "bắt đầu"),
    (r"ends?|finish(?:ed)?|completed?", "hoàn thành"),
    (r"complaints?", "khiếu nại"),
    (r"denunciations?", "tố cáo"),
    (r"effective|in force|takes? effect", "hiệu lực"),
    (r"houses?|homes?", "nhà"),
    (r"families|family|households?", "hộ gia đình"),
    (r"results?", "kết quả"),
    (r"contents?", "nội dung"),
    (r"propaganda|publicity|communication", "tuyên truyền"),
    (r"economic|economy", "kinh tế"),
    (r"social", "xã hội"),
    (r"law|legal", "pháp luật"),
    (r"central", "trung ương"),
    (r"number", "số"),
    (r"draft(?:s|ed|ing)?|prepares?|prepared", "soạn xây dựng"),
    (r"deputy|vice", "phó"),
    (r"permanent", "thường trực"),
    (r"advises?|advised", "tham mưu"),
    (r"coordinates?|cooperates?", "phối hợp"),
    (r"approv(?:es?|ed|al)", "phê duyệt"),
    (r"attends?|participants?", "dự"),
    (r"period|term", "thời gian"),
    (r"due", "thời hạn"),
    (r"reviews?", "sơ kết"),
    (r"sends?|sent|submits?|submitted|sending", "gửi"),
    (r"receives?|received|recipients?", "nơi nhận"),
    (r"signed by", "ký bởi"),
    (r"signs?|signed|signer|signatory", "ký"),
    (r"issues?|issued|promulgated?", "ban hành"),
    (r"replaces?|replaced|supersedes?|superseded", "thay thế"),
    (r"forwards?|forwarded", "sao gửi"),
    (r"implements?|implemented|implementing|carry(?:ing)? out|carries out|carried out|executes?", "thực hiện"),
    (r"assign(?:s|ed)?|tasked|entrusted", "giao"),
    (r"responsible|in charge", "chịu trách nhiệm phụ trách"),
    (r"tasks?|duties|duty|responsibilit(?:y|ies)", "nhiệm vụ"),
    (r"targets?|goals?", "chỉ tiêu"),
    (r"percent(?:age)?|rates?", "tỷ lệ"),
    (r"supervision|monitoring", "giám sát"),
    (r"inspections?|inspects?", "kiểm tra"),
    (r"violations?", "vi phạm"),
    (r"meetings?|conferences?", "hội nghị cuộc họp"),
    (r"training", "tập huấn bồi dưỡng"),
    (r"workers?|employees?|labou?rers?", "người lao động"),
    (r"enterprises?|compan(?:y|ies)|business(?:es)?", "doanh nghiệp"),
    (r"secretar(?:y|ies)", "bí thư"),
    (r"vice[- ]chair(?:man|woman|person)?|deputy chair(?:man|woman)?", "phó chủ tịch"),
    (r"chair(?:man|woman|person)?|president", "chủ tịch"),
    (r"head", "trưởng"),
    (r"directors?", "giám đốc"),
    (r"fund", "quỹ"),
    (r"budget", "ngân sách"),
    (r"provinc(?:e|es|ial)", "tỉnh"),
    (r"districts?", "huyện"),
    (r"communes?", "xã"),
    (r"part(?:y|ies)", "Đảng"),
    (r"bod(?:y|ies)|agenc(?:y|ies)|units?|organi[sz]ations?", "cơ quan, đơn vị"),
    (r"held|holds?|takes? place", "tổ chức"),
    (r"women", "nữ"),
    (r"minimum wage", "lương tối thiểu"),
    (r"wages?|salar(?:y|ies)", "tiền lương"),
    (r"years?", "năm"),
    (r"months?", "tháng"),
    (r"days?", "ngày"),
    (r"which", "nào"),
    (r"who(?:m|se)?", "ai"),
    (r"when", "khi nào"),
    (r"where", "ở đâu"),
    (r"what", "gì"),
    (r"list", "liệt kê"),
    (
        r"the|a|an(?=\s[aeiouAEIOU])|of|to|by|on|in|for|from|at|with|under|about|is|are|was|were|be|been|do|does|did"
        r"|must|should|shall|have|has"
        r"|had|and|or|that|this|it|its|their|his|her|according|as|how|can|will|would|there|any|all|each|per|being",
        "",
    ),
)
_LEXICON = tuple((re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE), words) for pattern, words in _PHRASES)
_WHICH = re.compile(
    r"\bnào (cơ quan, đơn vị|chương trình hành động|chương trình|chỉ thị|nghị quyết|quyết định|kết luận|hướng dẫn"
    r"|quy chế|nghị định|thông tư|thông báo|tờ trình|biên bản|kế hoạch|văn bản|công văn|báo cáo|tỉnh|huyện|xã"
    r"|doanh nghiệp|Ban Chỉ đạo)"
)
_SIGNS = re.compile(
    r"\b(?:who|whom|whose|what|when|which|where|how|does|did|must|should|is|are|was|were|reports?|deadline|plan|signed|issued"
    r"|by when|under|the|list|tell|give|show)\b",
    re.IGNORECASE,
)
_VIETNAMESE_WORDS = re.compile(
    r"\b(?:nào|gì|ai|bao nhiêu|khi nào|ở đâu|thế nào|nao|gi|bao nhieu|khi nao|the nao|phải|phai|của|cua|những|nhung"
    r"|là)\b",
    re.IGNORECASE,
)


def is_english(question: str) -> bool:
    """Whether a question is put in English, Vietnamese names in it or not."""
    return bool(_SIGNS.search(question)) and not _VIETNAMESE_WORDS.search(question)


_MONTHS = {
    name: n
    for n, name in enumerate(
        "january february march april may june july august september october november december".split(), start=1
    )
}
_MONTH_NUMBERS = {name[:3]: n for name, n in _MONTHS.items()}
_MONTH_NAMES = "|".join(f"{name}|{name[:3]}t?" for name in _MONTHS)
_ENGLISH_DATE = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)? (?:of )?({_MONTH_NAMES})\.?,? (\d{{4}})\b"
    rf"|\b({_MONTH_NAMES})\.? (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})\b",
    re.IGNORECASE,
)


def _vietnamese_date(match: re.Match[str]) -> str:
    day, month, year = (match[1], match[2], match[3]) if match[1] else (match[5], match[4], match[6])
    return f"{day}/{_MONTH_NUMBERS[month.lower()[:3]]}/{year}"


def to_vietnamese(question: str, dropped: str = "") -> str:
    """The question with its English words put into Vietnamese; names stay as they are.

    `dropped` stands in place of the words that only hold an English sentence together.

    >>> to_vietnamese("who reports to Ban Kinh tế by when")
    'ai báo cáo Ban Kinh tế trước ngày nào'
    """
    text = _ENGLISH_DATE.sub(_vietnamese_date, question)
    for pattern, words in _LEXICON:
        text = pattern.sub(words or dropped, text)
    return _WHICH.sub(r"\1 nào", " ".join(text.split()))
