"""The words of the login."""

from __future__ import annotations

from dataclasses import dataclass

from search.access import Role


@dataclass(frozen=True, slots=True)
class AccessWords:
    heading: str
    intro: str
    login: str
    logout: str
    roles: dict[Role, str]
    cleared: str
    no_right: str
    no_right_advice: str


VIETNAMESE = AccessWords(
    heading="Đăng nhập",
    intro="Kho văn bản này chỉ dành cho người của cơ quan. Đề nghị đăng nhập bằng tài khoản cơ quan để tiếp tục.",
    login="Đăng nhập",
    logout="Đăng xuất",
    roles={Role.READER: "Người đọc", Role.EDITOR: "Người theo dõi nhiệm vụ", Role.KEEPER: "Người quản lý kho"},
    cleared="được xem văn bản hạn chế",
    no_right="Trang này dành cho người quản lý kho",
    no_right_advice="Nếu cần thêm, bớt văn bản, đề nghị liên hệ người quản lý kho của cơ quan.",
)

ENGLISH = AccessWords(
    heading="Log in",
    intro="This collection is for members of the office. Please log in with your office account.",
    login="Log in",
    logout="Log out",
    roles={Role.READER: "Reader", Role.EDITOR: "Editor of duties", Role.KEEPER: "Keeper of the collection"},
    cleared="may see restricted documents",
    no_right="This page is for the keeper of the collection",
    no_right_advice="If documents should be added or removed, please ask the keeper of the collection.",
)
