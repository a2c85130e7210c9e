"""Every word that the pages show, in Vietnamese and English. Both hold the same fields, which mypy checks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from search.types import Language, QuestionKind
from ui.wording import access, answers, documents, duties, overview, upload
from ui.wording.access import AccessWords
from ui.wording.answers import AnswerWords
from ui.wording.documents import ShelfWords
from ui.wording.duties import DutiesWords
from ui.wording.overview import NetworkWords, QualityWords
from ui.wording.upload import UploadWords


@dataclass(frozen=True, slots=True)
class ErrorWords:
    """What happened, and what the person at the screen can do about it. `do` may name {corpus}."""

    what: str
    do: str


@dataclass(frozen=True, slots=True)
class FilterWords:
    button: str
    kinds: str
    issuers: str
    years: str
    all_issuers: str
    no_issuer: str
    active: str
    clear: str


@dataclass(frozen=True, slots=True)
class FactWords:
    """The heads of the table of facts, in the order of its columns, and how recurrences are put."""

    heading: str
    who: str
    what: str
    to: str
    via: str
    by_when: str
    dates: str
    source: str
    yearly: str
    half_yearly: str
    quarterly: str
    monthly: str
    every_months: str
    weekly: str
    more_dates: str


@dataclass(frozen=True, slots=True)
class DocumentWords:
    citations: str
    open: str
    close: str
    number: str
    issued_on: str
    issued_by: str
    page: str
    place: str
    back: str
    back_plain: str
    file: str
    text_label: str
    unnumbered: str


@dataclass(frozen=True, slots=True)
class WhyWords:
    heading: str
    understood: str
    searched: str
    found: str
    dates: str
    seconds: str
    strong: str
    medium: str
    weak: str
    evidence: dict[str, str]
    kinds: dict[QuestionKind, str]


@dataclass(frozen=True, slots=True)
class NotFoundWords:
    heading: str
    advice: str
    filtered: str
    nearest: str
    nearest_note: str


@dataclass(frozen=True, slots=True)
class FootWords:
    documents: str
    passages: str
    built_at: str
    failures: str
    failures_note: str
    failure_reasons: dict[str, str]
    failure_unknown: str

    def failure_reason(self, reason: str) -> str:
        """The wording of a reason that the index keeps as an English sentence."""
        known = (said for part, said in self.failure_reasons.items() if part in reason)
        return next(known, self.failure_unknown)


@dataclass(frozen=True, slots=True)
class Words:
    brand: str
    tagline: str
    language: str
    pages: dict[str, str]
    access: AccessWords
    shelf: ShelfWords
    upload: UploadWords
    network: NetworkWords
    quality: QualityWords
    answers: AnswerWords
    duties: DutiesWords
    ask: str
    intro: str
    question: str
    placeholder: str
    submit: str
    examples_heading: str
    examples: tuple[str, ...]
    holds: str
    other_kind: str
    empty: str
    history: str
    history_empty: str
    opening: str
    searching: str
    answer: str
    filters: FilterWords
    facts: FactWords
    document: DocumentWords
    why: WhyWords
    not_found: NotFoundWords
    foot: FootWords
    retry: str
    technical: str
    errors: dict[str, ErrorWords]
    thousands: Literal[".", ","]

    def number(self, value: int) -> str:
        """1234 as this language writes it."""
        return f"{value:,}".replace(",", self.thousands)

    @property
    def decimal_point(self) -> str:
        return "," if self.thousands == "." else "."


VIETNAMESE = Words(
    brand="Tra cứu văn bản",
    tagline="Hỏi đáp có trích dẫn trong kho văn bản của cơ quan",
    language="Ngôn ngữ",
    pages={
        "hoi-dap": "Hỏi đáp",
        "nhiem-vu": "Nhiệm vụ",
        "van-ban": "Văn bản",
        "mang-luoi": "Mạng lưới",
        "kho": "Kho",
        "chat-luong": "Chất lượng",
    },
    access=access.VIETNAMESE,
    shelf=documents.VIETNAMESE,
    upload=upload.VIETNAMESE,
    network=overview.VIETNAMESE_NETWORK,
    quality=overview.VIETNAMESE_QUALITY,
    answers=answers.VIETNAMESE,
    duties=duties.VIETNAMESE,
    ask="Hỏi đáp",
    intro="Nêu câu hỏi bằng lời thường, gõ có dấu hoặc không dấu. "
    "Câu trả lời luôn kèm trích dẫn nguyên văn để đối chiếu.",
    question="Câu hỏi",
    placeholder="Ví dụ: Ai phải báo cáo Ban Kinh tế Trung ương và trước ngày nào?",
    submit="Hỏi",
    examples_heading="Câu hỏi mẫu",
    examples=(
        "Ai phải báo cáo Ban Kinh tế Trung ương và trước ngày nào?",
        "who reports to Ban Kinh tế by when",
        "LĐLĐ huyện gửi báo cáo giám sát, phản biện xã hội về LĐLĐ tỉnh Tuyên Quang trước ngày nào?",
        "Ai ký Kế hoạch số 71-KH/BKTTW?",
        "chi thi 31 ct/tw ban hanh ngay nao",
    ),
    holds="Trong kho hiện có",
    other_kind="tài liệu khác",
    empty="Kho chưa có văn bản nào. Đề nghị chép tệp văn bản vào thư mục “{corpus}” rồi mở lại phần mềm.",
    history="Câu hỏi trong lượt này",
    history_empty="Các câu hỏi đã nêu sẽ hiện ở đây để xem lại.",
    opening="Đang mở kho văn bản, vui lòng đợi trong giây lát…",
    searching="Đang tìm trong các văn bản…",
    answer="Trả lời",
    filters=FilterWords(
        button="Lọc văn bản",
        kinds="Loại văn bản",
        issuers="Cơ quan ban hành",
        years="Năm ban hành",
        all_issuers="Tất cả cơ quan",
        no_issuer="Không có cơ quan nào như vậy",
        active="Chỉ tìm trong:",
        clear="Bỏ lọc",
    ),
    facts=FactWords(
        heading="Nhiệm vụ và thời hạn",
        who="Ai thực hiện",
        what="Việc phải làm",
        to="Gửi ai",
        via="Qua ai",
        by_when="Thời hạn",
        dates="Ngày cụ thể",
        source="Nguồn",
        yearly="hằng năm",
        half_yearly="6 tháng một lần",
        quarterly="hằng quý",
        monthly="hằng tháng",
        every_months="{months} tháng một lần",
        weekly="hằng tuần",
        more_dates="và các kỳ sau",
    ),
    document=DocumentWords(
        citations="Trích dẫn",
        open="Mở văn bản tại đoạn này",
        close="Đóng văn bản",
        number="số\u00a0{number}",
        issued_on="ngày\u00a0{date}",
        issued_by="của {issuer}",
        page="trang\u00a0{page}",
        place="Mục",
        back="Về trích dẫn [{n}]",
        back_plain="Về danh sách đoạn",
        file="Tệp",
        text_label="Nội dung văn bản",
        unnumbered="Văn bản",
    ),
    why=WhyWords(
        heading="Vì sao?",
        understood="Hiểu câu hỏi là",
        searched="Nội dung đem đi tìm",
        found="Các đoạn đã xem xét, đoạn sát nhất đứng trước",
        dates="Cách tính ngày",
        seconds="Thời gian tìm: {seconds} giây",
        strong="nhiều",
        medium="vừa",
        weak="ít",
        evidence={
            "words": "Trùng từ ngữ",
            "syllables": "Trùng từ ngữ",
            "bigrams": "Trùng từ ngữ",
            "folded": "Trùng từ ngữ khi bỏ dấu",
            "folded_bigrams": "Trùng từ ngữ khi bỏ dấu",
            "clause": "Từ ngữ đứng gần nhau",
            "sentences": "Từ ngữ đứng gần nhau",
            "in_order": "Từ ngữ đứng gần nhau",
            "opening": "Từ ngữ đứng gần nhau",
            "dense": "Gần nghĩa",
        },
        kinds={
            QuestionKind.DUTY: "hỏi về nhiệm vụ: ai làm, việc gì, gửi ai, khi nào",
            QuestionKind.WHO: "hỏi ai hoặc cơ quan nào",
            QuestionKind.WHEN: "hỏi ngày hoặc thời hạn",
            QuestionKind.WHERE: "hỏi địa điểm, địa bàn",
            QuestionKind.HOW_MANY: "hỏi số lượng hoặc chỉ tiêu",
            QuestionKind.WHICH_DOCUMENT: "hỏi văn bản nào",
            QuestionKind.WHAT: "hỏi nội dung",
            QuestionKind.LIST: "yêu cầu liệt kê",
            QuestionKind.YES_NO: "hỏi có đúng hay không",
            QuestionKind.COMPARE: "yêu cầu so sánh",
            QuestionKind.COUNT: "yêu cầu đếm các mục",
        },
    ),
    not_found=NotFoundWords(
        heading="Chưa tìm thấy câu trả lời trong kho văn bản",
        advice="Có thể nêu rõ hơn tên cơ quan, số ký hiệu hoặc nội dung cần hỏi.",
        filtered="Hiện chỉ tìm trong một phần của kho. Bỏ lọc để tìm trong tất cả văn bản.",
        nearest="Đoạn gần nhất, không phải câu trả lời",
        nearest_note="Các đoạn dưới đây gần với câu hỏi nhất nhưng không nêu điều được hỏi; chỉ để tham khảo.",
    ),
    foot=FootWords(
        documents="{count} văn bản",
        passages="{count} đoạn",
        built_at="cập nhật lúc {time}",
        failures="{count} tệp chưa đọc được",
        failures_note="Nội dung các tệp sau chưa có trong kho, nên chưa được dùng để trả lời:",
        failure_reasons={
            "is empty": "Tệp không có nội dung. Đề nghị kiểm tra lại tệp hoặc bỏ tệp ra khỏi thư mục.",
            "is not read": "Chưa đọc được loại tệp này. Đề nghị lưu lại dưới dạng .docx hoặc .pdf.",
            "no words": "Không nhận ra chữ nào trong tệp. Đề nghị quét lại rõ hơn hoặc bỏ tệp ra khỏi kho.",
            "is encrypted": "Tệp được khóa theo cách không đọc được. Đề nghị mở tệp rồi in ra tệp PDF mới.",
            "by a password": "Tệp có đặt mật khẩu. Đề nghị mở tệp, gỡ mật khẩu rồi lưu lại.",
            "damaged": "Tệp bị hỏng hoặc bị thiếu phần cuối. Đề nghị xin lại tệp từ nơi gửi.",
            "needs LibreOffice": "Chưa đọc được loại tệp này vì máy chưa cài LibreOffice. Đề nghị cài đặt LibreOffice.",
            "not a text file": "Tệp không phải là văn bản. Đề nghị lưu lại dưới dạng văn bản thuần (.txt), mã UTF-8.",
            " text. Save": "Tệp sai mã chữ tiếng Việt. Đề nghị lưu lại dưới dạng văn bản thuần (.txt), mã UTF-8.",
            "can't be opened": "Không mở được tệp. Đề nghị kiểm tra tệp còn trong thư mục và được phép đọc.",
            "Tesseract": "Bản quét chưa đọc được vì máy chưa cài Tesseract và dữ liệu tiếng Việt. Đề nghị cài đặt.",
            "within": "Đọc tệp quá lâu nên đã dừng. Đề nghị tách tệp hoặc quét lại với độ phân giải 300 dpi.",
            "without a word": "Không đọc được tệp. Đề nghị mở tệp, lưu lại rồi đưa vào lần nữa.",
            "more than": "Tệp quá lớn. Đề nghị tách thành nhiều tệp nhỏ hơn.",
        },
        failure_unknown="Chưa đọc được tệp này. Đề nghị báo người phụ trách kỹ thuật.",
    ),
    retry="Thử lại",
    technical="Thông tin cho người phụ trách kỹ thuật",
    errors={
        "IndexMissing": ErrorWords(
            "Chưa có kho văn bản để tra cứu.",
            "Đề nghị người phụ trách kỹ thuật tạo kho từ các tệp trong thư mục “{corpus}”, sau đó bấm “Thử lại”.",
        ),
        "IndexFormat": ErrorWords(
            "Kho văn bản được tạo bằng một phiên bản khác của phần mềm nên không mở được.",
            "Đề nghị người phụ trách kỹ thuật tạo lại kho. Các tệp văn bản gốc không bị ảnh hưởng.",
        ),
        "IndexDamaged": ErrorWords(
            "Kho văn bản bị thiếu tệp hoặc tệp đã bị thay đổi nên không mở được.",
            "Đề nghị người phụ trách kỹ thuật tạo lại kho. Các tệp văn bản gốc không bị ảnh hưởng.",
        ),
        "ModelMismatch": ErrorWords(
            "Kho văn bản được tạo trước khi phần mềm thay đổi cách hiểu tiếng Việt nên không dùng được nữa.",
            "Đề nghị người phụ trách kỹ thuật tạo lại kho. Các tệp văn bản gốc không bị ảnh hưởng.",
        ),
        "IndexLocked": ErrorWords(
            "Kho văn bản đang được cập nhật.",
            "Vui lòng đợi vài phút rồi bấm “Thử lại”.",
        ),
        "ModelProblem": ErrorWords(
            "Phần mềm thiếu bộ dữ liệu ngôn ngữ hoặc bộ dữ liệu bị hỏng.",
            "Đề nghị người phụ trách kỹ thuật cài đặt lại phần mềm. Kho văn bản không bị ảnh hưởng.",
        ),
        "NothingToIndex": ErrorWords(
            "Thư mục văn bản chưa có tệp nào đọc được.",
            "Đề nghị thêm tệp văn bản ở trang “Kho” hoặc chép vào thư mục “{corpus}”, rồi cập nhật lại kho.",
        ),
        "OfficeProblem": ErrorWords(
            "Không mở được sổ theo dõi của cơ quan (nhiệm vụ, đánh giá, nhật ký).",
            "Việc tra cứu không bị ảnh hưởng. Đề nghị báo người phụ trách kỹ thuật kiểm tra tệp sổ theo dõi.",
        ),
        "BadInput": ErrorWords(
            "Phần mềm chưa hiểu được câu hỏi hoặc điều kiện lọc.",
            "Vui lòng viết lại câu hỏi ngắn gọn hơn hoặc bỏ bớt điều kiện lọc.",
        ),
        "ProjectError": ErrorWords(
            "Chưa tra cứu được.",
            "Vui lòng bấm “Thử lại”. Nếu vẫn không được, đề nghị báo người phụ trách kỹ thuật.",
        ),
    },
    thousands=".",
)

ENGLISH = Words(
    brand="Tra cứu văn bản",
    tagline="Questions answered from the office’s own documents, with citations",
    language="Language",
    pages={
        "hoi-dap": "Questions",
        "nhiem-vu": "Duties",
        "van-ban": "Documents",
        "mang-luoi": "Network",
        "kho": "Collection",
        "chat-luong": "Quality",
    },
    access=access.ENGLISH,
    shelf=documents.ENGLISH,
    upload=upload.ENGLISH,
    network=overview.ENGLISH_NETWORK,
    quality=overview.ENGLISH_QUALITY,
    answers=answers.ENGLISH,
    duties=duties.ENGLISH,
    ask="Questions",
    intro="Ask in plain Vietnamese, with or without diacritics, or in English. "
    "Every answer comes with the exact words of its source.",
    question="Question",
    placeholder="For example: who reports to Ban Kinh tế by when",
    submit="Ask",
    examples_heading="Examples",
    examples=VIETNAMESE.examples,
    holds="The collection holds",
    other_kind="tài liệu khác",
    empty="The collection holds no document yet. Copy documents into the folder “{corpus}” and open the program again.",
    history="Questions of this visit",
    history_empty="Questions you have asked will be listed here.",
    opening="Opening the collection, one moment please…",
    searching="Looking through the documents…",
    answer="Answer",
    filters=FilterWords(
        button="Filter documents",
        kinds="Type of document",
        issuers="Issued by",
        years="Year of issue",
        all_issuers="All issuing bodies",
        no_issuer="No such body",
        active="Only looking in:",
        clear="Clear filters",
    ),
    facts=FactWords(
        heading="Duties and deadlines",
        who="Who",
        what="What",
        to="To whom",
        via="Through",
        by_when="By when",
        dates="Dates",
        source="Source",
        yearly="every year",
        half_yearly="every 6 months",
        quarterly="every quarter",
        monthly="every month",
        every_months="every {months} months",
        weekly="every week",
        more_dates="and so on",
    ),
    document=DocumentWords(
        citations="Citations",
        open="Open the document here",
        close="Close the document",
        number="no.\u00a0{number}",
        issued_on="dated\u00a0{date}",
        issued_by="by {issuer}",
        page="page\u00a0{page}",
        place="Section",
        back="Back to citation [{n}]",
        back_plain="Back to the list",
        file="File",
        text_label="Text of the document",
        unnumbered="Document",
    ),
    why=WhyWords(
        heading="Why this answer?",
        understood="The question was understood as",
        searched="Searched for",
        found="Passages considered, closest first",
        dates="How the dates were found",
        seconds="Time taken: {seconds} seconds",
        strong="much",
        medium="some",
        weak="little",
        evidence={
            "words": "Same words",
            "syllables": "Same words",
            "bigrams": "Same words",
            "folded": "Same words without diacritics",
            "folded_bigrams": "Same words without diacritics",
            "clause": "Words close together",
            "sentences": "Words close together",
            "in_order": "Words close together",
            "opening": "Words close together",
            "dense": "Similar meaning",
        },
        kinds={
            QuestionKind.DUTY: "a duty: who does what, for whom, by when",
            QuestionKind.WHO: "a person or body",
            QuestionKind.WHEN: "a date or deadline",
            QuestionKind.WHERE: "a place",
            QuestionKind.HOW_MANY: "a figure",
            QuestionKind.WHICH_DOCUMENT: "a document",
            QuestionKind.WHAT: "content",
            QuestionKind.LIST: "a list",
            QuestionKind.YES_NO: "whether something is so",
            QuestionKind.COMPARE: "a comparison",
            QuestionKind.COUNT: "how many entries there are",
        },
    ),
    not_found=NotFoundWords(
        heading="No answer found in the collection",
        advice="Try naming the body, the document number or the subject more exactly.",
        filtered="Only a part of the collection is being searched. Clear the filters to search all documents.",
        nearest="Nearest passages, not an answer",
        nearest_note="These passages come closest to the question but do not state what was asked.",
    ),
    foot=FootWords(
        documents="Documents: {count}",
        passages="passages: {count}",
        built_at="updated {time}",
        failures="Files that could not be read: {count}",
        failures_note="The text of these files is not in the collection, so it is not used in answers:",
        failure_reasons={
            "is empty": "The file is empty. Check it, or take it out of the folder.",
            "is not read": "Files of this type are not read. Save it as .docx or .pdf.",
            "no words": "No words were found in the file. Scan it again more clearly, or take it out.",
            "is encrypted": "The file is encrypted in a way that is not read. Open it and print it into a new PDF.",
            "by a password": "The file has a password. Open it, remove the password and save it.",
            "damaged": "The file is damaged or cut off. Ask its sender for it again.",
            "needs LibreOffice": "Files of this type need LibreOffice, which is not installed on this computer.",
            "not a text file": "This is not a text file. Save it as plain text (.txt) in UTF-8.",
            " text. Save": "Its Vietnamese encoding is wrong. Save it as plain text (.txt) in UTF-8.",
            "can't be opened": "The file cannot be opened. Check that it is still there and may be read.",
            "Tesseract": "Scans cannot be read: Tesseract with its Vietnamese data is not installed. Install it.",
            "within": "Reading took too long and was stopped. Split the file, or scan it again at 300 dpi.",
            "without a word": "The file could not be read. Open it, save it and put it in again.",
            "more than": "The file is too large. Split it.",
        },
        failure_unknown="The file could not be read. Please tell technical staff.",
    ),
    retry="Try again",
    technical="Details for technical staff",
    errors={
        "IndexMissing": ErrorWords(
            "There is no collection to search yet.",
            "Please ask technical staff to build it from the files in “{corpus}”, then press “Try again”.",
        ),
        "IndexFormat": ErrorWords(
            "The collection was built by another version of this program and cannot be opened.",
            "Please ask technical staff to build it again. The original files are not affected.",
        ),
        "IndexDamaged": ErrorWords(
            "A file of the collection is missing or altered, so it cannot be opened.",
            "Please ask technical staff to build it again. The original files are not affected.",
        ),
        "ModelMismatch": ErrorWords(
            "The collection was built before this program changed its language data and cannot be used any more.",
            "Please ask technical staff to build it again. The original files are not affected.",
        ),
        "IndexLocked": ErrorWords(
            "The collection is being updated.",
            "Please wait a few minutes, then press “Try again”.",
        ),
        "ModelProblem": ErrorWords(
            "The program’s language data is missing or damaged.",
            "Please ask technical staff to install the program again. The collection is not affected.",
        ),
        "NothingToIndex": ErrorWords(
            "The folder holds no document that can be read yet.",
            "Add documents on the page “Collection” or copy them into “{corpus}”, then update the collection.",
        ),
        "OfficeProblem": ErrorWords(
            "The office’s own records (duties, judgements, log) cannot be opened.",
            "Searching is not affected. Please ask technical staff to look at the file of records.",
        ),
        "BadInput": ErrorWords(
            "The question or the filters could not be understood.",
            "Please put the question more briefly or clear some filters.",
        ),
        "ProjectError": ErrorWords(
            "The search could not be done.",
            "Please press “Try again”. If that does not help, tell technical staff.",
        ),
    },
    thousands=",",
)

WORDS = {Language.VIETNAMESE: VIETNAMESE, Language.ENGLISH: ENGLISH}
NAMES = {Language.VIETNAMESE: "Tiếng Việt", Language.ENGLISH: "English"}


def error_words(words: Words, error: BaseException) -> ErrorWords:
    """The wording of the nearest class of the error that has one."""
    names = (kind.__name__ for kind in type(error).__mro__)
    return next((words.errors[name] for name in names if name in words.errors), words.errors["ProjectError"])
