"""Handles and web addresses that point to somebody."""

from __future__ import annotations

from redactor.detect.recognizers.base import Pattern, RuleRecognizer, compiled

NETWORK = r"(?:Snap(?:chat)?|Insta(?:gram)?|IG|Facebook|FB|TikTok|Twitter|Discord|Xbox|gamertag|CashApp|Cash\s+App|Venmo|screen\s?name|username|handle)"


class OnlineRecognizer(RuleRecognizer):
    """``@name``, ``Snapchat: name``, ``FB name`` and links."""

    words = ("snapchat", "facebook", "instagram", "handle")
    patterns = (
        Pattern("at sign", "handle", compiled(r"(?<![\w@.])(?P<it>@[A-Za-z_][\w.]{2,30})"), 0.8),
        Pattern("cash tag", "handle", compiled(r"(?<![\w$])(?P<it>\$[A-Za-z][\w]{2,30})"), 0.7),
        Pattern(
            "after the name of a network",
            "handle",
            compiled(
                rf"\b{NETWORK}(?:\s+(?:name|handle|user(?:name)?|account|id|as|is))*\s*[:=\"\u201c]+\s*(?P<it>[\w.@-]{{3,30}})"
            ),
            0.75,
        ),
        Pattern("link", "url", compiled(r"(?P<it>\b(?:https?://|www\.)[^\s<>()\"]{4,200})"), 0.8),
    )
