"""The words of the page Kho."""

from __future__ import annotations

from dataclasses import dataclass

from office.audit import Action
from office.folder import Arrival
from search.stock import FileState


@dataclass(frozen=True, slots=True)
class UploadWords:
    heading: str
    intro: str
    add: str
    drop: str
    drop_note: str
    choose: str
    put_in: str
    arrivals: dict[Arrival, str]
    same_as_hidden: str
    refused: str
    updating: str
    progress: str
    time_left: str
    writing: str
    updated: str
    unchanged: str
    still_failed: str
    update: str
    retry: str
    waiting: str
    up_to_date: str
    files: str
    show: str
    everything: str
    copies: str
    no_files: str
    states: dict[FileState, str]
    state_notes: dict[FileState, str]
    remove: str
    remove_note: str
    removed: str
    put_back: str
    same_files: str
    same_documents: str
    no_copies: str
    health: str
    check: str
    checking: str
    sound: str
    damaged: str
    damaged_advice: str
    folder: str
    built_at: str
    language_data: str
    documents: str
    passages: str
    log: str
    log_note: str
    log_empty: str
    log_export: str
    log_heads: tuple[str, ...]
    actions: dict[Action, str]
    gold: str
    gold_note: str


VIETNAMESE = UploadWords(
    heading="Kho",
    intro="Đưa văn bản vào kho, xem tệp nào đã đọc được, tệp nào chưa và vì sao.",
    add="Thêm văn bản",
    drop="Kéo và thả các tệp văn bản vào đây",
    drop_note="Mỗi tệp không quá 64 MB",
    choose="Chọn tệp",
    put_in="Đưa vào kho",
    arrivals={
        Arrival.NEW: "đã đưa vào kho",
        Arrival.RENAMED: "đã có tệp khác trùng tên, nên được lưu với tên “{file}”",
        Arrival.SAME: "đã có sẵn trong kho (tệp “{file}”), không đưa vào nữa",
    },
    same_as_hidden="đã có sẵn trong kho, không đưa vào nữa",
    refused="Tên tệp không hợp lệ hoặc không ghi được vào thư mục. Đề nghị đổi tên tệp rồi thử lại.",
    updating="Đang cập nhật kho. Trong lúc này mọi người vẫn tra cứu được như bình thường.",
    progress="Đã xem {done} trên {total} tệp",
    time_left="còn khoảng {time}",
    writing="Đang ghi lại kho, sắp xong…",
    updated="Đã cập nhật kho: đọc {read} tệp mới hoặc có thay đổi, {failed} tệp chưa đọc được.",
    unchanged="Kho đã mới nhất, không có gì thay đổi.",
    still_failed="Xem lý do ở danh sách tệp bên dưới.",
    update="Cập nhật kho",
    retry="Đọc lại các tệp chưa đọc được",
    waiting="{count} tệp đang chờ cập nhật",
    up_to_date="Mọi tệp trong thư mục đều đã được xem.",
    files="Các tệp trong kho",
    show="Hiện",
    everything="Tất cả",
    copies="Trùng nhau",
    no_files="Thư mục văn bản chưa có tệp nào. Đề nghị thêm tệp ở phần trên.",
    states={
        FileState.FAILED: "Chưa đọc được",
        FileState.WAITING: "Chờ cập nhật",
        FileState.CHANGED: "Có thay đổi",
        FileState.GONE: "Không còn tệp",
        FileState.READ: "Đã đọc",
    },
    state_notes={
        FileState.WAITING: "Tệp mới, sẽ có trong kho sau khi bấm “Cập nhật kho”.",
        FileState.CHANGED: "Tệp đã thay đổi sau lần cập nhật trước.",
        FileState.GONE: "Tệp không còn trong thư mục; văn bản sẽ ra khỏi kho sau khi bấm “Cập nhật kho”.",
    },
    remove="Bỏ ra khỏi kho",
    remove_note="Tệp được cất riêng, không bị xóa, và có thể đưa lại vào kho.",
    removed="Tệp đã bỏ ra",
    put_back="Đưa lại vào kho",
    same_files="Các tệp giống hệt nhau",
    same_documents="Các tệp chứa cùng một văn bản (cùng số, cơ quan và ngày ban hành)",
    no_copies="Không có tệp nào trùng nhau.",
    health="Tình trạng kho",
    check="Kiểm tra kho",
    checking="Đang kiểm tra từng tệp của kho…",
    sound="Kho nguyên vẹn: mọi tệp đều đúng như lúc ghi.",
    damaged="Kho có tệp bị hỏng hoặc bị thay đổi",
    damaged_advice="Đề nghị bấm “Cập nhật kho” để tạo lại. Các tệp văn bản gốc không bị ảnh hưởng.",
    folder="Thư mục văn bản",
    built_at="Cập nhật lúc",
    language_data="Bộ dữ liệu ngôn ngữ",
    documents="Văn bản",
    passages="Đoạn",
    log="Nhật ký",
    log_note="Ai đã hỏi, đã thay đổi gì, mới nhất đứng trước.",
    log_empty="Chưa có gì được ghi lại.",
    log_export="Tải nhật ký",
    log_heads=("Lúc", "Ai", "Việc", "Nội dung"),
    actions={
        Action.ASKED: "Hỏi",
        Action.DUTY: "Cập nhật nhiệm vụ",
        Action.FEEDBACK: "Đánh giá câu trả lời",
        Action.ADDED: "Đưa vào kho",
        Action.REMOVED: "Bỏ ra khỏi kho",
        Action.RESTORED: "Đưa lại vào kho",
        Action.UPDATED: "Cập nhật kho",
        Action.DOWNLOADED: "Tải xuống",
    },
    gold="Tải các đánh giá câu trả lời",
    gold_note="Các câu hỏi đã được đánh giá, để người phụ trách kỹ thuật dùng khi đo chất lượng.",
)

