"""The words of the page Nhiệm vụ."""

from __future__ import annotations

from dataclasses import dataclass

from search.agenda import Standing
from search.register import Role


@dataclass(frozen=True, slots=True)
class DutiesWords:
    heading: str
    intro: str
    unit: str
    unit_placeholder: str
    search: str
    search_placeholder: str
    views: dict[str, str]
    standings: dict[Standing, str]
    roles: dict[Role, str]
    all_roles: str
    why: str
    none: str
    none_advice: str
    none_of_standing: str
    due: str
    late_by: str
    in_days: str
    today: str
    sent_on: str
    to: str
    via: str
    cooperating: str
    stated_in: str
    reviewed: dict[str, str]
    note: str
    open: str
    update: str
    what_to_do: str
    actions: dict[str, str]
    sent_day: str
    whole: str
    note_field: str
    correct_who: str
    correct_what: str
    correct_to: str
    correct_when: str
    correct_day: str
    one_a_line: str
    save: str
    saved: str
    history: str
    previous_month: str
    next_month: str
    this_month: str
    month: str
    weekdays: tuple[str, ...]
    nothing_this_month: str
    more: str
    timeline_note: str
    timeline_unit: str
    timeline_day: str
    timeline_empty: str
    others: str
    excel: str
    calendar: str
    letter: str
    letter_intro: str
    issuer: str
    superior: str
    place: str
    number: str
    authority: str
    position: str
    signer: str
    write_letter: str
    download_letter: str
    needs_issuer: str
    refused: str


VIETNAMESE = DutiesWords(
    heading="Nhiệm vụ",
    intro="Ai phải làm gì, gửi ai, trước ngày nào, rút ra từ các văn bản trong kho.",
    unit="Đơn vị của tôi",
    unit_placeholder="Chọn hoặc gõ tên đơn vị, ví dụ: LĐLĐ huyện Na Hang",
    search="Tìm nhiệm vụ",
    search_placeholder="Việc, đơn vị, số ký hiệu",
    views={"list": "Danh sách", "month": "Lịch tháng", "timeline": "Dòng thời gian"},
    standings={
        Standing.OVERDUE: "Quá hạn",
        Standing.SOON: "Đến hạn trong 30 ngày",
        Standing.LATER: "Còn lâu",
        Standing.UNDATED: "Không nêu ngày",
        Standing.SENT: "Đã gửi",
        Standing.DISMISSED: "Đã bỏ qua",
    },
    roles={
        Role.OWES: "Phải thực hiện",
        Role.COOPERATES: "Phối hợp",
        Role.OWED: "Được nhận",
        Role.PASSES_ON: "Làm đầu mối",
    },
    all_roles="Tất cả vai trò",
    why="Vì sao có tên đơn vị",
    none="Không có nhiệm vụ nào như vậy",
    none_advice="Có thể chọn đơn vị khác, gõ ít chữ hơn hoặc bỏ bớt điều kiện.",
    none_of_standing="Không có nhiệm vụ nào ở mục này.",
    due="Hạn",
    late_by="quá {days} ngày",
    in_days="còn {days} ngày",
    today="hôm nay",
    sent_on="đã gửi ngày {date}",
    to="Gửi",
    via="qua",
    cooperating="Phối hợp",
    stated_in="Theo",
    reviewed={"confirmed": "đã xác nhận", "corrected": "đã sửa"},
    note="Ghi chú",
    open="Mở văn bản",
    update="Cập nhật",
    what_to_do="Cập nhật nhiệm vụ",
    actions={
        "sent": "Đã gửi",
        "confirmed": "Xác nhận đúng",
        "corrected": "Sửa lại",
        "dismissed": "Bỏ qua",
        "open": "Đặt lại như đầu",
    },
    sent_day="Ngày gửi",
    whole="Cả nhiệm vụ",
    note_field="Ghi chú (không bắt buộc)",
    correct_who="Đơn vị thực hiện",
    correct_what="Việc phải làm",
    correct_to="Gửi",
    correct_when="Thời hạn như văn bản viết",
    correct_day="Ngày đến hạn",
    one_a_line="Mỗi dòng một đơn vị",
    save="Lưu",
    saved="Đã lưu.",
    history="Các lần cập nhật",
    previous_month="Tháng trước",
    next_month="Tháng sau",
    this_month="Tháng này",
    month="Tháng {month} năm {year}",
    weekdays=("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật"),
    nothing_this_month="Trong tháng không có nhiệm vụ nào đến hạn.",
    more="và {count} việc khác",
    timeline_note="Mỗi chấm là một kỳ hạn, từ nửa năm trước đến hết một năm tới. Đưa con trỏ đến chấm để xem nội dung.",
    timeline_unit="Đơn vị thực hiện",
    timeline_day="Ngày đến hạn",
    timeline_empty="Không có kỳ hạn nào trong khoảng này.",
    others="Đơn vị khác",
    excel="Tải bảng Excel",
    calendar="Tải lịch (.ics)",
    letter="Soạn công văn đôn đốc",
    letter_intro="Công văn liệt kê {count} nhiệm vụ của mục “{standing}”. Phần để trống sẽ được chừa chỗ để điền tay.",
    issuer="Cơ quan gửi",
    superior="Cơ quan cấp trên",
    place="Địa danh",
    number="Số, ký hiệu",
    authority="Thẩm quyền ký",
    position="Chức vụ",
    signer="Người ký",
    write_letter="Soạn công văn",
    download_letter="Tải công văn (.docx)",
    needs_issuer="Đề nghị ghi tên cơ quan gửi công văn.",
    refused="Chưa lưu được. Đề nghị xem lại các ô đã điền.",
)

