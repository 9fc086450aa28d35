"""E-mail addresses; the part before the sign names somebody."""

from __future__ import annotations

from redactor.detect.recognizers.base import Pattern, RuleRecognizer, compiled


class EmailRecognizer(RuleRecognizer):
    """Addresses as typed, wrapped over a line, spelled out, and with the spaces OCR puts in."""

    words = ("email", "e-mail", "mail")
    patterns = (
        Pattern(
            "address",
            "email",
            compiled(
                r"(?<![\w@])(?P<it>[\w.+'-]{1,64}\n?@\n?[\w-]{1,63}(?:\.\n?[\w-]{1,63}){0,3}\.\n?[\w-]{2,63})(?![\w@])"
            ),
            0.95,
        ),
        Pattern(
            "with spaces around the sign",
            "email",
            compiled(
                r"(?<![\w@])(?P<it>[\w.+-]{2,64}(?: @ ?| ?@ )[\w-]{2,63}"
                r"(?: ?\. ?(?:com|org|net|gov|edu|us|example|k12|mo|state)){1,4})(?![\w@])"
            ),
            0.8,
        ),
        Pattern(
            "spelled out",
            "email",
            compiled(
                r"\b(?P<it>[\w.+-]{2,64} (?:\(at\)|\[at\]|at) [\w-]{2,63}(?: (?:dot|\(dot\)) \w{2,10}){1,3})\b"
            ),
            0.85,
        ),
    )
