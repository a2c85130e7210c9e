"""Who is at the screen: the owner of a machine of one's own, or whoever has logged in with Streamlit's OIDC login."""

from __future__ import annotations

import getpass
from ipaddress import ip_address

import streamlit as st

from search.access import NOBODY, AccessRules, Visitor, owner, read_rules
from ui import pieces
from ui.wording import Words


def written_rules() -> AccessRules:
    """The table [access] of .streamlit/secrets.toml; raises BadInput where it can't be read as rules."""
    return read_rules(dict(st.secrets["access"])) if "access" in _secrets() else AccessRules()


def identify(words: Words, rules: AccessRules) -> Visitor:
    """The visitor; where there is a login and nobody has logged in, only the login is shown."""
    if "auth" not in _secrets():
        return owner(_machine_user()) if _only_this_machine() else NOBODY
    if not st.user.is_logged_in:
        _show_login(words)
        st.stop()
    verified = st.user.get("email_verified") is not False
    return rules.visitor(str(st.user.get("email") or "") if verified else "")


def show_visitor(visitor: Visitor, words: Words) -> None:
    """Who is logged in, and the way out; nothing on a machine without a login."""
    if "auth" not in _secrets():
        return
    with st.container(key="visitor", gap="small"):
        st.html(pieces.visitor_line(visitor, words))
        st.button(words.access.logout, type="tertiary", icon=":material/logout:", on_click=st.logout)


def _secrets() -> frozenset[str]:
    """The tables of the settings file; none where there is no file."""
    return frozenset(st.secrets) if st.secrets.load_if_toml_exists() else frozenset()


def _only_this_machine() -> bool:
    address = st.get_option("server.address")
    try:
        return address == "localhost" or ip_address(address or "0.0.0.0").is_loopback
    except ValueError:
        return False


def _machine_user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "local"


def _show_login(words: Words) -> None:
    st.html(pieces.page_head(words.access.heading, words.access.intro))
    st.button(words.access.login, type="primary", icon=":material/login:", on_click=st.login)