ENGLISH = DutiesWords(
    heading="Duties",
    intro="Who must do what, for whom, by when: drawn from the documents of the collection.",
    unit="My unit",
    unit_placeholder="Choose or type a body, such as LĐLĐ huyện Na Hang",
    search="Find duties",
    search_placeholder="Work, body, number",
    views={"list": "List", "month": "Month", "timeline": "Timeline"},
    standings={
        Standing.OVERDUE: "Overdue",
        Standing.SOON: "Due within 30 days",
        Standing.LATER: "Later",
        Standing.UNDATED: "No date stated",
        Standing.SENT: "Sent",
        Standing.DISMISSED: "Dismissed",
    },
    roles={
        Role.OWES: "Owes",
        Role.COOPERATES: "Cooperates",
        Role.OWED: "Is owed",
        Role.PASSES_ON: "Passes on",
    },
    all_roles="All roles",
    why="Why this unit is meant",
    none="There is no such duty",
    none_advice="Choose another unit, type fewer words or clear some conditions.",
    none_of_standing="No duty is listed here.",
    due="Due",
    late_by="{days} days late",
    in_days="in {days} days",
    today="today",
    sent_on="sent on {date}",
    to="To",
    via="through",
    cooperating="With",
    stated_in="Stated in",
    reviewed={"confirmed": "confirmed", "corrected": "corrected"},
    note="Note",
    open="Open the document",
    update="Update",
    what_to_do="Update the duty",
    actions={
        "sent": "Sent",
        "confirmed": "Confirm",
        "corrected": "Correct",
        "dismissed": "Dismiss",
        "open": "Reset",
    },
    sent_day="Sent on",
    whole="The whole duty",
    note_field="Note (optional)",
    correct_who="Who",
    correct_what="What",
    correct_to="To whom",
    correct_when="Deadline as written",
    correct_day="Due on",
    one_a_line="One body a line",
    save="Save",
    saved="Saved.",
    history="Changes",
    previous_month="Previous month",
    next_month="Next month",
    this_month="This month",
    month="{month}/{year}",
    weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    nothing_this_month="Nothing is due in this month.",
    more="and {count} more",
    timeline_note="Each dot is a due day, from half a year back to a year ahead. Point at a dot to read it.",
    timeline_unit="Who",
    timeline_day="Due on",
    timeline_empty="Nothing is due in this period.",
    others="Others",
    excel="Download for Excel",
    calendar="Download calendar (.ics)",
    letter="Write a letter of reminder",
    letter_intro="The letter lists {count} duties of “{standing}”. What is left blank can be filled in by hand.",
    issuer="Sent by",
    superior="Superior body",
    place="Place",
    number="Number",
    authority="Authority of signing",
    position="Office",
    signer="Signed by",
    write_letter="Write the letter",
    download_letter="Download the letter (.docx)",
    needs_issuer="Please name the body that sends the letter.",
    refused="Not saved. Please look at what was filled in.",
)
