"""The words of the pages Mạng lưới and Chất lượng."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NetworkWords:
    heading: str
    intro: str
    centre: str
    everything: str
    steps: str
    step_names: dict[int, str]
    picture: str
    cut: str
    legend: str
    no_links: str
    no_links_advice: str
    not_held: str
    not_held_note: str
    none_missing: str
    cited_by: str
    without_plan: str
    without_plan_note: str
    all_planned: str
    open: str


@dataclass(frozen=True, slots=True)
class QualityWords:
    heading: str
    intro: str
    no_report: str
    no_report_advice: str
    measured_on: str
    figures: dict[str, str]
    per_kind: str
    kind: str
    right: str
    questions: str
    retrieval: str
    retrieval_note: str
    ways: dict[str, str]
    wrong: str
    none_wrong: str
    wanted: str
    said: str
    refusal: str
    rank: str
    not_found: str
    try_it: str
    kinds: dict[str, str]


VIETNAMESE_NETWORK = NetworkWords(
    heading="Mạng lưới",
    intro="Văn bản nào căn cứ, thực hiện, sao gửi hoặc thay thế văn bản nào.",
    centre="Văn bản ở giữa",
    everything="Tất cả văn bản có liên hệ",
    steps="Phạm vi",
    step_names={1: "Liên hệ trực tiếp", 2: "Hai bậc", 3: "Ba bậc"},
    picture="Sơ đồ các văn bản viện dẫn nhau",
    cut="Sơ đồ hiện {count} văn bản gần nhất trong số {total}.",
    legend="Khung liền: có trong kho; khung nét đứt: chưa có trong kho. Mũi tên chỉ đến văn bản được viện dẫn.",
    no_links="Chưa thấy văn bản nào viện dẫn nhau",
    no_links_advice="Khi kho có các văn bản nhắc đến nhau, sơ đồ sẽ hiện ở đây.",
    not_held="Được viện dẫn nhưng chưa có trong kho",
    not_held_note="Có thể xin bổ sung các văn bản này; văn bản được viện dẫn nhiều đứng trước.",
    none_missing="Mọi văn bản được viện dẫn đều có trong kho.",
    cited_by="viện dẫn trong {documents}",
    without_plan="Chưa có văn bản thực hiện",
    without_plan_note="Chỉ thị, nghị quyết, kết luận, chương trình, quy định chưa có văn bản nào trong kho nêu là để "
    "thực hiện.",
    all_planned="Văn bản chỉ đạo nào trong kho cũng đã có văn bản thực hiện.",
    open="Mở văn bản",
)

ENGLISH_NETWORK = NetworkWords(
    heading="Network",
    intro="Which document rests on, carries out, forwards or replaces which.",
    centre="Document in the middle",
    everything="All linked documents",
    steps="How far",
    step_names={1: "Direct links", 2: "Two steps", 3: "Three steps"},
    picture="Documents that refer to each other",
    cut="The picture shows the nearest {count} of {total} documents.",
    legend="Solid: in the collection; dashed: not in it. Arrows point to the document referred to.",
    no_links="No documents refer to each other yet",
    no_links_advice="Once they do, the picture will be here.",
    not_held="Cited but not in the collection",
    not_held_note="These could be asked for; those cited most often come first.",
    none_missing="Every document that is cited is in the collection.",
    cited_by="cited in {documents}",
    without_plan="No document carries these out yet",
    without_plan_note="Directives, resolutions, conclusions, programmes and regulations that no document of the "
    "collection says it carries out.",
    all_planned="Every directive has a document that carries it out.",
    open="Open the document",
)

VIETNAMESE_QUALITY = QualityWords(
    heading="Chất lượng",
    intro="Kết quả lần đo gần nhất trên bộ câu hỏi mẫu có sẵn đáp án.",
    no_report="Chưa có kết quả đo",
    no_report_advice="Người phụ trách kỹ thuật có thể đo bằng lệnh: make eval",
    measured_on="Đo trên: {gold}",
    figures={
        "answer_accuracy": "Trả lời đúng",
        "refusal_accuracy": "Từ chối đúng",
        "verbatim_rate": "Trích đúng nguyên văn",
        "citation_precision": "Trích dẫn đúng chỗ",
        "citation_recall": "Trích dẫn đủ",
    },
    per_kind="Theo loại câu hỏi",
    kind="Loại câu hỏi",
    right="Đúng",
    questions="Số câu",
    retrieval="Tìm đúng đoạn văn bản",
    retrieval_note="Tỉ lệ câu hỏi có đoạn đúng trong 1, 3, 5, 10 đoạn đầu.",
    ways={"lexical": "Theo từ ngữ", "dense": "Theo nghĩa", "hybrid": "Cả hai"},
    wrong="Các câu trả lời chưa đúng",
    none_wrong="Không có câu nào sai.",
    wanted="Đáp án",
    said="Đã trả lời",
    refusal="nói rõ là không có trong kho",
    rank="Đoạn đúng đứng thứ {rank}",
    not_found="Chưa tìm ra đoạn đúng",
    try_it="Hỏi lại câu này",
    kinds={
        "duty": "Nhiệm vụ",
        "who": "Ai, cơ quan nào",
        "when": "Ngày, thời hạn",
        "where": "Ở đâu",
        "how_many": "Số lượng, chỉ tiêu",
        "which_document": "Văn bản nào",
        "what": "Nội dung",
        "list": "Liệt kê",
        "unanswerable": "Không có câu trả lời",
    },
)

ENGLISH_QUALITY = QualityWords(
    heading="Quality",
    intro="The last evaluation on questions with known answers.",
    no_report="Nothing has been measured yet",
    no_report_advice="Technical staff can measure with: make eval",
    measured_on="Measured on: {gold}",
    figures={
        "answer_accuracy": "Answers right",
        "refusal_accuracy": "Refusals right",
        "verbatim_rate": "Quotes verbatim",
        "citation_precision": "Citation precision",
        "citation_recall": "Citation recall",
    },
    per_kind="By kind of question",
    kind="Kind",
    right="Right",
    questions="Questions",
    retrieval="Finding the right passage",
    retrieval_note="Share of questions with the right passage among the first 1, 3, 5, 10.",
    ways={"lexical": "By words", "dense": "By meaning", "hybrid": "Both"},
    wrong="Answers that are not right yet",
    none_wrong="None is wrong.",
    wanted="Right answer",
    said="Was answered",
    refusal="that the documents do not say",
    rank="Right passage in place {rank}",
    not_found="The right passage was not found",
    try_it="Ask again",
    kinds={
        "duty": "Duty",
        "who": "Who",
        "when": "When",
        "where": "Where",
        "how_many": "How many",
        "which_document": "Which document",
        "what": "What",
        "list": "List",
        "unanswerable": "No answer",
    },
)