ENGLISH = UploadWords(
    heading="Collection",
    intro="Add documents, and see which files were read, which were not, and why.",
    add="Add documents",
    drop="Drag and drop documents here",
    drop_note="At most 64 MB a file",
    choose="Choose files",
    put_in="Add to the collection",
    arrivals={
        Arrival.NEW: "added",
        Arrival.RENAMED: "another file has this name, so it was kept as “{file}”",
        Arrival.SAME: "already in the collection (file “{file}”), not added again",
    },
    same_as_hidden="already in the collection, not added again",
    refused="The file’s name is not valid, or the folder cannot be written to. Rename it and try again.",
    updating="The collection is being updated. Everybody can go on searching meanwhile.",
    progress="{done} of {total} files seen",
    time_left="about {time} left",
    writing="Writing the collection, nearly done…",
    updated="The collection is updated: {read} new or changed files read, {failed} could not be read.",
    unchanged="The collection is up to date; nothing has changed.",
    still_failed="The reasons are in the list of files below.",
    update="Update the collection",
    retry="Try the unread files again",
    waiting="Files waiting for an update: {count}",
    up_to_date="Every file of the folder has been looked at.",
    files="Files of the collection",
    show="Show",
    everything="All",
    copies="Copies",
    no_files="The folder holds no file yet. Add some above.",
    states={
        FileState.FAILED: "Not read",
        FileState.WAITING: "Waiting",
        FileState.CHANGED: "Changed",
        FileState.GONE: "Gone",
        FileState.READ: "Read",
    },
    state_notes={
        FileState.WAITING: "New; it will be in the collection after “Update the collection”.",
        FileState.CHANGED: "Changed since the last update.",
        FileState.GONE: "No longer in the folder; it leaves the collection after “Update the collection”.",
    },
    remove="Take out",
    remove_note="The file is put aside, not deleted, and can be put back.",
    removed="Files taken out",
    put_back="Put back",
    same_files="Files that are exactly the same",
    same_documents="Files with the same document (same number, body and date)",
    no_copies="No two files are the same.",
    health="Health",
    check="Check the collection",
    checking="Checking every file of the collection…",
    sound="The collection is sound: every file is as it was written.",
    damaged="A file of the collection is damaged or altered",
    damaged_advice="Press “Update the collection” to build it again. The original files are not affected.",
    folder="Folder of documents",
    built_at="Updated",
    language_data="Language data",
    documents="Documents",
    passages="Passages",
    log="Log",
    log_note="Who asked and changed what, newest first.",
    log_empty="Nothing has been recorded yet.",
    log_export="Download the log",
    log_heads=("When", "Who", "What", "Subject"),
    actions={
        Action.ASKED: "Asked",
        Action.DUTY: "Changed a duty",
        Action.FEEDBACK: "Judged an answer",
        Action.ADDED: "Added",
        Action.REMOVED: "Took out",
        Action.RESTORED: "Put back",
        Action.UPDATED: "Updated the collection",
        Action.DOWNLOADED: "Downloaded",
    },
    gold="Download the judgements of answers",
    gold_note="Questions that were judged, for technical staff to measure quality with.",
)
